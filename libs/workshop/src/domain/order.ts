import type { Day } from '#kernel';

/** What decides the place of a ready job in its lane. */
export interface Queued {
  readonly dueOn: Day | null;
  readonly readySince: Date;
  /** The job's running number: the last word between two that became ready at one instant. */
  readonly number: number;
}

/** After every day that a calendar holds: jobs without a date come last. */
const NO_DAY = '9999-12-31';

/**
 * The place of a job in its lane, as text that sorts: due date, then since when it is ready, then number.
 * The database's index `job_queue` sorts the same way; a test compares the two.
 */
export function orderKey(job: Queued): string {
  return `${job.dueOn ?? NO_DAY}|${job.readySince.toISOString()}|${job.number.toString().padStart(10, '0')}`;
}

export function byOrder(left: Queued, right: Queued): number {
  const [a, b] = [orderKey(left), orderKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** BullMQ takes 1 … 2^21, small ones first; entries of one priority leave in the order in which they came. */
export const TICKET_PRIORITY_MAX = 2 ** 21;
const EPOCH_DAY_MILLISECONDS = Date.UTC(2000, 0, 1);
const DAY_MILLISECONDS = 86_400_000;

/** The due date as a BullMQ priority: days since 2000, the latest for jobs without a date. */
export function ticketPriority(dueOn: Day | null): number {
  if (dueOn === null) return TICKET_PRIORITY_MAX;
  const days = Math.round((Date.parse(`${dueOn}T00:00:00.000Z`) - EPOCH_DAY_MILLISECONDS) / DAY_MILLISECONDS);
  return Math.min(Math.max(days, 1), TICKET_PRIORITY_MAX - 1);
}
