/**
 * Redis, from wherever it can be had: REDIS_URL, a server on the PATH, a private Debian copy. Without any
 * of them the queue runs on PostgreSQL; our own records never live in Redis, so nothing else changes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { copyEnvironment, onPath, privateCopy } from './debian.mjs';
import { freePort } from './network.mjs';
import {
  LauncherError,
  commandLineOf,
  isAlive,
  openLog,
  readRunFile,
  stopProcess,
  tailOf,
  waitUntil,
  writeFileAtomically,
  writeRunFile,
} from './process.mjs';

/**
 * @typedef {{ kind: 'env' | 'path' | 'debian' | 'none', url?: string, server?: string, port?: number,
 *   onExit: (listener: (what: string) => void) => void, stop: () => Promise<void> }} Redis
 * @typedef {{ dataDir: string, log?: (line: string) => void }} RedisOptions
 * @typedef {{ kind: 'path' | 'debian', command: string, env: Record<string, string> }} Server
 */

const HOST = '127.0.0.1';

/** On SIGTERM Redis writes out its append-only file and ends. */
/** @type {[NodeJS.Signals, number][]} */
const STOP_SIGNALS = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 2_000],
];

/** @type {Pick<Redis, 'onExit' | 'stop'>} */
const NOT_OURS = { onExit: () => undefined, stop: () => Promise.resolve() };

/**
 * @param {RedisOptions} options
 * @returns {Promise<Redis>}
 */
export async function startRedis({ dataDir, log = () => undefined }) {
  const url = process.env['REDIS_URL'];
  const route = process.env['COMMONWRIGHT_REDIS'] ?? '';
  if (!['', 'none', 'debian', 'path'].includes(route)) {
    throw new LauncherError(`COMMONWRIGHT_REDIS is "${route}"; it may be none, debian or path.`);
  }
  if (url && !route) {
    log('Redis: the one that REDIS_URL names.');
    return { kind: 'env', url, ...NOT_OURS };
  }
  const home = resolve(dataDir);
  await stopOrphanedRedis(home);
  const found = route === 'none' ? 'COMMONWRIGHT_REDIS=none' : await findServer(route, log);
  if (typeof found === 'string') {
    if (route && route !== 'none') throw new LauncherError(`COMMONWRIGHT_REDIS=${route}, but: ${found}.`);
    log(`Redis: none (${found}); the queue runs on PostgreSQL.`);
    return { kind: 'none', ...NOT_OURS };
  }
  const redis = await launch(home, found);
  const where = found.kind === 'path' ? found.command : 'a private copy from Debian packages';
  log(`Redis: ${redis.server}, ${where}.`);
  return redis;
}

/**
 * @param {string} route
 * @param {(line: string) => void} log
 * @returns {Promise<Server | string>} a reason where there is none
 */
async function findServer(route, log) {
  const installed = route === 'debian' ? undefined : (onPath('redis-server') ?? onPath('valkey-server'));
  if (installed) return { kind: 'path', command: installed, env: {} };
  if (route === 'path') return 'neither redis-server nor valkey-server is on the PATH';
  try {
    const root = await privateCopy({
      name: 'redis',
      packages: ['redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'],
      force: route === 'debian',
      log,
    });
    // Debian ships one program under several names, and it acts by the name it is called.
    const command = join(root, 'usr/bin/redis-server');
    if (!existsSync(command)) symlinkSync('redis-check-rdb', command);
    const env = copyEnvironment(root);
    const trial = spawnSync(command, ['--version'], { env: { ...process.env, ...env }, encoding: 'utf8' });
    if (trial.status !== 0) return `the private copy does not run: ${trial.stderr || trial.error?.message}`;
    return { kind: 'debian', command, env };
  } catch (error) {
    return `no redis-server on the PATH, no private copy: ${error instanceof Error ? error.message : error}`;
  }
}

/** @param {string} dataDir */
const runFileOf = (dataDir) => join(dataDir, 'run', 'redis.json');

/**
 * Passwords belong into a file that only we can read: a command line is visible to everyone.
 * @param {string} dataDir
 * @param {number} port
 * @param {string} password
 */
