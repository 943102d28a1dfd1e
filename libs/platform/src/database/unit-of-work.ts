import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { Clock, DomainEvent } from '#kernel';
import { CLOCK } from '../config/clock.tokens.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { OutboxWaker } from '../outbox/outbox-waker.js';
import { DATA_SOURCE } from './data-source.js';
import { isOnlyAnswer, markAnswer } from './answers.js';
import { OpenTransaction } from './open-transaction.js';

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
  /**
   * Plain SQL in this transaction; the rows of SELECT and of RETURNING alike.
   * @param name when given, the statement is prepared once on each connection under this name
   */
  query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
  /** As `query`, and says how many rows were touched. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
  /** Plain SQL whose answer nobody waits for: sent after the work, with COMMIT behind it in the same packet. */
  atEnd(text: string, values?: readonly unknown[], name?: string): void;
  /** Writes the event to the outbox when the work is done, in this transaction. */
  publish(event: DomainEvent): void;
}

/** What a deed of one statement needs of the transaction. */
export type StatementTx = Pick<Tx, 'query' | 'now'>;

/** The SQLSTATE of a failed statement, `null` when the error is none of the database's. */
export function sqlState(error: unknown): string | null {
  return databaseError(error)?.code ?? null;
}

/** The name of the constraint that refused a statement, where the database said it. */
export function violatedConstraint(error: unknown): string | null {
  return databaseError(error)?.constraint ?? null;
}

/** Plain statements fail with the driver's own error; those of `tx.manager` with TypeORM's around it. */
function databaseError(error: unknown): pg.DatabaseError | null {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return inner instanceof pg.DatabaseError ? inner : null;
}

/** The only way to write. */
@Injectable()
export class UnitOfWork {
  /** The transaction that `joining` lends to the use cases called inside of it. */
  private readonly lent = new AsyncLocalStorage<Tx>();

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
   *
   * Work that returns the answer to its one statement, as `(tx) => ledger.transfer(tx, order)` does, goes without BEGIN
   * and COMMIT, in the transaction that PostgreSQL gives to every statement by itself. Rows it locks are free again
   * without a message of ours, which is what a much used account lives on (docs/books.md has the figures).
   * @throws whatever `work` throws, after everything it wrote was rolled back
   */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const lent = this.lent.getStore();
    return lent ? work(lent) : this.retrying(() => this.once(work));
  }

  /**
   * Whole use cases as parts of a larger one: each `run` in `work` joins `tx` instead of opening a transaction, so that
   * all of them stand or fall together. Only `tx` is retried, by whoever opened it (docs/adr/0010-imports.md).
   */
  joining<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
    return this.lent.run(tx, work);
  }

  private async retrying<Result>(attemptOnce: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce();
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
    const open = await OpenTransaction.on(this.dataSource);
    const ending = new Ending();
    try {
      const tx = txOf(open, this.clock.now(), ending);
      const returned = work(tx);
      if (ending.isEmpty && isOnlyAnswer(open, returned)) {
        open.goAlone();
        return await returned;
      }
      open.goOn();
      const result = await returned;
      await finish(open, tx.now, ending);
      if (ending.events.length > 0) this.waker.wake();
      return result;
    } catch (error) {
      await open.rollback();
      throw error;
    } finally {
      open.release();
    }
  }
}

/** What is sent after the work. */
class Ending {
  readonly statements: [text: string, values?: readonly unknown[], name?: string][] = [];
  readonly events: DomainEvent[] = [];

  get isEmpty(): boolean {
    return this.statements.length === 0 && this.events.length === 0;
  }
}

function txOf(open: OpenTransaction, now: Date, ending: Ending): Tx {
  const rows = async <Row>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]> =>
    (await open.query(text, values, name)).rows as Row[];
  return {
    get manager() {
      return open.manager;
    },
    now,
    query: (text, values, name) => markAnswer(open, rows(text, values, name)),
    execute: async (text, values) => (await open.query(text, values)).rowCount ?? 0,
    atEnd: (...statement) => void ending.statements.push(statement),
    publish: (event) => void ending.events.push(event),
  };
}

/** All of it travels with the COMMIT behind it: where a part cannot be written, PostgreSQL commits nothing. */
async function finish(open: OpenTransaction, now: Date, ending: Ending): Promise<void> {
  if (ending.isEmpty) return open.commit();
  const statements = [...ending.statements];
  if (ending.events.length > 0)
    statements.push([
      `INSERT INTO platform.outbox (type, payload, occurred_at)
       SELECT event->>'type', event->'payload', $2 FROM jsonb_array_elements($1::jsonb) AS event`,
      // Made before anything is sent, because an event that JSON cannot hold must not be lost behind a COMMIT.
      [JSON.stringify(ending.events), now],
      'outbox-write',
    ]);
  const answers = await Promise.allSettled([
    ...statements.map((statement) => open.query(...statement)),
    open.commit(),
  ]);
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
