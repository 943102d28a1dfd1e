import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import { drawFirstIn, type Draw, type Lot, type PoolTier } from '../domain/pool.js';

export interface PoolKey {
  readonly productId: Id<'product'>;
  readonly tier: PoolTier;
  readonly currency: Currency;
}

export interface NewGift extends PoolKey {
  readonly id: Id<'poolGift'>;
  readonly amountMinor: bigint;
  readonly valueDate: Day;
  readonly communityId: Id<'community'> | null;
  readonly transferId: Id<'transfer'>;
  readonly recordedBy: Id<'person'>;
}

/** Lots are read in portions: what waits in a pool that nobody draws on can be long. */
const LOTS_PER_PORTION = 200;

/** Lots and draws. The pools are locked by the caller; what is available is counted by the database. */
@Injectable()
export class PoolRepository {
  constructor(private readonly ids: IdSource) {}

  async availableMinor(tx: Tx, pool: PoolKey): Promise<bigint> {
    const [row] = await tx.query<{ available: bigint }>(
      `SELECT available_minor AS available FROM freemium.pool
       WHERE product_id = $1 AND tier = $2 AND currency = $3`,
      [pool.productId, pool.tier, pool.currency],
      'pool-available',
    );
    return row?.available ?? 0n;
  }

  /** The currencies in which a product has pools. */
  async currenciesOf(tx: Tx, productId: Id<'product'>): Promise<Currency[]> {
    const rows = await tx.query<{ currency: Currency }>(
      `SELECT currency FROM freemium.pool WHERE product_id = $1 AND tier = 'free' ORDER BY currency`,
      [productId],
    );
    return rows.map(({ currency }) => currency);
  }

  async insertLot(
    tx: Tx,
    pool: PoolKey,
    amountMinor: bigint,
    source: { readonly salePaymentId: Id<'salePayment'> } | { readonly poolGiftId: Id<'poolGift'> },
  ): Promise<void> {
    if (amountMinor === 0n) return;
    await tx.query(
      `INSERT INTO freemium.pool_lot (id, product_id, tier, currency, amount_minor, sale_payment_id, pool_gift_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        this.ids.next(),
        pool.productId,
        pool.tier,
        pool.currency,
        amountMinor,
        'salePaymentId' in source ? source.salePaymentId : null,
        'poolGiftId' in source ? source.poolGiftId : null,
      ],
      'pool-lot-insert',
    );
  }

  async insertGift(tx: Tx, gift: NewGift): Promise<void> {
    await tx.execute(
      `INSERT INTO freemium.pool_gift (id, product_id, tier, currency, amount_minor, value_date, community_id,
         transfer_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        gift.id,
        gift.productId,
        gift.tier,
        gift.currency,
        gift.amountMinor,
        gift.valueDate,
        gift.communityId,
        gift.transferId,
        gift.recordedBy,
        tx.now,
      ],
    );
    await this.insertLot(tx, gift, gift.amountMinor, { poolGiftId: gift.id });
  }

  /** Draws an amount for a grant, first in, first out. @throws DomainError `INSUFFICIENT_FUNDS` */
  async drawFor(tx: Tx, pool: PoolKey, grantId: Id<'unitGrant'>, amountMinor: bigint): Promise<void> {
    const lots: Lot[] = [];
    let found = 0n;
    let after = 0n;
    while (found < amountMinor) {
      const portion = await tx.query<Lot & { number: bigint }>(
        `SELECT id, number, amount_minor AS "amountMinor", drawn_minor AS "drawnMinor" FROM freemium.pool_lot
         WHERE product_id = $1 AND tier = $2 AND currency = $3 AND drawn_minor < amount_minor AND number > $4
         ORDER BY number LIMIT ${LOTS_PER_PORTION}`,
        [pool.productId, pool.tier, pool.currency, after],
        'pool-lots-left',
      );
      lots.push(...portion);
      found += portion.reduce((sum, lot) => sum + lot.amountMinor - lot.drawnMinor, 0n);
      if (portion.length < LOTS_PER_PORTION) break;
      after = portion.at(-1)?.number ?? after;
    }
    await this.insertDraws(tx, drawFirstIn(lots, amountMinor), { grantId });
  }

  /** What a grant holds or has spent of each lot, in the order in which it was drawn. */
  drawsOf(tx: Tx, grantId: Id<'unitGrant'>): Promise<Draw[]> {
    return tx.query<Draw>(
      `SELECT lot_id AS "lotId", sum(amount_minor)::bigint AS "amountMinor" FROM freemium.pool_draw
       WHERE grant_id = $1 GROUP BY lot_id HAVING sum(amount_minor) > 0 ORDER BY min(number)`,
      [grantId],
    );
  }

  async insertDraws(
    tx: Tx,
    draws: readonly Draw[],
    cause: { readonly grantId: Id<'unitGrant'> } | { readonly salePaymentId: Id<'salePayment'> },
  ): Promise<void> {
    if (draws.length === 0) return;
    await tx.query(
      `INSERT INTO freemium.pool_draw (id, lot_id, grant_id, sale_payment_id, amount_minor, drawn_at)
       SELECT id, lot, $3, $4, amount, $5
       FROM unnest($1::uuid[], $2::uuid[], $6::bigint[]) WITH ORDINALITY AS draw (id, lot, amount, position)
       ORDER BY position`,
      [
        draws.map(() => this.ids.next()),
        draws.map(({ lotId }) => lotId),
        'grantId' in cause ? cause.grantId : null,
        'salePaymentId' in cause ? cause.salePaymentId : null,
        tx.now,
        draws.map(({ amountMinor }) => amountMinor),
      ],
      'pool-draw-insert',
    );
  }

  /** What is left of the lots that a payment brought, by pool. */
  async leftOfPayment(
    tx: Tx,
    paymentId: Id<'salePayment'>,
  ): Promise<
    readonly { readonly tier: PoolTier; readonly lotId: Id<'poolLot'>; readonly leftMinor: bigint }[]
  > {
    return tx.query(
      `SELECT tier, id AS "lotId", amount_minor - drawn_minor AS "leftMinor" FROM freemium.pool_lot
       WHERE sale_payment_id = $1 ORDER BY number`,
      [paymentId],
    );
  }
}