function writeConfig(dataDir, port, password) {
  const home = join(dataDir, 'redis');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const lines = [
    `bind ${HOST}`,
    `port ${port}`,
    `dir ${JSON.stringify(home)}`,
    `requirepass ${password}`,
    'protected-mode yes',
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    // BullMQ loses jobs under any other policy, and our worker refuses to run with one.
    'maxmemory-policy noeviction',
  ];
  const file = join(home, 'redis.conf');
  writeFileAtomically(file, `${lines.join('\n')}\n`);
  return file;
}

/**
 * @param {string} dataDir
 * @param {Server} server
 * @returns {Promise<Redis>}
 */
async function launch(dataDir, server) {
  const secretFile = join(dataDir, 'redis', 'credentials.json');
  /** @type {{ password: string, port?: number }} */
  const secret = existsSync(secretFile)
    ? JSON.parse(readFileSync(secretFile, 'utf8'))
    : { password: randomBytes(24).toString('hex') };
  const logFile = join(dataDir, 'logs', 'redis.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(HOST, attempt === 1 ? secret.port : undefined);
    const config = writeConfig(dataDir, port, secret.password);
    writeFileAtomically(secretFile, JSON.stringify({ ...secret, port }));
    const output = openLog(logFile);
    const child = spawn(server.command, [config], {
      cwd: '/',
      detached: true,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', ...server.env },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const version = await waitForReady(child, port, secret.password);
    if (version && child.pid)
      return handleOf({ dataDir, child, pid: child.pid, port, secret, server, version });
    if (attempt === 3) throw new LauncherError(`Redis did not start. Its log ends:\n${tailOf(logFile)}`);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 * @param {string} password
 * @returns {Promise<string | undefined>} "Redis 7.0.15" once it answers
 */
async function waitForReady(child, port, password) {
  let failed = false;
  child.once('error', () => (failed = true));
  child.once('exit', () => (failed = true));
  let version = '';
  await waitUntil(
    async () => {
      const answer = await command({ port, password }, 'INFO server').catch(() => '');
      const valkey = /valkey_version:(\S+)/.exec(answer)?.[1];
      const redis = /redis_version:(\S+)/.exec(answer)?.[1];
      version = valkey ? `Valkey ${valkey}` : redis ? `Redis ${redis}` : '';
      return failed || version !== '';
    },
    60_000,
    20,
  );
  return failed ? undefined : version;
}

/**
 * One command over a connection of its own: too little to need a client library before installation.
 * @param {{ port: number, password: string }} where
 * @param {string} line
 * @returns {Promise<string>}
 */
function command({ port, password }, line) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: HOST, port });
    let answer = '';
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
    socket.once('connect', () => socket.write(`AUTH ${password}\r\n${line}\r\nQUIT\r\n`));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
}

/**
 * @param {{ dataDir: string, child: import('node:child_process').ChildProcess, pid: number, port: number,
 *   secret: { password: string }, server: Server, version: string }} started
 * @returns {Redis}
 */
function handleOf({ dataDir, child, pid, port, secret, server, version }) {
  const record = writeRunFile(runFileOf(dataDir), pid, { ownerPid: process.pid, port });
  let stopping = false;
  /** @type {((what: string) => void)[]} */
  const listeners = [];
  child.once('exit', (code, signal) => {
    if (!stopping) for (const listener of listeners) listener(signal ?? `code ${code}`);
  });
  return {
    kind: server.kind,
    url: `redis://:${secret.password}@${HOST}:${port}/0`,
    server: version,
    port,
    onExit: (listener) => void listeners.push(listener),
    stop: async () => {
      stopping = true;
      await stopProcess(record, { signals: STOP_SIGNALS });
      rmSync(runFileOf(dataDir), { force: true });
    },
  };
}

/**
 * Stops the Redis of a launcher that was killed.
 * @param {string} dataDir
 * @returns {Promise<boolean>} whether there was one
 */
export async function stopOrphanedRedis(dataDir) {
  const record = readRunFile(runFileOf(dataDir));
  if (!record || !isAlive(record)) return false;
  if (!/redis|valkey/.test(commandLineOf(record.pid))) return false;
  await stopProcess(record, { signals: STOP_SIGNALS });
  rmSync(runFileOf(dataDir), { force: true });
  return true;
}

/**
 * Empties a private Redis whose database was thrown away, so that no ticket points to a job that is gone.
 * @param {Redis} redis
 */
export async function emptyRedis(redis) {
  if (!redis.url || !redis.port || redis.kind === 'env') return;
  await command({ port: redis.port, password: new URL(redis.url).password }, 'FLUSHALL');
}
