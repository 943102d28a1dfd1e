import { isId, type Id } from '#kernel';

/** «Job j may be pulled now»: true only while the job is ready and its epoch is this one. */
export interface Ticket {
  readonly jobId: Id<'job'>;
  readonly epoch: number;
}

const TICKET = /^j([0-9a-f-]{36})-(\d{1,10})$/;

/**
 * The entry's id in BullMQ. The epoch is part of it because adding an id that is there, or was there and was
 * kept, does nothing without a word; and it holds no colon, which BullMQ refuses.
 */
export function ticketId({ jobId, epoch }: Ticket): string {
  return `j${jobId}-${epoch}`;
}

/** Null for an id that is no ticket's. */
export function readTicketId(text: string): Ticket | null {
  const match = TICKET.exec(text);
  const jobId = match?.[1];
  return isId(jobId) ? { jobId, epoch: Number(match?.[2]) } : null;
}

/** The queue of a lane, without the hash tag that the queue factory adds. */
export function laneQueueName(laneId: Id<'lane'>): string {
  return `lane-${laneId}`;
}
