import type { PoolClient } from 'pg';
import type { Id } from '#kernel';
import {
  NOTHING_SERVED,
  SPLIT_PARTS,
  splitPayment,
  type Served,
  type Split,
  type SplitPart,
} from '../domain/split.js';
import { magnitude } from './replay.js';

interface PaymentRow {
  readonly id: Id<'salePayment'>;
  readonly saleId: Id<'sale'>;
  readonly recordedAt: string;
  readonly amountMinor: bigint;
  readonly units: number;
  readonly unitCostMinor: bigint;
  readonly paidMinor: bigint;
  readonly floorMinor: bigint;
  readonly shares: readonly [number, number, number, number, number, number];
  readonly parts: readonly [string, string, string, string, string, string, string];
  readonly isReversal: boolean;
}

const ROWS_PER_PORTION = 5_000;

/** Payments in the order in which those of one sale were split; reversals are looked at for their sum alone. */
const PORTION = `SELECT p.id, p.recorded_at::text AS "recordedAt", p.sale_id AS "saleId", p.amount_minor AS "amountMinor", s.quantity AS units,
    s.unit_cost_minor AS "unitCostMinor", s.paid_minor AS "paidMinor", r.sustenance_floor_minor AS "floorMinor",
    ARRAY[r.sustenance_share, r.reserve_share, r.free_pool_share, r.fair_pool_share, r.design_commons_share,
      r.network_share] AS shares,
    ARRAY[p.sustenance_minor, p.cost_minor, p.reserve_minor, p.free_pool_minor, p.fair_pool_minor,
      p.design_commons_minor, p.network_minor]::text[] AS parts,
    p.reverses_payment_id IS NOT NULL AS "isReversal"
  FROM freemium.sale_payment p JOIN freemium.sale s ON s.id = p.sale_id
  JOIN freemium.split_rule r ON r.id = s.split_rule_id
  WHERE (p.sale_id, p.recorded_at, p.id) > ($1, $2, $3)
  ORDER BY p.sale_id, p.recorded_at, p.id LIMIT ${ROWS_PER_PORTION}`;

interface Ongoing {
  readonly saleId: Id<'sale'>;
  readonly keptMinor: bigint;
  served: Served;
  paidMinor: bigint;
}

/** Divides every payment anew by the rule of its sale. @returns the sum of all differences, in minor units */
export async function splitDriftMinor(client: PoolClient): Promise<bigint> {
  let drift = 0n;
  let sale = null as Ongoing | null;
  for await (const row of payments(client)) {
    if (sale?.saleId !== row.saleId) {
      drift += ended(sale);
      sale = { saleId: row.saleId, keptMinor: row.paidMinor, served: NOTHING_SERVED, paidMinor: 0n };
    }
    sale.paidMinor += row.amountMinor;
    if (row.isReversal) continue;
    const { split, served } = splitPayment(ruleOf(row), row, sale.served, row.amountMinor);
    sale.served = served;
    drift += difference(split, row.parts);
  }
  return drift + ended(sale);
}

async function* payments(client: PoolClient): AsyncGenerator<PaymentRow> {
  let after: readonly [string, string, string] = [
    '00000000-0000-0000-0000-000000000000',
    '-infinity',
    '00000000-0000-0000-0000-000000000000',
  ];
  for (;;) {
    const { rows } = await client.query<PaymentRow>(PORTION, [...after]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_PORTION) return;
    after = [last.saleId, last.recordedAt, last.id];
  }
}

function ruleOf({ floorMinor, shares }: PaymentRow): Parameters<typeof splitPayment>[0] {
  const [sustenance, reserve, freePool, fairPool, designCommons, network] = shares;
  return {
    sustenanceFloorMinor: floorMinor,
    shares: { sustenance, reserve, freePool, fairPool, designCommons, network },
  };
}

function difference(split: Split, parts: PaymentRow['parts']): bigint {
  return SPLIT_PARTS.reduce(
    (sum, part: SplitPart, index) => sum + magnitude(split[part] - BigInt(parts[index] ?? '0')),
    0n,
  );
}

/** What a sale keeps as paid, less the sum of its payments and reversals. */
function ended(sale: Ongoing | null): bigint {
  return sale ? magnitude(sale.keptMinor - sale.paidMinor) : 0n;
}
