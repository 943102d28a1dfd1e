import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { Form } from '#catalogue';
import type { SaleState } from '../domain/sale.js';
import type { Split } from '../domain/split.js';

/** A sale as its rules see it. */
export interface Sale {
  readonly id: Id<'sale'>;
  readonly ref: string;
  readonly fablabId: Id<'community'>;
  readonly productId: Id<'product'>;
  readonly productVersionId: Id<'productVersion'>;
  readonly tier: 'fair' | 'premium';
  readonly form: Form;
  readonly quantity: number;
  readonly currency: Currency;
  readonly unitPriceMinor: bigint;
  readonly unitCostMinor: bigint;
  readonly splitRuleId: Id<'splitRule'>;
  readonly buyerCommunityId: Id<'community'> | null;
  readonly state: SaleState;
  readonly paidMinor: bigint;
  readonly floorServedMinor: bigint;
  readonly costServedMinor: bigint;
  readonly dueOn: Day;
}

export interface NewSale extends Omit<Sale, 'state' | 'paidMinor' | 'floorServedMinor' | 'costServedMinor'> {
  readonly accessHash: Buffer | null;
  readonly buyer: { readonly name: string; readonly email: string; readonly address: string } | null;
}

export interface SalePayment {
  readonly id: Id<'salePayment'>;
  readonly amountMinor: bigint;
  readonly valueDate: Day;
  readonly split: Split;
  readonly floorMinor: bigint;
  readonly transferId: Id<'transfer'>;
}

export interface NewSalePayment extends SalePayment {
  readonly saleId: Id<'sale'>;
  readonly reversesPaymentId: Id<'salePayment'> | null;
  readonly spentFreeMinor: bigint;
  readonly spentFairMinor: bigint;
  readonly recordedBy: Id<'person'> | null;
}

/** The price of the whole sale. */
export function priceMinor(sale: Pick<Sale, 'quantity' | 'unitPriceMinor'>): bigint {
  return sale.unitPriceMinor * BigInt(sale.quantity);
}

/** Writes sales and their payments. Every change begins with `lock`. */
@Injectable()
export class SaleRepository {
  async insert(tx: Tx, sale: NewSale): Promise<void> {
    await tx.execute(
      `INSERT INTO freemium.sale (id, ref, fablab_id, product_id, product_version_id, tier, form, quantity, currency,
         unit_price_minor, unit_cost_minor, split_rule_id, buyer_community_id, state, access_hash, ordered_at, due_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'ordered', $14, $15, $16)`,
      [
        sale.id,
        sale.ref,
        sale.fablabId,
        sale.productId,
        sale.productVersionId,
        sale.tier,
        sale.form,
        sale.quantity,
        sale.currency,
        sale.unitPriceMinor,
        sale.unitCostMinor,
        sale.splitRuleId,
        sale.buyerCommunityId,
        sale.accessHash,
        tx.now,
        sale.dueOn,
      ],
    );
    if (sale.buyer) {
      await tx.execute(
        `INSERT INTO freemium.sale_buyer (sale_id, name, email, address) VALUES ($1, $2, $3, $4)`,
        [sale.id, sale.buyer.name, sale.buyer.email, sale.buyer.address],
      );
    }
  }

  async lock(tx: Tx, id: Id<'sale'>): Promise<Sale | null> {
    const [row] = await tx.query<Sale>(
      `SELECT id, ref, fablab_id AS "fablabId", product_id AS "productId",
              product_version_id AS "productVersionId", tier, form, quantity, currency,
              unit_price_minor AS "unitPriceMinor", unit_cost_minor AS "unitCostMinor",
              split_rule_id AS "splitRuleId", buyer_community_id AS "buyerCommunityId", state,
              paid_minor AS "paidMinor", floor_served_minor AS "floorServedMinor",
              cost_served_minor AS "costServedMinor", due_on::text AS "dueOn"
       FROM freemium.sale WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
      'sale-lock',
    );
    return row ?? null;
  }

  async insertPayment(tx: Tx, payment: NewSalePayment): Promise<void> {
    const { split } = payment;
    await tx.query(
      `INSERT INTO freemium.sale_payment (id, sale_id, amount_minor, value_date, sustenance_minor, cost_minor,
         reserve_minor, free_pool_minor, fair_pool_minor, design_commons_minor, network_minor, floor_minor,
         transfer_id, reverses_payment_id, spent_free_minor, spent_fair_minor, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [
        payment.id,
        payment.saleId,
        payment.amountMinor,
        payment.valueDate,
        split.sustenance,
        split.cost,
        split.reserve,
        split.freePool,
        split.fairPool,
        split.designCommons,
        split.network,
        payment.floorMinor,
        payment.transferId,
        payment.reversesPaymentId,
        payment.spentFreeMinor,
        payment.spentFairMinor,
        payment.recordedBy,
        tx.now,
      ],
      'sale-payment-insert',
    );
  }

  /** Those that count: neither reversals nor reversed, the latest first. */
  async countingPayments(tx: Tx, saleId: Id<'sale'>): Promise<SalePayment[]> {
    const rows = await tx.query<Omit<SalePayment, 'split'> & Split>(
      `SELECT p.id, p.amount_minor AS "amountMinor", p.value_date::text AS "valueDate", p.floor_minor AS "floorMinor",
              p.transfer_id AS "transferId", p.sustenance_minor AS sustenance, p.cost_minor AS cost,
              p.reserve_minor AS reserve, p.free_pool_minor AS "freePool", p.fair_pool_minor AS "fairPool",
              p.design_commons_minor AS "designCommons", p.network_minor AS network
       FROM freemium.sale_payment p
       WHERE p.sale_id = $1 AND p.reverses_payment_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM freemium.sale_payment r WHERE r.reverses_payment_id = p.id)
       ORDER BY p.recorded_at DESC, p.id DESC`,
      [saleId],
    );
    return rows.map(({ id, amountMinor, valueDate, floorMinor, transferId, ...split }) => ({
      id,
      amountMinor,
      valueDate,
      floorMinor,
      transferId,
      split,
    }));
  }

  async step(
    tx: Tx,
    sale: Pick<Sale, 'id'>,
    step: { readonly state: SaleState; readonly reason?: string; readonly by: Id<'person'> | null },
  ): Promise<void> {
    await tx.query(
      `WITH step AS (INSERT INTO freemium.sale_step (sale_id, state, reason, taken_by, taken_at)
         VALUES ($1, $2, $3, $4, $5))
       UPDATE freemium.sale SET state = $2 WHERE id = $1`,
      [sale.id, step.state, step.reason ?? null, step.by, tx.now],
      'sale-step',
    );
  }
}
