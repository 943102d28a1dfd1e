import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../support/child.js';
import { ratioOf, type Ratio } from '../support/ratio.js';
import { CONTRACT_LIST, fillContracts, sameRows } from './contract-list.js';

const CONTRACTS = 60;
const API = join(import.meta.dirname, '../../apps/api/src');

interface Postgres {
  readonly ownerUrl: string;
  readonly appUrl: string;
  stop(): Promise<void>;
}

/**
 * Our API against bare Fastify, in turns within one run, each in a process of its own, on one database:
 * - `typename`: `{ __typename }` against a handler that answers with a constant
 * - `contractList`: 20 contracts with parties and funding against the same rows by one SQL statement
 */
export async function run(): Promise<{ typename: Ratio; contractList: Ratio }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-bench-'));
  // Not compiled with the rest: the launcher's files are plain JavaScript that must run before any build.
  const { startPostgres } = (await import(join(process.cwd(), 'tools/embedded/postgres.mjs'))) as {
    startPostgres(options: { dataDir: string; durable: boolean }): Promise<Postgres>;
  };
  const postgres = await startPostgres({ dataDir, durable: false });
  const environment = {
    NODE_ENV: 'production',
    PORT: '0',
    DATABASE_URL: postgres.appUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
    QUEUE_BACKEND: 'postgres',
    COMMONWRIGHT_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  };
  const { REDIS_URL: _unused, ...inherited } = process.env;
  const migrated = spawnSync(process.execPath, [join(API, 'migrate.js')], {
    env: { ...inherited, ...environment },
  });
  if (migrated.status !== 0)
    throw new Error(`The database could not be migrated: ${String(migrated.stderr)}`);
  const api = await startChild(join(API, 'main.js'), environment);
  const bare = await startChild(join(import.meta.dirname, 'bare-fastify.js'), {
    DATABASE_URL: postgres.ownerUrl,
  });
  try {
    await fillContracts(api.url, CONTRACTS);
    await sameRows(api.url, bare.url);
    return await measure(api.url, bare.url);
  } finally {
    await Promise.all([api.stop(), bare.stop()]);
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(ours: string, reference: string): Promise<{ typename: Ratio; contractList: Ratio }> {
  const query = (text: string): string => JSON.stringify({ query: text });
  const typename = await ratioOf(
    { url: `${ours}/graphql`, body: query('{ __typename }') },
    { url: `${reference}/graphql`, body: query('{ __typename }') },
  );
  console.log(
    `{ __typename }: ours : bare Fastify = ${typename.ratio} (${typename.ours} : ${typename.reference} requests/s)`,
  );
  const contractList = await ratioOf(
    { url: `${ours}/graphql`, body: query(CONTRACT_LIST) },
    { url: `${reference}/contracts`, body: query(CONTRACT_LIST) },
  );
  console.log(
    `contract list: ours : one SQL statement behind bare Fastify = ${contractList.ratio} (${contractList.ours} : ${contractList.reference} requests/s)`,
  );
  return { typename, contractList };
}
