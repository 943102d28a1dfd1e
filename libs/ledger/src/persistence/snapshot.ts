import type { Pool, PoolClient } from 'pg';

export interface Snapshot {
  readonly client: PoolClient;
  /** Gives the connection back. Nothing was written, so there is nothing to commit. */
  end(): Promise<void>;
}

/** A connection on which every statement sees the same moment, for reading only. */
export async function readSnapshot(pool: Pool): Promise<Snapshot> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Without a listener a connection that dies in our hands would take the whole process with it.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  const end = async (): Promise<void> => {
    if (!broken) await client.query('ROLLBACK').catch(onError);
    client.removeListener('error', onError);
    client.release(broken);
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
