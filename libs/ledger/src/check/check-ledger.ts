import type { PoolClient } from 'pg';
import type { Database } from '#platform';
import { readSnapshot } from '../persistence/snapshot.js';
import { DRIFT, RULES, UNBALANCED } from './rules.js';

export interface LedgerCheck {
  readonly transfers: number;
  readonly entries: number;
  /** The sum of all differences between kept balances and those recomputed from the entries: 0n. */
  readonly driftMinor: bigint;
  /** Transfers that lack an entry, or whose debits and credits differ in a currency: 0. */
  readonly unbalanced: number;
}

/** A rule that is broken, by how many and by which. */
export interface LedgerFinding {
  readonly breach: string;
  readonly count: number;
  /** At most five. */
  readonly examples: readonly string[];
}

export interface LedgerAudit {
  readonly check: LedgerCheck;
  /** Empty when every rule holds. */
  readonly findings: readonly LedgerFinding[];
}

/** The figures of an audit. */
export async function checkLedger(database: Pick<Database, 'pool'>): Promise<LedgerCheck> {
  return (await auditLedger(database)).check;
}

/** Recomputes everything from the entries, on a live database and in one snapshot, and changes nothing. */
export async function auditLedger(database: Pick<Database, 'pool'>): Promise<LedgerAudit> {
  const snapshot = await readSnapshot(database.pool);
  try {
    const findings: LedgerFinding[] = [];
    for (const rule of RULES) {
      const { count, examples } = await breaches(snapshot.client, rule.query);
      if (count > 0) findings.push({ breach: rule.breach, count, examples });
    }
    return { check: await figures(snapshot.client), findings };
  } finally {
    await snapshot.end();
  }
}

async function figures(client: PoolClient): Promise<LedgerCheck> {
  const { rows } = await client.query<LedgerCheck>(
    `SELECT (SELECT count(*)::float8 FROM ledger.transfer) AS transfers,
            (SELECT count(*)::float8 FROM ledger.entry) AS entries,
            (SELECT coalesce(sum(minor), 0)::bigint FROM (${DRIFT}) drift) AS "driftMinor",
            (SELECT count(*)::float8 FROM (${UNBALANCED}) unbalanced) AS unbalanced`,
  );
  if (!rows[0]) throw new Error('The check of the ledger gave no row.');
  return rows[0];
}

async function breaches(
  client: PoolClient,
  query: string,
): Promise<{ count: number; examples: readonly string[] }> {
  const { rows } = await client.query<{ count: number; examples: string[] | null }>(
    `SELECT count(*)::float8 AS count, (array_agg(id::text ORDER BY id::text))[1:5] AS examples FROM (${query}) breach`,
  );
  return { count: rows[0]?.count ?? 0, examples: rows[0]?.examples ?? [] };
}
