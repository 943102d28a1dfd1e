import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import type { Form } from '#catalogue';
import { Database } from '#platform';
import type { GrantState } from '../domain/grant.js';
import type { PoolTier } from '../domain/pool.js';
import type { SaleState } from '../domain/sale.js';
import type { NeedClass } from '../domain/waiting-list.js';

export interface SaleView {
  readonly id: Id<'sale'>;
  readonly ref: string;
  readonly fablabId: Id<'community'>;
  readonly productVersionId: Id<'productVersion'>;
  readonly buyerCommunityId: Id<'community'> | null;
  readonly tier: 'fair' | 'premium';
  readonly form: Form;
  readonly quantity: number;
  readonly currency: Currency;
  readonly unitPriceMinor: bigint;
  readonly paidMinor: bigint;
  readonly state: SaleState;
  readonly orderedAt: Date;
  readonly dueOn: Day;
  readonly reason: string | null;
}

export interface SalePaymentView {
  readonly id: Id<'salePayment'>;
  readonly saleId: Id<'sale'>;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly valueDate: Day;
  readonly transferId: Id<'transfer'>;
  readonly sustenance: bigint;
  readonly cost: bigint;
  readonly reserve: bigint;
  readonly freePool: bigint;
  readonly fairPool: bigint;
  readonly designCommons: bigint;
  readonly network: bigint;
  readonly isReversal: boolean;
  /** Of a reversal: what pools had spent, so that the reserve bears it. */
  readonly spentMinor: bigint;
}

export interface GrantView {
  readonly id: Id<'unitGrant'>;
  readonly ref: string;
  readonly productVersionId: Id<'productVersion'>;
  readonly tier: PoolTier;
  readonly form: Form;
  readonly currency: Currency;
  readonly heldMinor: bigint;
  readonly spentMinor: bigint | null;
  readonly overrunMinor: bigint | null;
  readonly state: GrantState;
  readonly chosenBecause: string;
  readonly grantedAt: Date;
}

/** What one sale or gift paid of one grant. */
export interface FundingView {
  readonly grantId: Id<'unitGrant'>;
  readonly grantRef: string;
  readonly saleId: Id<'sale'> | null;
  readonly saleRef: string | null;
  readonly giftCommunityId: Id<'community'> | null;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

export interface PoolView {
  readonly productId: Id<'product'>;
  readonly tier: PoolTier;
  readonly currency: Currency;
  readonly accountId: Id<'account'>;
  readonly availableMinor: bigint;
}

export interface RequestView {
  readonly id: Id<'freeRequest'>;
  readonly ref: string;
  readonly productId: Id<'product'>;
  readonly communityId: Id<'community'> | null;
  readonly needClass: NeedClass;
  readonly reason: string | null;
  readonly state: 'waiting' | 'granted' | 'withdrawn';
  readonly askedAt: Date;
}

const SALE = `s.id, s.ref, s.fablab_id AS "fablabId", s.product_version_id AS "productVersionId",
  s.buyer_community_id AS "buyerCommunityId", s.tier, s.form, s.quantity, s.currency,
  s.unit_price_minor AS "unitPriceMinor", s.paid_minor AS "paidMinor", s.state, s.ordered_at AS "orderedAt",
  s.due_on::text AS "dueOn",
  (SELECT t.reason FROM freemium.sale_step t WHERE t.sale_id = s.id AND t.reason IS NOT NULL LIMIT 1) AS reason`;

const GRANT = `g.id, g.ref, g.product_version_id AS "productVersionId", g.tier, g.form, g.currency,
  g.held_minor AS "heldMinor", g.spent_minor AS "spentMinor", g.overrun_minor AS "overrunMinor", g.state,
  g.chosen_because AS "chosenBecause", g.granted_at AS "grantedAt"`;

const FUNDING = `SELECT d.grant_id AS "grantId", g.ref AS "grantRef", s.id AS "saleId", s.ref AS "saleRef",
    gift.community_id AS "giftCommunityId", l.currency, sum(d.amount_minor)::bigint AS "amountMinor"
  FROM freemium.pool_draw d
  JOIN freemium.unit_grant g ON g.id = d.grant_id
  JOIN freemium.pool_lot l ON l.id = d.lot_id
  LEFT JOIN freemium.sale_payment p ON p.id = l.sale_payment_id
  LEFT JOIN freemium.sale s ON s.id = p.sale_id
  LEFT JOIN freemium.pool_gift gift ON gift.id = l.pool_gift_id`;
const FUNDING_TAIL = `GROUP BY d.grant_id, g.ref, s.id, s.ref, gift.id, gift.community_id, l.currency
  HAVING sum(d.amount_minor) > 0 ORDER BY min(d.number)`;

/** Reads sales, grants and pools in one statement each. */
@Injectable()
export class FreemiumReader {
  constructor(private readonly database: Database) {}

