import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SCHEMAS } from '../../apps/api/src/database/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const FILE = join(process.cwd(), 'test/integration/constraint-catalogue.txt');

const CATALOGUE = `
  SELECT format('%s.%s %s %s', n.nspname, r.relname,
    CASE c.contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign-key'
                   WHEN 't' THEN 'constraint-trigger' WHEN 'x' THEN 'exclusion' END, c.conname) AS line
  FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
  WHERE n.nspname = ANY($1) AND c.contype <> 'n'
  UNION ALL
  SELECT format('%s.%s trigger %s (%s)', n.nspname, r.relname, t.tgname,
    CASE t.tgenabled WHEN 'O' THEN 'on' WHEN 'A' THEN 'always' ELSE 'off' END)
  FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid JOIN pg_namespace n ON n.oid = r.relnamespace
  WHERE n.nspname = ANY($1) AND NOT t.tgisinternal
  UNION ALL
  SELECT format('%s.%s unique-index %s', n.nspname, r.relname, i.relname)
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class r ON r.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = r.relnamespace
  WHERE n.nspname = ANY($1) AND x.indisunique AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid)
  ORDER BY 1`;

/**
 * What the database itself enforces, against a committed list: a constraint or trigger that a migration drops is
 * seen in review. After a wanted change: \`UPDATE_CATALOGUE=1 npm test -- constraint-catalogue\`, and read the diff.
 */
describe('the constraints and triggers of the database', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.superuserUrl });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('are those of the committed list', async () => {
    const { rows } = await client.query<{ line: string }>(CATALOGUE, [[...SCHEMAS]]);
    const found = `${rows.map(({ line }) => line).join('\n')}\n`;
    if (process.env['UPDATE_CATALOGUE']) writeFileSync(FILE, found);
    expect(existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : []).toEqual(found.split('\n'));
  });

  it('are named by us: no table carries a constraint that PostgreSQL named', async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.conname AS name FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
       WHERE n.nspname = ANY($1) AND c.contype = 'c' AND c.conname ~ '_check[0-9]*$'`,
      [[...SCHEMAS]],
    );
    expect(rows).toEqual([]);
  });

  it('leave the application no right to change the schema or to empty a table', async () => {
    const { rows } = await client.query<{ right: string }>(
      `SELECT format('%I.%I %s', table_schema, table_name, privilege_type) AS right
       FROM information_schema.role_table_grants
       WHERE grantee = 'commonwright_app' AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
         AND table_schema = ANY($1)
       UNION ALL
       SELECT format('%I CREATE', nspname) FROM pg_namespace
       WHERE nspname = ANY($1) AND has_schema_privilege('commonwright_app', nspname, 'CREATE')`,
      [[...SCHEMAS]],
    );
    expect(rows).toEqual([]);
  });
});
