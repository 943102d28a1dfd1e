import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import type { Form } from '#catalogue';
import type { Database, Tx } from '#platform';
import type { GrantState } from '../domain/grant.js';
import type { PoolTier } from '../domain/pool.js';
import type { PoolKey } from './pool.repository.js';
import { nextRef } from './refs.js';

export interface Grant {
  readonly id: Id<'unitGrant'>;
  readonly ref: string;
  readonly productId: Id<'product'>;
  readonly tier: PoolTier;
  readonly currency: Currency;
  readonly productVersionId: Id<'productVersion'>;
  readonly form: Form;
  readonly requestId: Id<'freeRequest'> | null;
  readonly saleId: Id<'sale'> | null;
  readonly heldMinor: bigint;
  readonly holdTransferId: Id<'transfer'> | null;
  readonly state: GrantState;
}

export interface NewGrant extends Omit<Grant, 'state'> {
  readonly listRuleId: Id<'listRule'> | null;
  readonly chosenBecause: string;
}

/** A paid fair sale that costs more than its price, and which the fair pool has not supported yet. */
export interface UnsupportedSale {
  readonly id: Id<'sale'>;
  readonly ref: string;
  readonly productVersionId: Id<'productVersion'>;
  readonly form: Form;
  readonly quantity: number;
  readonly dueOn: string;
  readonly lackMinor: bigint;
}

const COLUMNS = `id, ref, product_id AS "productId", tier, currency, product_version_id AS "productVersionId", form,
  request_id AS "requestId", sale_id AS "saleId", held_minor AS "heldMinor", hold_transfer_id AS "holdTransferId", state`;

/** Writes grants. The pools of the product are locked by the caller. */
@Injectable()
export class GrantRepository {
  nextRef(tx: Tx): Promise<string> {
    return nextRef(tx, 'grant');
  }

  async insert(tx: Tx, grant: NewGrant): Promise<void> {
    await tx.query(
      `WITH made AS (
         INSERT INTO freemium.unit_grant (id, ref, product_id, tier, currency, product_version_id, form, request_id,
           sale_id, list_rule_id, chosen_because, held_minor, hold_transfer_id, state, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'held', $14) RETURNING id)
       INSERT INTO freemium.grant_step (grant_id, state, taken_at) SELECT id, 'held', $14 FROM made`,
      [
        grant.id,
        grant.ref,
        grant.productId,
        grant.tier,
        grant.currency,
        grant.productVersionId,
        grant.form,
        grant.requestId,
        grant.saleId,
        grant.listRuleId,
        grant.chosenBecause,
        grant.heldMinor,
        grant.holdTransferId,
        tx.now,
      ],
      'grant-insert',
    );
  }

