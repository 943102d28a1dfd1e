import { createRedisBackend, type BackendFactory, type IQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from '../logging/logger.js';
import {
  ENTRY_LOCK_MILLISECONDS,
  STALLED_CHECK_MILLISECONDS,
  type QueueHealth,
  type QueueStore,
} from './queue-store.js';

const COMMAND_MILLISECONDS_MAX = 1500;
const CONNECT_MILLISECONDS_MAX = 2000;
const RECONNECT_MILLISECONDS_MAX = 1000;

/**
 * Queues on Redis. A command fails at once while Redis is away instead of waiting in memory: people press “take
 * next” in front of a machine, and PostgreSQL can answer them. A command that was under way when the connection
 * broke is not sent again by itself either, for nobody would know what became of its first sending.
 */
export class RedisStore implements QueueStore {
  readonly kind = 'redis';
  readonly backendFactory: BackendFactory<IQueueBackend>;
  private readonly redis: Redis;
  private down = false;

  constructor(url: string, prefix: string, logger: Logger) {
    this.redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      commandTimeout: COMMAND_MILLISECONDS_MAX,
      connectTimeout: CONNECT_MILLISECONDS_MAX,
      keepAlive: 10_000,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), RECONNECT_MILLISECONDS_MAX),
    });
    this.redis.on('error', (error: Error) => {
      if (!this.down) logger.warn({ err: error }, 'Redis is away; makers pull from PostgreSQL meanwhile');
      this.down = true;
    });
    this.redis.on('ready', () => {
      if (this.down) logger.info('Redis is back');
      this.down = false;
    });
    const options = {
      connection: this.redis,
      prefix,
      // BullMQ would otherwise hold every operation until the first connection; ours shall fail instead.
      skipVersionCheck: true,
      skipWaitingForReady: true,
      lockDuration: ENTRY_LOCK_MILLISECONDS,
      stalledInterval: STALLED_CHECK_MILLISECONDS,
    };
    const root = createRedisBackend('root', options);
    root.on('error', () => undefined);
    this.backendFactory = (name) => root.forQueue(name);
  }

  isUp(): boolean {
    return this.redis.status === 'ready';
  }

  async waitUntilUp(milliseconds: number): Promise<boolean> {
    if (this.isUp()) return true;
    let timer: NodeJS.Timeout | undefined;
    let ready: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      ready = resolve;
      this.redis.once('ready', resolve);
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    if (ready) this.redis.off('ready', ready);
    return this.isUp();
  }

  async health(): Promise<QueueHealth> {
    // Not asked while it is away: the time-out of a command that cannot even be sent would linger.
    const up =
      this.isUp() &&
      (await this.redis.ping().then(
        () => true,
        () => false,
      ));
    return { up, detail: up ? null : 'Redis is away; makers pull from PostgreSQL meanwhile.' };
  }

  async evictionPolicy(): Promise<string | null> {
    // INFO rather than CONFIG GET, which managed servers forbid.
    const memory = await this.redis.info('memory');
    return /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? null;
  }

  async close(): Promise<void> {
    if (this.isUp()) await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
  }
}
