import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../apps/api/src/database/migrate.js';

export interface TestDatabase {
  /** The application's least-privilege role. */
  readonly appUrl: string;
  /** The role that owns the tables; for tests that show that even it is refused. */
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

const TEMPLATE_LOCK = 77_001;

/** Clones the migrated template, which is quicker than migrating for each file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = await ensureTemplate();
  const name = `cw_${randomBytes(8).toString('hex')}`;
  await asSuperuser((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER commonwright_owner`),
  );
  return {
    appUrl: withDatabase(variable('COMMONWRIGHT_TEST_APP_URL'), name),
    ownerUrl: withDatabase(variable('COMMONWRIGHT_TEST_OWNER_URL'), name),
    superuserUrl: withDatabase(variable('COMMONWRIGHT_TEST_SUPERUSER_URL'), name),
    drop: () =>
      asSuperuser(
        async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      ),
  };
}

/** The template's name holds the hash of all migrations, so that an edited one is never a stale clone. */
async function ensureTemplate(): Promise<string> {
  const name = `cw_template_${migrationsHash()}`;
  await asSuperuser(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate`,
      [name],
    );
    if (rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} OWNER commonwright_owner`);
    await migrate(withDatabase(variable('COMMONWRIGHT_TEST_OWNER_URL'), name), 'commonwright_app');
    await client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  });
  return name;
}

function migrationsHash(): string {
  const folder = join(process.cwd(), 'apps/api/src/database');
  const hash = createHash('sha256').update(readFileSync(join(folder, 'migrate.ts')));
  for (const file of readdirSync(join(folder, 'migrations')).sort())
    hash.update(readFileSync(join(folder, 'migrations', file)));
  return hash.digest('hex').slice(0, 12);
}

async function asSuperuser<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: withDatabase(variable('COMMONWRIGHT_TEST_SUPERUSER_URL'), 'postgres'),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this test belongs to Jest's project “system”.`);
  return value;
}
