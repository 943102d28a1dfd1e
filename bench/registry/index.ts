import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import pg from 'pg';
import { fillContracts } from '../api/contract-list.js';
import { startChild } from '../support/child.js';
import { median } from '../support/ratio.js';
import { loadLog, type LogFigures } from './log-load.js';

const APPS = join(import.meta.dirname, '../../apps');
const FEW = 20;
const MANY = 20_000;
const ROUNDS = 4;
const ROUND_SECONDS = 2;
const CONNECTIONS = 16;

interface Postgres {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

interface Figures {
  readonly warm: Readonly<Record<string, number>>;
  readonly log: LogFigures;
  readonly growth: Readonly<Record<string, number>>;
}

/**
 * The public registry, in one run:
 * - `warm`: contract page and JSON against the same bytes and headers served from memory by bare Fastify
 * - `log`: 100,000 leaves sequenced, signed and served; from publication to a signed head
 * - `growth`: milliseconds of page, list and proof with many contracts over those with few
 */
export async function run(): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-bench-'));
  const { startPostgres } = (await import(join(process.cwd(), 'tools/embedded/postgres.mjs'))) as {
    startPostgres(options: { dataDir: string; durable: boolean }): Promise<Postgres>;
  };
  const postgres = await startPostgres({ dataDir, durable: false });
  const { REDIS_URL: _unused, ...inherited } = process.env;
  const environment = {
    ...inherited,
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    QUEUE_BACKEND: 'postgres',
    COMMONWRIGHT_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  };
  const migrated = spawnSync(process.execPath, [join(APPS, 'api/src/migrate.js')], { env: environment });
  if (migrated.status !== 0)
    throw new Error(`The database could not be migrated: ${String(migrated.stderr)}`);
  const api = await startChild(join(APPS, 'api/src/main.js'), environment);
  const bare = await startChild(join(import.meta.dirname, 'static-fastify.js'), {});
  const worker = await startWorker(environment);
  const superuser = new URL(postgres.superuserUrl);
  superuser.pathname = new URL(postgres.appUrl).pathname;
  const client = new pg.Client({ connectionString: superuser.toString() });
  await client.connect();
  try {
    await fillContracts(api.url, FEW);
    const { rows } = await client.query<{ ref: string }>(
      `SELECT ref FROM contracting.contract ORDER BY ref LIMIT 1`,
    );
    const page = `/registry/contracts/${rows[0]?.ref}`;
    const [proof, json] = [`${page}/releases/1.tlog-proof`, `${page}/releases/1.json`];
    await untilServed(`${api.url}${proof}`);
    const warm = {
      page: await ratio(api.url, bare.url, page),
      json: await ratio(api.url, bare.url, json),
    };
    const few = await latencies(api.url, ['/registry', page, proof]);
    const log = await loadLog(api.url, client);
    console.log(
      `log: ${log.leaves} leaves had their places and a signed head after ${log.sequencedSeconds} s; ` +
        `${log.tilesPerSecond} tiles/s one by one; published to provable ${log.provableMilliseconds.median} ms, at worst ${log.provableMilliseconds.worst} ms`,
    );
    await multiply(client, MANY);
    const many = await latencies(api.url, ['/registry', page, proof]);
    const growth = Object.fromEntries(
      ['list', 'page', 'proof'].map((name, at) => [name, rounded((many[at] ?? 0) / (few[at] ?? 1))]),
    );
    console.log(
      `growth from ${FEW} to ${MANY} contracts and 100,000 leaves: ${Object.entries(growth)
        .map((each) => each.join(' × '))
        .join(', ')}`,
    );
    return { warm, log, growth };
  } finally {
    await client.end();
    worker.kill('SIGTERM');
    await Promise.all([api.stop(), bare.stop()]);
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startWorker(environment: NodeJS.ProcessEnv) {
  const { fork } = await import('node:child_process');
  const worker = fork(join(APPS, 'worker/src/main.js'), [], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise((resolve) => worker.once('message', resolve));
  return worker;
}

async function untilServed(url: string): Promise<void> {
  while (!(await fetch(url)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Requests per second of ours over those of the reference, medians of rounds in turns; the first does not count. */
async function ratio(ours: string, reference: string, path: string): Promise<number> {
  const answer = await fetch(`${ours}${path}`, { headers: { 'accept-encoding': 'identity' } });
  const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
  const headers = Object.fromEntries(
    [...answer.headers].filter(
      ([name]) => !['date', 'connection', 'keep-alive', 'content-length'].includes(name),
    ),
  );
  await fetch(`${reference}/fix`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, body, headers }),
  });
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [a, b] = [await rate(`${ours}${path}`), await rate(`${reference}${path}`)];
    if (round === 0) continue;
    mine.push(a);
    theirs.push(b);
  }
  const found = rounded(median(mine) / median(theirs));
  console.log(
    `${path}: ours : the same bytes from bare Fastify = ${found} (${median(mine)} : ${median(theirs)} requests/s)`,
  );
  return found;
}

async function rate(url: string): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: ROUND_SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 200`);
  return Math.round(result.requests.average);
}

async function latencies(url: string, paths: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const path of paths) {
    const times: number[] = [];
    for (let each = 0; each < 60; each += 1) {
      const began = performance.now();
      await (await fetch(`${url}${path}`)).arrayBuffer();
      times.push(performance.now() - began);
    }
    found.push(median(times));
  }
  return found;
}

/** Copies of the first contract, past the application: for what grows with their number. */
async function multiply(client: pg.Client, count: number): Promise<void> {
  await client.query(`SET session_replication_role = replica`);
  await client.query(`CREATE TEMP TABLE one AS SELECT * FROM contracting.contract ORDER BY ref LIMIT 1`);
  await client.query(
    `CREATE TEMP TABLE copy AS SELECT gen_random_uuid() AS id, 'CSM-2027-' || lpad(n::text, 6, '0') AS ref FROM generate_series(1, $1::int) n`,
    [count],
  );
  for (const [table, key] of [
    ['contracting.contract', 'id'],
    ['contracting.contract_party', 'contract_id'],
    ['contracting.release', 'contract_id'],
  ] as const) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname NOT IN ('ref', $2)`,
      [table, key],
    );
    const columns = rows.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
    const ref = table === 'contracting.contract' ? ', ref' : '';
    await client.query(
      `INSERT INTO ${table} (${key}${ref}, ${columns}) SELECT copy.id${ref && ', copy.ref'}, ${columns
        .split(', ')
        .map((each) => `t.${each}`)
        .join(', ')} FROM ${table} t JOIN one ON one.id = t.${key} CROSS JOIN copy`,
    );
  }
  await client.query(
    `ANALYZE contracting.contract; ANALYZE contracting.contract_party; ANALYZE contracting.release`,
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
