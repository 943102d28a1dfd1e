/** PostgreSQL and Redis for the launcher: given ones are used, private ones are started and kept running. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recreateDatabase, startPostgres, stopOrphanedPostgres } from '../embedded/postgres.mjs';
import { emptyRedis, startRedis, stopOrphanedRedis } from '../embedded/redis.mjs';
import { stopOrphanedApp } from './app-process.mjs';
import { keep } from './keeper.mjs';
import { markStory, storyState } from './story.mjs';

/**
 * Whatever a killed launcher left behind, in the order in which it would have been stopped.
 * @param {string} dataDir
 * @param {(line: string) => void} log
 */
export async function stopOrphans(dataDir, log) {
  const found = [];
  for (const name of ['demo', 'migrate', 'api', 'worker'])
    if (await stopOrphanedApp(dataDir, name)) found.push(name);
  if (await stopOrphanedRedis(dataDir)) found.push('redis');
  if (existsSync(join(dataDir, 'postgres')) && (await stopOrphanedPostgres(dataDir))) found.push('postgres');
  if (found.length > 0)
    log(`The last run was killed and left something behind; stopped: ${found.join(', ')}.`);
}

export class Servers {
  /**
   * @param {import('./options.mjs').Options} options
   * @param {(line: string) => void} log
   * @param {(message: string) => void} onGivenUp
   * @param {() => void} onMoved a server came back under another address
   */
  constructor(options, log, onGivenUp, onMoved) {
    this.options = options;
    this.log = log;
    this.onGivenUp = onGivenUp;
    this.onMoved = onMoved;
    this.external = { postgres: options.databaseUrl !== undefined, redis: options.redisUrl !== undefined };
    /** @type {Awaited<ReturnType<typeof keep<import('../embedded/postgres.mjs').Postgres>>> | undefined} */
    this.postgres = undefined;
    /** @type {Awaited<ReturnType<typeof keep<import('../embedded/redis.mjs').Redis>>> | undefined} */
    this.redis = undefined;
  }

  get databaseUrl() {
    return this.options.databaseUrl ?? this.postgres?.current().appUrl;
  }

  get databaseOwnerUrl() {
    if (this.options.databaseUrl) return this.options.databaseOwnerUrl ?? this.options.databaseUrl;
    return this.postgres?.current().ownerUrl;
  }

  get redisUrl() {
    return this.redis?.current().url;
  }

  /** Both at once; when one fails, the other is waited for, so that it can be stopped. */
  async start() {
    const { wantsRedis } = this.options;
    if (!wantsRedis) this.log('Redis: none (QUEUE_BACKEND=postgres); the queue runs on PostgreSQL.');
    const results = await Promise.allSettled([
      this.startPostgres(),
      wantsRedis ? this.startRedis() : undefined,
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    await this.prepareStory();
  }

  async startPostgres() {
    const { dataDir, empty } = this.options;
    if (this.external.postgres) {
      this.log('PostgreSQL: the one that DATABASE_URL names; no demo story is loaded there.');
      return;
    }
    // The mark comes before the database: see story.mjs.
    if (!existsSync(join(dataDir, 'postgres', 'credentials.json')))
      markStory(dataDir, empty ? 'none' : 'pending');
    this.postgres = await keep({
      name: 'PostgreSQL',
      start: () => startPostgres({ dataDir, log: this.log }),
      log: this.log,
      onReplaced: (now, before) => now.appUrl !== before.appUrl && this.onMoved(),
      onGivenUp: this.onGivenUp,
    });
    const { version, port } = this.postgres.current();
    this.log(`PostgreSQL: ${version.split('-')[0]}, our own, on 127.0.0.1:${port}.`);
  }

  async startRedis() {
    this.redis = await keep({
      name: 'Redis',
      start: () => startRedis({ dataDir: this.options.dataDir, log: this.log }),
      log: this.log,
      onReplaced: (now, before) => now.url !== before.url && this.onMoved(),
      onGivenUp: this.onGivenUp,
    });
  }

  /** A story whose end was not seen left a database that is neither empty nor whole. */
  async prepareStory() {
    const { dataDir, empty } = this.options;
    if (this.external.postgres || !this.postgres) return;
    const state = storyState(dataDir);
    if (state === 'telling') {
      this.log('The demo story was interrupted at an earlier start; beginning again with an empty database.');
      await recreateDatabase(this.postgres.current());
      if (this.redis) await emptyRedis(this.redis.current());
      markStory(dataDir, empty ? 'none' : 'pending');
    } else if (state === 'pending' && empty) {
      markStory(dataDir, 'none');
    }
  }

  async stopRedis() {
    await this.redis?.stop();
    this.redis = undefined;
  }

  async stopPostgres() {
    await this.postgres?.stop();
    this.postgres = undefined;
  }
}
