import { DEFAULT_SCHEMA as QUEUE_SCHEMA, runMigrations as runQueueMigrations } from 'bullmq';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createOwnerDataSource } from './data-source.js';

/** Any number will do, as long as it is always the same: two that migrate at once take turns. */
const MIGRATION_LOCK = 4_120_776;

/** One PostgreSQL schema for each context; a context never reads another's tables. */
export const SCHEMAS = [
  'platform',
  'identity',
  'ledger',
  'catalogue',
  'contracting',
  'workshop',
  'freemium',
  'registry',
] as const;

export interface MigrationReport {
  readonly applied: readonly string[];
}

/**
 * Brings the schema up to date as its owner, then grants the application's role what it needs and no more:
 * it reads and writes rows, and creates, alters and drops nothing. Append-only tables are guarded by triggers
 * as well, which the owner cannot pass either.
 * @param ownerUrl connection of the role that owns the schema
 * @param appRole the role of API and worker; equal to the owner's when an operator runs with one role
 */
export async function migrate(ownerUrl: string, appRole: string): Promise<MigrationReport> {
  const dataSource = await createOwnerDataSource(ownerUrl).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`SELECT pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    await migrateQueues(ownerUrl);
    await grantTo(dataSource, appRole);
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await lock.query(`SELECT pg_advisory_unlock($1)`, [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}

/**
 * BullMQ's own tables, for instances that run their queue on PostgreSQL: made on every instance, so that going
 * from one backend to the other is a setting and no migration. API and worker never run these migrations.
 */
async function migrateQueues(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'commonwright migrate' });
  await client.connect();
  try {
    await runQueueMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
}

async function grantTo(dataSource: DataSource, appRole: string): Promise<void> {
  const [current] = await dataSource.query<{ current_user: string }[]>(`SELECT current_user`);
  if (current?.current_user === appRole) return;
  const role = pg.escapeIdentifier(appRole);
  const existing = await dataSource.query<{ nspname: string }[]>(
    `SELECT nspname FROM pg_namespace WHERE nspname = ANY($1)`,
    [[...SCHEMAS, QUEUE_SCHEMA]],
  );
  for (const { nspname } of existing) {
    const schema = pg.escapeIdentifier(nspname);
    await dataSource.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await dataSource.query(
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
    );
    await dataSource.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`);
    await dataSource.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${role}`);
  }
}
