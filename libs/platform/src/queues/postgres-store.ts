import { createPostgresBackend, DEFAULT_SCHEMA, type BackendFactory, type IQueueBackend } from 'bullmq';
import pg from 'pg';
import type { Logger } from '../logging/logger.js';
import {
  ENTRY_LOCK_MILLISECONDS,
  STALLED_CHECK_MILLISECONDS,
  type QueueHealth,
  type QueueStore,
} from './queue-store.js';

const CONNECTIONS_MAX = 4;
const CONNECT_MILLISECONDS_MAX = 3000;

/**
 * Queues on PostgreSQL, for places without Redis. The pool is its own: BullMQ's functions are found by the
 * connection's search path, and its 64-bit integers are read as `pg` reads them by default.
 */
export class PostgresStore implements QueueStore {
  readonly kind = 'postgres';
  readonly backendFactory: BackendFactory<IQueueBackend>;
  private readonly pool: pg.Pool;

  constructor(url: string, logger: Logger) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_MILLISECONDS_MAX,
      keepAlive: true,
      application_name: 'commonwright queues',
      options: `-c search_path=${DEFAULT_SCHEMA}`,
    });
    this.pool.on('error', (error) => logger.debug({ err: error }, 'a connection of the queues was lost'));
    const options = {
      connection: this.pool,
      lockDuration: ENTRY_LOCK_MILLISECONDS,
      stalledInterval: STALLED_CHECK_MILLISECONDS,
    };
    const root = createPostgresBackend('root', options);
    root.on('error', () => undefined);
    this.backendFactory = (name) => root.forQueue(name);
  }

  /** As up as the database, without which nothing works anyway. */
  isUp(): boolean {
    return !this.pool.ending;
  }

  waitUntilUp(): Promise<boolean> {
    return Promise.resolve(this.isUp());
  }

  async health(): Promise<QueueHealth> {
    try {
      await this.pool.query('SELECT 1');
      return { up: true, detail: 'on PostgreSQL' };
    } catch {
      return { up: false, detail: 'The queues’ database cannot be reached.' };
    }
  }

  evictionPolicy(): Promise<null> {
    return Promise.resolve(null);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