  /** Of which product a grant is, before its pools are locked. */
  async find(tx: Tx, id: Id<'unitGrant'>): Promise<Pick<Grant, 'productId' | 'currency'> | null> {
    const [row] = await tx.query<Pick<Grant, 'productId' | 'currency'>>(
      `SELECT product_id AS "productId", currency FROM freemium.unit_grant WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async lock(tx: Tx, id: Id<'unitGrant'>): Promise<Grant | null> {
    const [row] = await tx.query<Grant>(
      `SELECT ${COLUMNS} FROM freemium.unit_grant WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** The support that a sale holds or got, if any; a failed one counts no more. */
  async ofSale(tx: Tx, saleId: Id<'sale'>): Promise<Grant | null> {
    const [row] = await tx.query<Grant>(
      `SELECT ${COLUMNS} FROM freemium.unit_grant WHERE sale_id = $1 AND state <> 'failed' FOR NO KEY UPDATE`,
      [saleId],
    );
    return row ?? null;
  }

  /** How many units of a product each community was granted, failed ones left out. */
  async countByCommunity(
    tx: Pick<Tx, 'query'> | Pick<Database, 'query'>,
    productId: Id<'product'>,
  ): Promise<Map<Id<'community'>, number>> {
    const rows = await tx.query<{ communityId: Id<'community'>; count: number }>(
      `SELECT r.community_id AS "communityId", count(*)::int AS count
       FROM freemium.unit_grant g JOIN freemium.free_request r ON r.id = g.request_id
       WHERE g.product_id = $1 AND g.state <> 'failed' AND r.community_id IS NOT NULL GROUP BY 1`,
      [productId],
      'grants-by-community',
    );
    return new Map(rows.map(({ communityId, count }) => [communityId, count]));
  }

  unsupportedSales(tx: Tx, pool: PoolKey, limit: number): Promise<UnsupportedSale[]> {
    return tx.query<UnsupportedSale>(
      `SELECT s.id, s.ref, s.product_version_id AS "productVersionId", s.form, s.quantity, s.due_on::text AS "dueOn",
              s.unit_cost_minor * s.quantity - s.cost_served_minor AS "lackMinor"
       FROM freemium.sale s
       WHERE s.product_id = $1 AND s.currency = $2 AND s.tier = 'fair' AND s.state = 'paid'
         AND s.cost_served_minor < s.unit_cost_minor * s.quantity
         AND NOT EXISTS (SELECT 1 FROM freemium.unit_grant g WHERE g.sale_id = s.id AND g.state <> 'failed')
       ORDER BY s.id LIMIT $3`,
      [pool.productId, pool.currency, limit],
      'unsupported-sales',
    );
  }

  async settle(
    tx: Tx,
    grant: Pick<Grant, 'id'>,
    settled: {
      readonly state: 'made' | 'failed';
      readonly spentMinor: bigint;
      readonly overrunMinor: bigint;
      readonly endTransferId: Id<'transfer'> | null;
      readonly note: string | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE freemium.unit_grant SET state = $2, spent_minor = $3, overrun_minor = $4, end_transfer_id = $5 WHERE id = $1`,
      [grant.id, settled.state, settled.spentMinor, settled.overrunMinor, settled.endTransferId],
    );
    await this.insertStep(tx, grant.id, settled.state, settled.note);
  }

  /** The community of the request; null for a person without one. */
  async communityOf(tx: Tx, id: Id<'unitGrant'>): Promise<Id<'community'> | null> {
    const [row] = await tx.query<{ communityId: Id<'community'> | null }>(
      `SELECT r.community_id AS "communityId" FROM freemium.unit_grant g
       JOIN freemium.free_request r ON r.id = g.request_id WHERE g.id = $1`,
      [id],
    );
    return row?.communityId ?? null;
  }

  /** Communities whose premium sales paid for it, the largest part first. */
  async payersOf(tx: Tx, id: Id<'unitGrant'>): Promise<Id<'community'>[]> {
    const rows = await tx.query<{ communityId: Id<'community'> }>(
      `SELECT s.buyer_community_id AS "communityId" FROM freemium.pool_draw d
       JOIN freemium.pool_lot l ON l.id = d.lot_id
       JOIN freemium.sale_payment p ON p.id = l.sale_payment_id
       JOIN freemium.sale s ON s.id = p.sale_id AND s.tier = 'premium' AND s.buyer_community_id IS NOT NULL
       WHERE d.grant_id = $1 GROUP BY 1 HAVING sum(d.amount_minor) > 0 ORDER BY sum(d.amount_minor) DESC`,
      [id],
    );
    return rows.map(({ communityId }) => communityId);
  }

  async deliver(tx: Tx, id: Id<'unitGrant'>): Promise<void> {
    await tx.execute(`UPDATE freemium.unit_grant SET state = 'delivered' WHERE id = $1`, [id]);
    await this.insertStep(tx, id, 'delivered', null);
  }

  private async insertStep(
    tx: Tx,
    id: Id<'unitGrant'>,
    state: GrantState,
    note: string | null,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO freemium.grant_step (grant_id, state, note, taken_at) VALUES ($1, $2, $3, $4)`,
      [id, state, note, tx.now],
    );
  }
}
