import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../embedded/postgres.mjs';

/**
 * @typedef {import('./processes.mjs').Kept} Kept
 * @typedef {{ apis: Kept[], worker: Kept, redis: import('ioredis').Redis, cable: import('./proxy.mjs').Proxy,
 *   superuser: import('pg').Pool, postgresPid: () => number, restartPostgres: () => Promise<void>,
 *   random: () => number }} Town
 * @typedef {{ name: string, weight: number, strike: (town: Town) => Promise<void> }} Fault
 */

/** @template Item @param {readonly Item[]} items @param {() => number} random @returns {Item} */
function one(items, random) {
  return /** @type {Item} */ (items[Math.floor(random() * items.length)]);
}

/** @param {Kept} kept @param {() => number} random */
async function pause(kept, random) {
  kept.signal('SIGSTOP');
  await sleep(200 + random() * 1300);
  kept.signal('SIGCONT');
}

/** What breaks, and how often. Each strike ends when the broken thing may heal. @type {readonly Fault[]} */
export const FAULTS = [
  { name: 'kill-api', weight: 3, strike: async (town) => one(town.apis, town.random).signal('SIGKILL') },
  { name: 'kill-worker', weight: 2, strike: async (town) => town.worker.signal('SIGKILL') },
  { name: 'pause-api', weight: 4, strike: (town) => pause(one(town.apis, town.random), town.random) },
  { name: 'pause-worker', weight: 3, strike: (town) => pause(town.worker, town.random) },
  {
    name: 'kill-redis-connections',
    weight: 8,
    strike: async ({ redis }) => void (await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')),
  },
  {
    name: 'kill-postgres-connections',
    weight: 8,
    strike: async ({ superuser }) => {
      await superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'commonwright_app' AND random() < 0.5`,
      );
    },
  },
  { name: 'flush', weight: 6, strike: async ({ redis }) => void (await redis.flushall()) },
  {
    name: 'cut-redis',
    weight: 5,
    strike: async ({ cable, random }) => {
      cable.cut();
      await sleep(300 + random() * 2000);
      cable.mend();
    },
  },
  { name: 'restart-postgres', weight: 1, strike: ({ restartPostgres }) => restartPostgres() },
];

/**
 * Stops PostgreSQL at once, as a power cut would, and starts it on the same data.
 * @param {string} dataDir @param {number} pid
 */
export async function restartPostgres(dataDir, pid) {
  process.kill(pid, 'SIGQUIT');
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      break;
    }
    await sleep(25);
  }
  return startPostgres({ dataDir });
}

/**
 * One strike after the other until told to stop.
 * @param {Town} town @param {{ pauseMilliseconds: number, isOpen: () => boolean, onFault: (name: string) => void }} how
 */
export async function strikeOn(town, how) {
  const total = FAULTS.reduce((sum, fault) => sum + fault.weight, 0);
  while (how.isOpen()) {
    await sleep(how.pauseMilliseconds * (0.5 + town.random()));
    if (!how.isOpen()) return;
    let dice = town.random() * total;
    const fault = FAULTS.find((each) => (dice -= each.weight) < 0) ?? FAULTS[0];
    if (!fault) return;
    how.onFault(fault.name);
    await fault.strike(town).catch(() => undefined);
  }
}
