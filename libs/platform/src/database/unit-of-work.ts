import { Inject, Injectable } from '@nestjs/common';
import { QueryFailedError, type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { Clock, DomainEvent } from '#kernel';
import { CLOCK } from '../config/clock.tokens.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { OutboxWaker } from '../outbox/outbox-waker.js';
import { DATA_SOURCE } from './data-source.js';

/** serialization_failure and deadlock_detected: the same work, done again, succeeds. */
const RETRIED_SQLSTATES: ReadonlySet<string> = new Set(['40001', '40P01']);
const ATTEMPTS_MAX = 5;
const BACKOFF_MILLISECONDS = 8;

/**
 * One open transaction. It is the first argument of every write, so that a write outside of a transaction does
 * not compile. Nothing in it may do I/O but to this database: what others shall learn is published as events.
 */
export interface Tx {
  readonly manager: EntityManager;
  /** The time of this unit of work: one instant for all that it writes. */
  readonly now: Date;
  /** Plain SQL in this transaction; the rows of SELECT and of RETURNING alike. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** As `query`, and says how many rows were touched. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
  /** Writes the event to the outbox when the work is done, in this transaction. */
  publish(event: DomainEvent): void;
}

/** The SQLSTATE of a failed statement, `null` when the error is none of the database's. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const code = (error.driverError as { code?: unknown }).code;
  return typeof code === 'string' ? code : null;
}

/** The name of the constraint that refused a statement, where the database said it. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const name = (error.driverError as { constraint?: unknown }).constraint;
  return typeof name === 'string' ? name : null;
}

/** The only way to write. */
@Injectable()
export class UnitOfWork {
  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly waker: OutboxWaker,
  ) {}

  /**
   * Runs `work` in a transaction (READ COMMITTED; rows that will change are loaded FOR NO KEY UPDATE).
   * When the database asks for it (40001, 40P01) the whole work is run again, at most five times, each in a
   * fresh transaction with a fresh `tx`: `work` must keep nothing from an earlier run.
   * @throws whatever `work` throws, after everything it wrote was rolled back
   */
  async run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        const state = sqlState(error);
        if (attempt >= ATTEMPTS_MAX || state === null || !RETRIED_SQLSTATES.has(state)) throw error;
        this.logger.debug({ attempt, state }, 'unit of work is run again');
        // Jitter, so that two that met once do not meet again; not a secret, so Math.random serves.
        await pause(BACKOFF_MILLISECONDS * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  private async once<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    const events: DomainEvent[] = [];
    try {
      await runner.startTransaction();
      const tx = openTx(runner, this.clock.now(), events);
      const result = await work(tx);
      await writeEvents(tx, events);
      await runner.commitTransaction();
      if (events.length > 0) this.waker.wake();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

function openTx(runner: QueryRunner, now: Date, events: DomainEvent[]): Tx {
  return {
    manager: runner.manager,
    now,
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await runner.query(text, values as unknown[], true)).records as Row[],
    execute: async (text, values = []) => (await runner.query(text, values as unknown[], true)).affected ?? 0,
    publish: (event) => void events.push(event),
  };
}

async function writeEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.execute(
    `INSERT INTO platform.outbox (type, payload, occurred_at)
     SELECT event->>'type', event->'payload', $2 FROM jsonb_array_elements($1::jsonb) AS event`,
    [JSON.stringify(events), tx.now],
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
