import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { JobsOptions } from 'bullmq';
import type { Clock, Id } from '#kernel';
import { CLOCK, QueueFactory } from '#platform';
import { laneQueueName, readTicketId, ticketId, type Ticket } from '../domain/ticket.js';

/** What goes into a lane's queue. */
export interface LaneTicket extends Ticket {
  readonly laneId: Id<'lane'>;
  /** 1 … 2^21, small ones first. */
  readonly priority: number;
  /** Not to be pulled before; null: at once. */
  readonly notBefore: Date | null;
}

/** A ticket in the hand: it must be completed or put back, and quickly. */
export interface PulledTicket extends Ticket {
  /** It was used, or it is stale: it goes for good. */
  complete(): Promise<void>;
  /** It is still good, but was not needed: it goes back to where it was. */
  putBack(): Promise<void>;
}

/** Entries that say a job may be pulled, in whatever state of BullMQ but finished. */
const WAITING_TYPES = ['wait', 'prioritized', 'delayed'] as const;
const BULK_TICKETS = 500;

/**
 * The lanes' BullMQ queues. A finished ticket is removed at once: BullMQ ignores, without a word, the adding of
 * an id that it still knows, and a ready job would then have no ticket. Losing all of it loses no job.
 */
@Injectable()
export class TicketOffice {
  constructor(
    private readonly queues: QueueFactory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  isOpen(): boolean {
    return this.queues.isUp();
  }

  /** Adds tickets of one lane, in their order; those that are there already stay as they are. */
  async add(laneId: Id<'lane'>, tickets: readonly Omit<LaneTicket, 'laneId'>[]): Promise<void> {
    const queue = this.queues.queue(laneQueueName(laneId));
    const now = this.clock.now();
    const entries = tickets.map((ticket) => ({ name: 'ticket', data: {}, opts: entryOptions(ticket, now) }));
    if (this.queues.kind === 'postgres') {
      // BullMQ's bulk insert makes a sequence for each queue, which our least-privilege role may not.
      for (const entry of entries) await queue.add(entry.name, entry.data, entry.opts);
      return;
    }
    for (let from = 0; from < entries.length; from += BULK_TICKETS) {
      await queue.addBulk(entries.slice(from, from + BULK_TICKETS));
    }
  }

  /** The next ticket of a lane, or null when there is none. Never waits. */
  async pull(laneId: Id<'lane'>): Promise<PulledTicket | null> {
    const token = randomUUID();
    const entry = await this.queues.puller(laneQueueName(laneId)).getNextJob(token, { block: false });
    if (!entry) return null;
    const complete = async (): Promise<void> => void (await entry.moveToCompleted(null, token, false));
    const ticket = readTicketId(entry.id ?? '');
    if (!ticket) {
      await complete();
      return this.pull(laneId);
    }
    return { ...ticket, complete, putBack: async () => void (await entry.moveToWait(token)) };
  }

  /** The ids of all tickets of a lane: those that wait, and those in somebody's hand. */
  async ticketsOf(laneId: Id<'lane'>): Promise<{ waiting: string[]; pulled: string[] }> {
    const backend = this.queues.queue(laneQueueName(laneId)).getBackend();
    const [wait = [], prioritized = [], delayed = [], pulled = []] = await backend.getRanges(
      [...WAITING_TYPES, 'active'],
      0,
      -1,
    );
    return { waiting: [...wait, ...prioritized, ...delayed], pulled };
  }

  /** Takes a ticket out; false when it was gone, or in somebody's hand. */
  async remove(laneId: Id<'lane'>, id: string): Promise<boolean> {
    return (await this.queues.queue(laneQueueName(laneId)).remove(id)) > 0;
  }

  /** Tickets in the hand of a process that died go back into the queue; two calls, some seconds apart, do it. */
  async recoverAbandoned(laneId: Id<'lane'>): Promise<void> {
    await this.queues.puller(laneQueueName(laneId)).getBackend().moveStalledJobsToWait();
  }
}

function entryOptions(ticket: Omit<LaneTicket, 'laneId'>, now: Date): JobsOptions {
  const { priority, notBefore } = ticket;
  const delay = notBefore === null ? 0 : Math.max(notBefore.getTime() - now.getTime(), 0);
  return { jobId: ticketId(ticket), priority, delay, removeOnComplete: true, removeOnFail: true };
}
