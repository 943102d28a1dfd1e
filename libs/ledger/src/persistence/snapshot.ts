import type { Pool, PoolClient } from 'pg';
import { BorrowedClient } from '#platform';

export interface Snapshot {
  readonly client: PoolClient;
  /** Gives the connection back. Nothing was written, so there is nothing to commit. */
  end(): Promise<void>;
}

/** A connection on which every statement sees the same moment, for reading only. */
export async function readSnapshot(pool: Pool): Promise<Snapshot> {
  const borrowed = await BorrowedClient.from(pool);
  const { client } = borrowed;
  const end = async (): Promise<void> => {
    if (!borrowed.failed) await client.query('ROLLBACK').catch(borrowed.fail);
    borrowed.giveBack();
  };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Cursors here are read to their end, so they are planned for it.
    await client.query('SET LOCAL cursor_tuple_fraction = 1');
    return { client, end };
  } catch (error) {
    await end();
    throw error;
  }
}
