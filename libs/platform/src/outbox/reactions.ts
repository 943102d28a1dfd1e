import type { Tx } from '../database/unit-of-work.js';

/** An event as it left the outbox. Payload fields are what its publisher wrote, read back from JSON. */
export interface PublishedEvent {
  readonly id: bigint;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

/**
 * Work that an event calls for, in the database: it runs once for each event, in one transaction with the mark
 * that it ran. `name` is stored with the mark and must never change.
 */
export interface Reaction {
  readonly name: string;
  readonly types: readonly string[];
  handle(tx: Tx, event: PublishedEvent): Promise<void>;
}

/**
 * Work outside of the database (a ticket, a mail, a push). It runs at least once for each event, so it must be
 * one that may be done twice. It runs after every reaction to the event was committed.
 */
export interface Delivery {
  readonly name: string;
  readonly types: readonly string[] | 'all';
  deliver(event: PublishedEvent): Promise<void>;
}
