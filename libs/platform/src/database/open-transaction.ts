import type { Pool, PoolClient, QueryResult } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { BorrowedClient } from './borrowed-client.js';

/** The pool that TypeORM opened. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}

/**
 * A transaction on one connection of the pool, without TypeORM's query runner around each statement (bench/ledger
 * has the figures). BEGIN travels with the first statement, and not at all where there is none.
 */
export class OpenTransaction {
  private began = false;
  private closed = false;
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
    this.begin();
    return this.borrowed.client.query({
      text,
      values: values as unknown[],
      ...(name !== undefined && { name }),
    });
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
    if (this.closed) throw new Error('This transaction has ended: something in it was not awaited.');
    if (this.began) return;
    this.began = true;
    this.borrowed.client.query('BEGIN').catch(this.borrowed.fail);
  }
}

/** A query runner that believes to have opened this connection and this transaction itself. */
function managerOn(dataSource: DataSource, client: PoolClient): EntityManager {
  const runner = dataSource.createQueryRunner();
  Object.assign(runner, { databaseConnection: client, isTransactionActive: true, transactionDepth: 1 });
  return runner.manager;
}
