import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startPostgres } from '../embedded/postgres.mjs';
import { startRedis } from '../embedded/redis.mjs';
import { restartPostgres, strikeOn } from './faults.mjs';
import { pullAndWork } from './makers.mjs';
import { Kept, makeApi } from './processes.mjs';
import { startProxy } from './proxy.mjs';
import { countLost, judge, readHistory } from './verdict.mjs';
import { buildWorld, order } from './world.mjs';

/**
 * @typedef {{ seconds: number, seed: number, api: number, makers: number, faultMilliseconds: number,
 *   without: string | null, root: string, say: (line: string) => void }} ChaosOptions
 * @typedef {{ orders: number, faults: number, lost: number, doneTwice: number, overlappingLeases: number,
 *   earlyExpiries: number, recoverySeconds: number }} Verdict
 */

const LEASE_MINUTES = 0.1;
const LEASE_MILLISECONDS = LEASE_MINUTES * 60_000;
const PREFIX = 'chaos';
/** As many jobs are kept ahead of the makers: enough that tickets are always at stake. */
const BACKLOG_JOBS = 60;
const LINES_EACH = 10;
/** For answers that are still awaited when the faults are over. */
const PATIENCE_MILLISECONDS = 16_000;
/** What is healed after this long on a busy machine is not lost: a killed worker has to start first. */
const HEAL_MILLISECONDS_MAX = 60_000;

/** The same numbers for the same seed (mulberry32). @param {number} seed @returns {() => number} */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {ChaosOptions} options @returns {Promise<Verdict>} */
export async function chaos(options) {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-chaos-'));
  /** @type {(() => Promise<unknown>)[]} */
  const undo = [async () => rmSync(dataDir, { recursive: true, force: true })];
  try {
    return await inTown(options, dataDir, undo);
  } finally {
    for (const each of undo.reverse()) await each().catch(() => undefined);
  }
}

