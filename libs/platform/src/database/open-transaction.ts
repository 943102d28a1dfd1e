import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { BorrowedClient } from './borrowed-client.js';

/** The pool that TypeORM opened. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}

interface Held {
  readonly statement: QueryConfig;
  resolve(result: QueryResult): void;
  reject(error: unknown): void;
}

/**
 * A transaction on one connection of the pool, without TypeORM's query runner around each statement (bench/ledger
 * has the figures). BEGIN travels with the first statement, and not at all where there is none.
 *
 * The first statement is held until the work has returned its promise, which is in the same turn of the event loop:
 * only then is it known whether it is all there is (`answers.ts`) and may go alone.
 */
export class OpenTransaction {
  private began = false;
  private closed = false;
  private holding = true;
  private held: Held | null = null;
  private managerMade: EntityManager | null = null;

  private constructor(
    private readonly dataSource: DataSource,
    private readonly borrowed: BorrowedClient,
  ) {}

  static async on(dataSource: DataSource): Promise<OpenTransaction> {
    return new OpenTransaction(dataSource, await BorrowedClient.from(poolOf(dataSource)));
  }

  /** TypeORM's manager in this transaction, made when it is first asked for: most work is plain SQL. */
  get manager(): EntityManager {
    this.begin();
    this.managerMade ??= managerOn(this.dataSource, this.borrowed.client);
    return this.managerMade;
  }

  query(text: string, values: readonly unknown[] = [], name?: string): Promise<QueryResult> {
    if (this.closed) throw ended();
    const statement = { text, values: values as unknown[], ...(name !== undefined && { name }) };
    if (this.holding && this.held === null && !this.began)
      return new Promise((resolve, reject) => (this.held = { statement, resolve, reject }));
    this.begin();
    return this.borrowed.client.query(statement);
  }

  /** Whether one statement was asked for, and nothing else. */
  get holdsOne(): boolean {
    return this.held !== null;
  }

  /** Sends what was held, and from now on everything at once. */
  goOn(): void {
    this.holding = false;
    if (this.held) this.begin();
  }

  /** Sends the one statement that was held without BEGIN and COMMIT: it is a transaction by itself. */
  goAlone(): void {
    this.closed = true;
    this.sendHeld();
  }

  /** @throws the database's refusal of a deferred constraint; or an Error when a failed statement was passed over */
  async commit(): Promise<void> {
    this.closed = true;
    if (!this.began) return;
    // However COMMIT is answered, the transaction is over.
    this.began = false;
    const { command } = await this.borrowed.client.query('COMMIT');
    if (this.borrowed.failed) throw this.borrowed.failed;
    // PostgreSQL answers COMMIT after a failed statement with ROLLBACK, and calls that no error.
    if (command !== 'COMMIT') throw new Error('A statement failed, and the work went on as if it had not.');
  }

  async rollback(): Promise<void> {
    this.closed = true;
    if (!this.began || this.borrowed.failed) return;
    await this.borrowed.client.query('ROLLBACK').catch(this.borrowed.fail);
  }

  release(): void {
    this.borrowed.giveBack();
  }

  /** Both are on their way before either is answered: the connection is pipelined, and keeps their order. */
  private begin(): void {
    if (this.closed) throw ended();
    if (this.began) return;
    this.began = true;
    this.borrowed.client.query('BEGIN').catch(this.borrowed.fail);
    this.sendHeld();
  }

  private sendHeld(): void {
    const { held } = this;
    this.held = null;
    if (held) this.borrowed.client.query(held.statement).then(held.resolve, held.reject);
  }
}

function ended(): Error {
  return new Error('This transaction has ended: something in it was not awaited.');
}

/** A query runner that believes to have opened this connection and this transaction itself. */
function managerOn(dataSource: DataSource, client: PoolClient): EntityManager {
  const runner = dataSource.createQueryRunner();
  Object.assign(runner, { databaseConnection: client, isTransactionActive: true, transactionDepth: 1 });
  return runner.manager;
}
