import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import pg from 'pg';
import type { TestApp } from './test-app.js';
import type { GraphqlError, TestClient } from './test-client.js';

/** A digest of every row of some schemas, table by table: equal before and after means that nothing changed. */
export async function digestOf(
  app: TestApp,
  schemas: readonly string[],
  except: readonly string[] = [],
): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: app.database.ownerUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = ANY ($1) ORDER BY 1`,
      [schemas],
    );
    const digests: Record<string, string> = {};
    for (const { name } of tables.rows.filter((table) => !except.includes(table.name))) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
      digests[name] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
    }
    return digests;
  } finally {
    await client.end();
  }
}

export interface Refusal {
  readonly code: string;
  /** The sentence, or a part of it. */
  readonly message?: string;
  /** For `BAD_INPUT`: the fields that were refused, in order. */
  readonly fields?: readonly string[];
}

export interface RefusalScope {
  readonly schemas: readonly string[];
  /** Tables that a refusal is meant to write, such as the count of tries at signing in. */
  readonly except?: readonly string[];
}

/** Expects that a call is refused as described, and that no row of the scope changed. */
export async function expectRefused(
  app: TestApp,
  scope: RefusalScope,
  call: { client: TestClient; query: string; variables: Record<string, unknown> },
  refusal: Refusal,
): Promise<GraphqlError> {
  const before = await digestOf(app, scope.schemas, scope.except);
  const error = await call.client.refusal(call.query, call.variables);
  expect({ code: error.extensions.code, message: error.message }).toEqual({
    code: refusal.code,
    message: expect.stringContaining(refusal.message ?? ''),
  });
  if (refusal.fields) {
    const problems = error.extensions.details?.['problems'] as { field: string }[];
    expect(problems.map((problem) => problem.field)).toEqual(refusal.fields);
  }
  expect(await digestOf(app, scope.schemas, scope.except)).toEqual(before);
  return error;
}
