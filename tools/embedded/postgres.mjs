/**
 * A private PostgreSQL from the binaries that npm brings: on 127.0.0.1 only, no socket file, scram with
 * random passwords. It is ours from initdb to the fast shutdown, and survives a killed parent.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './network.mjs';
import {
  CLEAN_ENV,
  checkVersion,
  initCluster,
  readCredentials,
  writeCredentials,
} from './postgres-cluster.mjs';
import { chooseRunAs, knownCluster, placeCluster, provideBinaries } from './postgres-files.mjs';
import { ensureRolesAndDatabase } from './postgres-roles.mjs';
import {
  LauncherError,
  commandLineOf,
  identityOf,
  isAlive,
  openLog,
  readRunFile,
  stopProcess,
  tailOf,
  waitUntil,
  writeRunFile,
} from './process.mjs';

export { removeCluster } from './postgres-files.mjs';
export { recreateDatabase } from './postgres-roles.mjs';

/**
 * @typedef {import('./postgres-cluster.mjs').Credentials} Credentials
 * @typedef {{ dataDir: string, log?: (line: string) => void, reuse?: boolean, durable?: boolean,
 *   settings?: Record<string, string> }} PostgresOptions
 *   `reuse`: connect to a server that already runs on this data directory instead of replacing it;
 *   `durable: false`: for tests, gives up every promise about crashes for speed
 * @typedef {{ version: string, host: string, port: number, pid: number, superuserUrl: string, ownerUrl: string,
 *   appUrl: string, reused: boolean, onExit: (listener: (what: string) => void) => void,
 *   stop: () => Promise<void> }} Postgres
 */

const HOST = '127.0.0.1';

/** Fast shutdown first; immediate shutdown loses nothing either, but the next start must recover. */
/** @type {[NodeJS.Signals, number][]} */
const STOP_SIGNALS = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 2_000],
];

/**
 * @param {PostgresOptions} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres(options) {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => undefined);
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const running = findPostmaster(knownCluster(dataDir));
  const record = readRunFile(runFileOf(dataDir));
  const ownerLives = running && isAlive(ownerOf(record)) && ownerOf(record)?.pid !== process.pid;
  if (running && options.reuse) return adopt(dataDir, running.pid, Boolean(ownerLives));
  if (running && ownerLives) {
    throw new LauncherError(`The database in ${dataDir} is in use by process ${ownerOf(record)?.pid}.`);
  }
  if (running) {
    log('A PostgreSQL was left behind by a start that was killed; stopping it first.');
    await stopProcess(running, { signals: STOP_SIGNALS });
  }
  const runAs = chooseRunAs(knownCluster(dataDir));
  const binaries = provideBinaries(runAs);
  const cluster = placeCluster(dataDir, runAs);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    log('Creating the database …');
    initCluster({ dataDir, cluster, binaries, runAs, durable: options.durable !== false });
  }
  checkVersion(cluster, binaries.major);
  forgetRecycledPid(cluster);
  const started = await launch({ dataDir, cluster, binaries, runAs, options, log });
  await ensureRolesAndDatabase(urlsOf(started.credentials, started.port), started.credentials);
  return started.handle;
}

/** @param {string} dataDir */
const runFileOf = (dataDir) => join(dataDir, 'run', 'postgres.json');

/**
 * @param {import('./process.mjs').RunRecord | undefined} record
 * @returns {import('./process.mjs').RunRecord | undefined}
 */
function ownerOf(record) {
  if (!record) return undefined;
  return { pid: Number(record['ownerPid']), identity: String(record['ownerIdentity']) };
}

/**
 * The server that holds a cluster, if one really runs: its pid file may be stale and the pid recycled.
 * @param {string} cluster
 */
