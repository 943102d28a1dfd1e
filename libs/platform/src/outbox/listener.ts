import pg from 'pg';
import type { Database } from '../database/database.js';
import type { Logger } from '../logging/logger.js';

const RECONNECT_MILLISECONDS = 1000;

/**
 * One connection that LISTENs to one channel, outside of the pool, and comes back by itself after an outage.
 * NOTIFY is a hint, never the truth: what was missed meanwhile is found by the listener's owner.
 */
export class Listener {
  private client: pg.Client | null = null;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly channel: string,
    private readonly onMessage: (payload: string) => void,
    private readonly logger: Logger,
    private readonly onReconnect: () => void = () => undefined,
  ) {}

  start(): void {
    void this.connect(false);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(again: boolean): Promise<void> {
    if (this.stopped) return;
    const { connectionString, host, port, user, password, database, ssl } = this.database.pool.options;
    const settings = connectionString ? { connectionString } : { host, port, user, password, database, ssl };
    const client = new pg.Client({
      ...settings,
      application_name: `listen ${this.channel}`,
      keepAlive: true,
    });
    this.client = client;
    client.on('error', () => this.retry(client));
    client.on('end', () => this.retry(client));
    client.on('notification', (message) => this.onMessage(message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
      if (again) this.onReconnect();
    } catch (error) {
      this.logger.debug({ err: error, channel: this.channel }, 'cannot listen; trying again');
      this.retry(client);
    }
  }

  private retry(client: pg.Client): void {
    if (this.stopped || this.client !== client) return;
    this.client = null;
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.connect(true), RECONNECT_MILLISECONDS);
  }
}
