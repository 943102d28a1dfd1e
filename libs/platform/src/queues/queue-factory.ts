import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Queue, Worker, type IQueueBackend } from 'bullmq';
import { CONFIG, ConfigError, type Config } from '../config/config.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { PostgresStore } from './postgres-store.js';
import type { QueueHealth, QueueStore } from './queue-store.js';
import { RedisStore } from './redis-store.js';

const FIRST_CONNECTION_MILLISECONDS_MAX = 2000;
/** Nobody reads the queues' event streams; a few are kept for whoever looks into a queue by hand. */
const EVENTS_KEPT = 100;

export type BackedQueue = Queue<object, unknown, string, object, unknown, string, IQueueBackend>;
export type BackedPuller = Worker<object, unknown, string, IQueueBackend>;

/**
 * Makes the BullMQ queues of a process, on Redis or on PostgreSQL as the settings say. Queue and puller of one
 * name are made once and live as long as the process.
 */
@Injectable()
export class QueueFactory implements OnModuleInit, OnApplicationShutdown {
  private readonly store: QueueStore;
  private readonly queues = new Map<string, BackedQueue>();
  private readonly pullers = new Map<string, BackedPuller>();
  private keepsEverything = false;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.store =
      config.queueBackend === 'redis' && config.redisUrl !== null
        ? new RedisStore(config.redisUrl, config.queuePrefix, logger)
        : new PostgresStore(config.databaseUrl, logger);
  }

  get kind(): 'redis' | 'postgres' {
    return this.store.kind;
  }

  async onModuleInit(): Promise<void> {
    await this.store.waitUntilUp(FIRST_CONNECTION_MILLISECONDS_MAX);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  /** False when the queues cannot be asked now; the caller then does without them. */
  isUp(): boolean {
    return this.store.isUp();
  }

  health(): Promise<QueueHealth> {
    return this.store.health();
  }

  /** The queue of a name, to add to and to look into. */
  queue(name: string): BackedQueue {
    return once(this.queues, name, (full) => {
      const options = { connection: {}, streams: { events: { maxLen: EVENTS_KEPT } } };
      const queue: BackedQueue = new Queue(full, options, this.store.backendFactory);
      queue.on('error', (error) =>
        this.logger.debug({ err: error, queue: name }, 'a queue reported an error'),
      );
      return queue;
    });
  }

  /** A BullMQ worker that runs nothing by itself: entries are fetched by hand with `getNextJob`. */
  puller(name: string): BackedPuller {
    return once(this.pullers, name, (full) => {
      const options = { connection: {}, autorun: false };
      const puller: BackedPuller = new Worker(full, null, options, this.store.backendFactory);
      puller.on('error', (error) =>
        this.logger.debug({ err: error, queue: name }, 'a queue reported an error'),
      );
      return puller;
    });
  }

  /**
   * A Redis that may evict keys would drop tickets without a word. While Redis is away nothing can be said, so
   * this is asked at the worker's boot and again until it was answered well.
   * @throws ConfigError when the Redis that answers is such a one
   */
  async refuseEviction(): Promise<void> {
    if (this.keepsEverything || !this.isUp()) return;
    const policy = await this.store.evictionPolicy();
    if (policy !== null && policy !== 'noeviction') {
      throw new ConfigError(
        `The worker will not start, because Redis may throw tickets away: its maxmemory-policy is “${policy}”. ` +
          'Set it to noeviction (redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf).',
      );
    }
    this.keepsEverything = true;
  }
}

/** The braces are Redis's hash tag: on a cluster all keys of one queue lie on one node, and queues spread. */
function once<Made>(made: Map<string, Made>, name: string, make: (full: string) => Made): Made {
  const existing = made.get(name) ?? make(`{${name}}`);
  made.set(name, existing);
  return existing;
}