  sales(ids: readonly Id<'sale'>[]): Promise<SaleView[]> {
    return this.database.query(
      `SELECT ${SALE} FROM freemium.sale s WHERE s.id = ANY ($1::uuid[])`,
      [ids],
      'sales',
    );
  }

  /** The order of a person without an account, by the hash of the word that opens its page. */
  async saleByAccess(accessHash: Buffer): Promise<SaleView | null> {
    const rows = await this.database.query<SaleView>(
      `SELECT ${SALE} FROM freemium.sale s WHERE s.access_hash = $1`,
      [accessHash],
      'sale-by-access',
    );
    return rows[0] ?? null;
  }

  /** The newest first. @param after the id that the page before ended with */
  salesOfFablab(fablabId: Id<'community'>, { after, limit }: SalePage): Promise<SaleView[]> {
    return this.database.query(
      `SELECT ${SALE} FROM freemium.sale s WHERE s.fablab_id = $1 AND ($2::uuid IS NULL OR s.id < $2)
       ORDER BY s.id DESC LIMIT $3`,
      [fablabId, after, limit],
      'sales-of-fablab',
    );
  }

  payments(saleIds: readonly Id<'sale'>[]): Promise<SalePaymentView[]> {
    return this.database.query(
      `SELECT p.id, p.sale_id AS "saleId", s.currency, p.amount_minor AS "amountMinor",
              p.value_date::text AS "valueDate", p.transfer_id AS "transferId", p.sustenance_minor AS sustenance,
              p.cost_minor AS cost, p.reserve_minor AS reserve, p.free_pool_minor AS "freePool",
              p.fair_pool_minor AS "fairPool", p.design_commons_minor AS "designCommons",
              p.network_minor AS network, p.reverses_payment_id IS NOT NULL AS "isReversal",
              p.spent_free_minor + p.spent_fair_minor AS "spentMinor"
       FROM freemium.sale_payment p JOIN freemium.sale s ON s.id = p.sale_id
       WHERE p.sale_id = ANY ($1::uuid[]) ORDER BY p.recorded_at, p.id`,
      [saleIds],
      'sale-payments',
    );
  }

  grants(ids: readonly Id<'unitGrant'>[]): Promise<GrantView[]> {
    return this.database.query(
      `SELECT ${GRANT} FROM freemium.unit_grant g WHERE g.id = ANY ($1::uuid[])`,
      [ids],
      'unit-grants',
    );
  }

  async grantByRef(ref: string): Promise<GrantView | null> {
    const rows = await this.database.query<GrantView>(
      `SELECT ${GRANT} FROM freemium.unit_grant g WHERE g.ref = $1`,
      [ref],
      'grant-by-ref',
    );
    return rows[0] ?? null;
  }

  grantsOfProduct(productId: Id<'product'>, { after, limit }: SalePage): Promise<GrantView[]> {
    return this.database.query(
      `SELECT ${GRANT} FROM freemium.unit_grant g WHERE g.product_id = $1 AND ($2::uuid IS NULL OR g.id < $2)
       ORDER BY g.id DESC LIMIT $3`,
      [productId, after, limit],
      'grants-of-product',
    );
  }

  /** What paid for each grant. */
  fundingOfGrants(grantIds: readonly Id<'unitGrant'>[]): Promise<FundingView[]> {
    return this.database.query(
      `${FUNDING} WHERE d.grant_id = ANY ($1::uuid[]) ${FUNDING_TAIL}`,
      [grantIds],
      'funding-of-grants',
    );
  }

  /** What each sale made possible. */
  fundingOfSales(saleIds: readonly Id<'sale'>[]): Promise<FundingView[]> {
    return this.database.query(
      `${FUNDING} WHERE p.sale_id = ANY ($1::uuid[]) ${FUNDING_TAIL}`,
      [saleIds],
      'funding-of-sales',
    );
  }

  pools(productIds: readonly Id<'product'>[]): Promise<PoolView[]> {
    return this.database.query(
      `SELECT product_id AS "productId", tier, currency, account_id AS "accountId",
              available_minor AS "availableMinor"
       FROM freemium.pool WHERE product_id = ANY ($1::uuid[]) ORDER BY currency, tier DESC`,
      [productIds],
      'pools',
    );
  }

  requestsOf(personId: Id<'person'>): Promise<RequestView[]> {
    return this.database.query(
      `SELECT id, ref, product_id AS "productId", community_id AS "communityId", need_class AS "needClass", reason,
              state, asked_at AS "askedAt"
       FROM freemium.free_request WHERE person_id = $1 ORDER BY id DESC`,
      [personId],
      'requests-of-person',
    );
  }
}

export interface SalePage {
  readonly after: string | null;
  readonly limit: number;
}