function findPostmaster(cluster) {
  try {
    const [pid] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const identity = identityOf(Number(pid));
    const command = commandLineOf(Number(pid));
    if (!identity || !command.includes(cluster) || !/\bpostgres\b/.test(command)) return undefined;
    return { pid: Number(pid), identity };
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL sorts out a dead pid by itself, but gives way to any living process of the same user.
 * @param {string} cluster
 */
function forgetRecycledPid(cluster) {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file) || findPostmaster(cluster)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (identityOf(pid)) rmSync(file);
}

/**
 * @param {number} port
 * @param {string} cluster
 * @param {PostgresOptions} options
 */
function settingsOf(port, cluster, { durable = true, settings = {} }) {
  /** @type {Record<string, string>} */
  const all = {
    listen_addresses: HOST,
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u ',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  return ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * @param {{ dataDir: string, cluster: string, binaries: import('./postgres-files.mjs').Binaries,
 *   runAs: import('./postgres-files.mjs').RunAs, options: PostgresOptions, log: (line: string) => void }} how
 */
async function launch({ dataDir, cluster, binaries, runAs, options, log }) {
  const credentials = readCredentials(dataDir);
  const logFile = join(dataDir, 'logs', 'postgres.log');
  // A free port may be lost to someone between the look and the start, and the backends of a server
  // that was killed need a moment to notice: both deserve another try.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(HOST, attempt === 1 ? credentials.port : undefined);
    const output = openLog(logFile);
    const child = spawn(join(binaries.native, 'bin', 'postgres'), settingsOf(port, cluster, options), {
      ...runAs,
      cwd: '/',
      detached: true,
      env: CLEAN_ENV,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const ready = await waitForReady(child, cluster, log);
    if (ready && child.pid) {
      if (credentials.port !== port) {
        writeCredentials(dataDir, { ...credentials, port });
      }
      const handle = handleOf({
        dataDir,
        child,
        pid: child.pid,
        port,
        credentials,
        version: binaries.version,
      });
      return { port, credentials, handle };
    }
    if (attempt === 3) throw new LauncherError(`PostgreSQL did not start. Its log ends:\n${tailOf(logFile)}`);
    await sleep(500 * attempt);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} cluster
 * @param {(line: string) => void} log
 */
async function waitForReady(child, cluster, log) {
  let failed = false;
  child.once('error', () => (failed = true));
  child.once('exit', () => (failed = true));
  const slow = setTimeout(() => log('PostgreSQL is recovering what an interrupted run left …'), 5_000);
  await waitUntil(() => failed || saysReady(cluster, child.pid), 120_000, 20);
  clearTimeout(slow);
  return !failed && saysReady(cluster, child.pid);
}

/**
 * The eighth line of the pid file is PostgreSQL's own word on whether it takes connections.
 * @param {string} cluster
 * @param {number | undefined} pid
 */
function saysReady(cluster, pid) {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * @param {Credentials} credentials
 * @param {number} port
 */
function urlsOf(credentials, port) {
  return {
    superuserUrl: `postgresql://postgres:${credentials.superuser}@${HOST}:${port}/postgres`,
    ownerUrl: `postgresql://commonwright_owner:${credentials.owner}@${HOST}:${port}/commonwright`,
    appUrl: `postgresql://commonwright_app:${credentials.app}@${HOST}:${port}/commonwright`,
  };
}

/**
 * @param {{ dataDir: string, child: import('node:child_process').ChildProcess, pid: number, port: number,
 *   credentials: Credentials, version: string }} started
 * @returns {Postgres}
 */
function handleOf({ dataDir, child, pid, port, credentials, version }) {
  const owner = { ownerPid: process.pid, ownerIdentity: identityOf(process.pid) };
  const record = writeRunFile(runFileOf(dataDir), pid, { ...owner, port });
  let stopping = false;
  /** @type {((what: string) => void)[]} */
  const listeners = [];
  child.once('exit', (code, signal) => {
    if (!stopping) for (const listener of listeners) listener(signal ?? `code ${code}`);
  });
  return {
    version,
    host: HOST,
    port,
    pid,
    reused: false,
    ...urlsOf(credentials, port),
    onExit: (listener) => void listeners.push(listener),
    stop: async () => {
      stopping = true;
      await stopProcess(record, { signals: STOP_SIGNALS });
      rmSync(runFileOf(dataDir), { force: true });
    },
  };
}

/**
 * A server that already runs: shared when its owner lives (our stop then leaves it alone), ours otherwise.
 * @param {string} dataDir
 * @param {number} pid
 * @param {boolean} shared
 * @returns {Postgres}
 */
function adopt(dataDir, pid, shared) {
  const cluster = knownCluster(dataDir);
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const record = { pid, identity: identityOf(pid) ?? 'gone' };
  return {
    version: readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim(),
    host: HOST,
    port,
    pid,
    reused: true,
    ...urlsOf(readCredentials(dataDir), port),
    onExit: () => undefined,
    stop: async () => {
      if (shared) return;
      await stopProcess(record, { signals: STOP_SIGNALS });
      rmSync(runFileOf(dataDir), { force: true });
    },
  };
}

/**
 * Stops what a killed launcher left behind, without starting anything. For the launcher's own cleaning.
 * @param {string} dataDir
 */
export async function stopOrphanedPostgres(dataDir) {
  const running = existsSync(dirname(knownCluster(dataDir)))
    ? findPostmaster(knownCluster(dataDir))
    : undefined;
  if (running) await stopProcess(running, { signals: STOP_SIGNALS });
  return running !== undefined;
}