/** @param {ChaosOptions} options @param {string} dataDir @param {(() => Promise<unknown>)[]} undo */
async function inTown(options, dataDir, undo) {
  const random = seeded(options.seed);
  let postgres = await startPostgres({ dataDir });
  undo.push(() => postgres.stop());
  const redisServer = await startRedis({ dataDir });
  undo.push(() => redisServer.stop());
  if (!redisServer.url) throw new Error('Chaos needs a Redis; install redis-server or valkey-server.');
  const redisUrl = new URL(redisServer.url);
  const cable = await startProxy(Number(redisUrl.port));
  undo.push(() => cable.close());
  redisUrl.port = String(cable.port);
  const { migrate } = await import(
    pathToFileURL(`${options.root}/dist/apps/api/src/database/migrate.js`).href
  );
  await migrate(postgres.ownerUrl, 'commonwright_app');

  const redis = new Redis(redisServer.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  undo.push(async () => redis.disconnect());
  const superuser = poolOf(postgres.superuserUrl.replace(/\/[^/]*$/, '/commonwright'), undo);

  const env = {
    ...process.env,
    ...{ NODE_ENV: 'production', DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl },
    ...{
      REDIS_URL: redisUrl.href,
      QUEUE_BACKEND: 'redis',
      QUEUE_PREFIX: PREFIX,
      COMMONWRIGHT_DATA_DIR: dataDir,
    },
    ...{ LEASE_MINUTES: String(LEASE_MINUTES), LOG_LEVEL: process.env['CHAOS_VERBOSE'] ? 'warn' : 'silent' },
    ...{ DATABASE_CONNECTIONS_MAX: '8', NODE_OPTIONS: '' },
  };
  const without = options.without
    ? ['--import', pathToFileURL(`${options.root}/test/chaos/without-${options.without}.mjs`).href]
    : [];
  const apis = await Promise.all(
    Array.from({ length: options.api }, (_, index) => makeApi(env, options.root, `api ${index}`, without)),
  );
  const worker = new Kept('worker', `${options.root}/dist/apps/worker/src/main.js`, env, without);
  for (const each of [...apis.map((api) => api.process), worker]) undo.push(() => each.stop());
  await Promise.all([...apis.map((api) => api.process.start()), worker.start()]);
  options.say(`${options.api} API processes and a worker run; the lease is ${LEASE_MILLISECONDS / 1000} s.`);

  const urls = apis.map((api) => api.url);
  const world = await buildWorld(urls, options.makers, random);
  const story = await live(options, {
    random,
    world,
    superuser,
    town: {
      apis: apis.map((api) => api.process),
      ...{ worker, redis, cable, superuser, random: seeded(options.seed + 1) },
      postgresPid: () => postgres.pid,
      restartPostgres: async () => {
        postgres = await restartPostgres(dataDir, postgres.pid);
      },
    },
  });
  // The last fault, while work lies ready and nobody takes it: makers cannot hide that its tickets stay away.
  await redis.flushall();
  story.faults += 1;
  options.say('The faults are over; what they broke heals.');
  const known = {
    ...{ linesOrdered: story.lines, completed: story.completed },
    hasTicket: async (/** @type {string} */ laneId, /** @type {string} */ ticket) =>
      (await redis.exists(`${PREFIX}:{lane-${laneId}}:${ticket}`)) > 0,
  };
  const lost = await lostForGood(() => countLost(superuser, known));
  const history = await readHistory(superuser);
  return {
    orders: story.lines,
    jobsDone: history.steps.filter((step) => step.to === 'done').length,
    faults: story.faults,
    lost,
    ...judge(history.steps, history.notes, LEASE_MILLISECONDS),
    recoverySeconds: Math.round(story.recoveryMilliseconds / 100) / 10,
  };
}

/** Looks until nothing is missing, or for as long as healing may take. @param {() => Promise<number>} count */
async function lostForGood(count) {
  const deadline = Date.now() + HEAL_MILLISECONDS_MAX;
  for (;;) {
    const lost = await count();
    if (lost === 0 || Date.now() > deadline) return lost;
    await sleep(1000);
  }
}

/** @param {string} connectionString @param {(() => Promise<unknown>)[]} undo */
function poolOf(connectionString, undo) {
  const pool = new pg.Pool({ connectionString, max: 2 });
  pool.on('error', () => undefined);
  undo.push(() => pool.end());
  return pool;
}

/**
 * Makers work, orders come in and things break, for as long as was asked.
 * @param {ChaosOptions} options
 * @param {{ random: () => number, world: import('./world.mjs').World, superuser: import('pg').Pool,
 *   town: import('./faults.mjs').Town }} scene
 */
async function live(options, { random, world, superuser, town }) {
  const end = Date.now() + options.seconds * 1000;
  const story = { lines: 0, faults: 0, recoveryMilliseconds: 0, completed: new Set() };
  /** When the first fault struck after which nobody has succeeded yet. */
  let brokenSince = 0;
  const shift = {
    isOpen: true,
    mayAsk: () => Date.now() < end + PATIENCE_MILLISECONDS,
    leaseMilliseconds: LEASE_MILLISECONDS,
    onSuccess: () => {
      if (brokenSince > 0)
        story.recoveryMilliseconds = Math.max(story.recoveryMilliseconds, Date.now() - brokenSince);
      brokenSince = 0;
    },
    completed: story.completed,
    random,
  };
  const work = world.makers.map((maker) => pullAndWork(maker, world.sections, shift));
  const orders = keepOrdering(superuser, world, random, story, () => Date.now() < end);
  await strikeOn(town, {
    pauseMilliseconds: options.faultMilliseconds,
    isOpen: () => Date.now() < end,
    onFault: () => {
      story.faults += 1;
      if (brokenSince === 0) brokenSince = Date.now();
    },
  });
  shift.isOpen = false;
  await Promise.all([...work, orders]);
  return story;
}

/**
 * @param {import('pg').Pool} pool @param {import('./world.mjs').World} world @param {() => number} random
 * @param {{ lines: number }} story @param {() => boolean} isOpen
 */
async function keepOrdering(pool, world, random, story, isOpen) {
  while (isOpen()) {
    try {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS open FROM workshop.job WHERE state IN ('ready', 'waiting')`,
      );
      const pending = await pool.query(
        `SELECT count(*)::int AS open FROM platform.outbox WHERE type = 'contracting.contract-activated' AND dispatched_at IS NULL`,
      );
      if (rows[0].open + pending.rows[0].open * LINES_EACH * 2 < BACKLOG_JOBS) {
        await order(pool, world, LINES_EACH, random);
        story.lines += LINES_EACH;
      }
    } catch {
      // The database is being restarted. An order whose answer was lost may be there and is not counted.
    }
    await sleep(100);
  }
}
