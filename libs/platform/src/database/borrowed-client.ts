import pg, { type Pool, type PoolClient } from 'pg';

/** A connection of the pool in our hands. */
export class BorrowedClient {
  private failure: Error | null = null;

  private constructor(readonly client: PoolClient) {
    // Without a listener a connection that dies in our hands would take the whole process with it.
    client.on('error', this.fail);
  }

  static async from(pool: Pool): Promise<BorrowedClient> {
    return new BorrowedClient(await pool.connect());
  }

  /** Borrows a connection for one statement, and gives it back. @throws whatever `work` throws */
  static async with<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const borrowed = await BorrowedClient.from(pool);
    try {
      return await work(borrowed.client);
    } catch (error) {
      if (!isRefusal(error)) borrowed.fail(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      borrowed.giveBack();
    }
  }

  /** Why the connection is of no more use; null while it is. */
  get failed(): Error | null {
    return this.failure;
  }

  /** Says that the connection is of no more use. */
  readonly fail = (error: Error): void => {
    this.failure ??= error;
  };

  /**
   * Gives the connection back, or throws it away when it failed. A statement that the database refused is no such
   * failure; `pool.query` takes it for one, and a new connection costs more than a hundred statements.
   */
  giveBack(): void {
    this.client.removeListener('error', this.fail);
    this.client.release(this.failure ?? undefined);
  }
}

/** The database said no to a statement and goes on; anything else, its shutdown too, ends the connection. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR';
}
