import { DomainError, formatMilli, type Day, type Id } from '#kernel';
import { itemKey } from './instrument.js';
import { outstandingMilli, type Obligation } from './obligation.js';

/** What can happen to hours and goods that were pledged. */
export const CONTRIBUTION_EVENT_KINDS = ['received', 'returned', 'waived', 'reversal'] as const;
export type ContributionEventKind = (typeof CONTRIBUTION_EVENT_KINDS)[number];

/** Append-only, and public with its reason. */
export interface ContributionEvent {
  readonly id: Id<'contributionEvent'>;
  readonly kind: ContributionEventKind;
  /** Thousandths of the pledge's unit. */
  readonly quantityMilli: bigint;
  readonly happenedOn: Day;
  readonly reason: string | null;
  /** Hours: it follows from logged time, and is corrected where the time is. */
  readonly isWork: boolean;
  readonly isReversed: boolean;
}

const SECONDS_PER_HOUR = 3_600n;
const MILLI = 1_000n;

/** Whole thousandths of an hour in so many seconds, rounded down. */
export function milliHours(seconds: bigint): bigint {
  return (seconds * MILLI) / SECONDS_PER_HOUR;
}

/** A pledge of hours, as far as it decides what a stretch of work counts for. */
export interface HoursPledge {
  readonly pledgeId: Id<'pledge'>;
  readonly communityId: Id<'community'>;
  /** The section as it was agreed. */
  readonly item: string | null;
  readonly isActive: boolean;
  /** Thousandths of an hour that are not worked yet. */
  readonly outstandingMilli: bigint;
}

/** A stretch of work on a job of the contract. */
export interface Work {
  /** The section's name in the workshop. */
  readonly section: string;
  /** The communities that the maker belonged to then. */
  readonly communityIds: readonly Id<'community'>[];
}

/**
 * The pledge that a stretch of work counts for: of a community of the maker, for hours in this section; the oldest one
 * that still lacks hours, else the oldest, because more than was pledged is received as well.
 * @param pledges in the order in which they were made
 * @returns null when no pledge asks for these hours: the work is done all the same
 */
export function pledgeOfWork(pledges: readonly HoursPledge[], work: Work): HoursPledge | null {
  const own = pledges.filter(
    ({ isActive, communityId, item }) =>
      isActive &&
      work.communityIds.includes(communityId) &&
      item !== null &&
      itemKey(item) === itemKey(work.section),
  );
  return own.find((pledge) => pledge.outstandingMilli > 0n) ?? own[0] ?? null;
}

/**
 * What a further stretch adds to the hours of a pledge. Seconds are summed before they are rounded, so that many short
 * stretches count like one long one.
 * @param secondsBefore of all stretches that counted for the pledge before
 */
export function addedMilliHours(secondsBefore: bigint, seconds: bigint): bigint {
  return milliHours(secondsBefore + seconds) - milliHours(secondsBefore);
}

/** @throws DomainError `INVALID_STATE` for more than came in and did not go back yet */
export function assertReturnable(
  {
    receivedMilli,
    returnedMilli,
    unit,
    item,
  }: Pick<Obligation, 'receivedMilli' | 'returnedMilli' | 'unit' | 'item'>,
  milli: bigint,
): void {
  const open = receivedMilli - returnedMilli;
  if (milli <= open) return;
  throw new DomainError(
    'INVALID_STATE',
    `Of ${item ?? 'it'}, ${formatMilli(open)} ${unit ?? ''} is here and not returned yet; ${formatMilli(milli)} ${unit ?? ''} cannot go back.`,
    { openMilli: open.toString() },
  );
}

/** What a waiver lets go of. @throws DomainError `INVALID_STATE` when nothing is outstanding */
export function waivableMilli(obligation: Obligation): bigint {
  const milli = outstandingMilli(obligation);
  if (milli > 0n) return milli;
  throw new DomainError(
    'INVALID_STATE',
    'Everything that was pledged has come in: there is nothing to waive.',
  );
}

/**
 * What was recorded wrongly can be taken back while it is still here; hours are corrected where they were logged.
 * @throws DomainError `INVALID_STATE`
 */
export function assertContributionReversible(
  obligation: Pick<Obligation, 'receivedMilli' | 'returnedMilli' | 'unit'>,
  event: ContributionEvent,
): void {
  if (event.isReversed)
    throw new DomainError('INVALID_STATE', 'This was reversed before; that happens once.');
  if (event.isWork)
    throw new DomainError('INVALID_STATE', 'Hours follow from the time that was logged on the jobs.');
  if (event.kind !== 'received' && event.kind !== 'returned')
    throw new DomainError('INVALID_STATE', 'Only what was received or returned can be reversed.');
  const open = obligation.receivedMilli - obligation.returnedMilli;
  if (event.kind === 'received' && event.quantityMilli > open)
    throw new DomainError(
      'INVALID_STATE',
      `Only ${formatMilli(open)} ${obligation.unit ?? ''} is here and not returned yet. Please reverse the return first.`,
      { openMilli: open.toString() },
    );
}
