import type { PoolClient } from 'pg';
import type { Currency, Id } from '#kernel';
import { readSnapshot, recomputedAvailable } from '#ledger';
import type { Database } from '#platform';
import type { PoolTier } from '../domain/pool.js';
import { splitDriftMinor } from './check-splits.js';
import { magnitude, replay, type ReplayDraw, type ReplayLot } from './replay.js';

export interface FreemiumCheck {
  readonly sales: number;
  readonly grants: number;
  /** The sum of all differences between what is kept and what follows anew from payments, rules and draws: 0n. */
  readonly driftMinor: bigint;
  /** What grants hold or have spent without a lot that paid for it: 0n. */
  readonly unattributedMinor: bigint;
}

/** A rule that is broken, and by how much. */
export interface FreemiumFinding {
  readonly breach: string;
  readonly minor: bigint;
}

export interface FreemiumAudit {
  readonly check: FreemiumCheck;
  /** Empty when every rule holds. */
  readonly findings: readonly FreemiumFinding[];
}

interface PoolRow {
  readonly productId: Id<'product'>;
  readonly tier: PoolTier;
  readonly currency: Currency;
  readonly accountId: Id<'account'>;
  readonly availableMinor: bigint;
}

/** The figures of an audit. */
export async function checkFreemium(database: Pick<Database, 'pool'>): Promise<FreemiumCheck> {
  return (await auditFreemium(database)).check;
}

/**
 * Divides every payment and attributes every grant anew, on a live database and in one snapshot, with the very rules
 * that did it, and compares. It changes nothing. Memory grows with the lots and draws of one pool at a time.
 */
export async function auditFreemium(database: Pick<Database, 'pool'>): Promise<FreemiumAudit> {
  const snapshot = await readSnapshot(database.pool);
  try {
    const { client } = snapshot;
    const findings: FreemiumFinding[] = [];
    const find = (breach: string, minor: bigint): bigint => {
      if (minor > 0n) findings.push({ breach, minor });
      return minor;
    };
    let driftMinor = find('Payments are split otherwise than their rule says', await splitDriftMinor(client));
    let unattributedMinor = 0n;
    for (const pool of await poolsOf(client)) {
      const name = `the ${pool.tier} pool of product ${pool.productId} in ${pool.currency}`;
      const booked = await recomputedAvailable(client, [pool.accountId]);
      const { driftMinor: drift, drawnByGrant } = replay({
        ...pool,
        bookedMinor: booked.get(pool.accountId) ?? 0n,
        lots: await lotsOf(client, pool),
        draws: await drawsOf(client, pool),
      });
      driftMinor += find(`Lots, draws and ledger differ in ${name}`, drift);
      unattributedMinor += find(
        `Grants are not fully paid for in ${name}`,
        await owing(client, pool, drawnByGrant),
      );
    }
    return { check: { ...(await counts(client)), driftMinor, unattributedMinor }, findings };
  } finally {
    await snapshot.end();
  }
}

async function poolsOf(client: PoolClient): Promise<PoolRow[]> {
  const { rows } = await client.query<PoolRow>(
    `SELECT product_id AS "productId", tier, currency, account_id AS "accountId", available_minor AS "availableMinor"
     FROM freemium.pool ORDER BY product_id, tier, currency`,
  );
  return rows;
}

async function lotsOf(client: PoolClient, pool: PoolRow): Promise<ReplayLot[]> {
  const { rows } = await client.query<ReplayLot>(
    `SELECT id, amount_minor AS "amountMinor", drawn_minor AS "drawnMinor" FROM freemium.pool_lot
     WHERE product_id = $1 AND tier = $2 AND currency = $3 ORDER BY number`,
    [pool.productId, pool.tier, pool.currency],
  );
  return rows;
}

async function drawsOf(client: PoolClient, pool: PoolRow): Promise<ReplayDraw[]> {
  const { rows } = await client.query<ReplayDraw>(
    `SELECT d.lot_id AS "lotId", d.grant_id AS "grantId", d.amount_minor AS "amountMinor"
     FROM freemium.pool_draw d JOIN freemium.pool_lot l ON l.id = d.lot_id
     WHERE l.product_id = $1 AND l.tier = $2 AND l.currency = $3 ORDER BY d.number`,
    [pool.productId, pool.tier, pool.currency],
  );
  return rows;
}

/** What the grants of a pool hold or have spent, less what they have drawn. */
async function owing(
  client: PoolClient,
  pool: PoolRow,
  drawn: ReadonlyMap<Id<'unitGrant'>, bigint>,
): Promise<bigint> {
  const { rows } = await client.query<{ id: Id<'unitGrant'>; costMinor: bigint }>(
    `SELECT id, coalesce(spent_minor, held_minor) AS "costMinor" FROM freemium.unit_grant
     WHERE product_id = $1 AND tier = $2 AND currency = $3`,
    [pool.productId, pool.tier, pool.currency],
  );
  return rows.reduce((sum, { id, costMinor }) => sum + magnitude(costMinor - (drawn.get(id) ?? 0n)), 0n);
}

async function counts(client: PoolClient): Promise<Pick<FreemiumCheck, 'sales' | 'grants'>> {
  const { rows } = await client.query<{ sales: number; grants: number }>(
    `SELECT (SELECT count(*)::float8 FROM freemium.sale) AS sales,
            (SELECT count(*)::float8 FROM freemium.unit_grant) AS grants`,
  );
  return rows[0] ?? { sales: 0, grants: 0 };
}
