import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { Database, type Tx } from '#platform';
import type { Form } from './domain/cost-sheet.js';
import type { ProductSummary } from './domain/product.js';

const COLUMNS = `id, fablab_id AS "fablabId", slug, name, description`;

/** The version that a free request gets now. */
export interface FreeOffer {
  readonly productVersionId: Id<'productVersion'>;
  readonly form: Form;
  readonly unitCostMinor: bigint;
}

/** Products, for other contexts. */
@Injectable()
export class ProductDirectory {
  constructor(private readonly database: Database) {}

  byIds(ids: readonly Id<'product'>[]): Promise<ProductSummary[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM catalogue.product WHERE id = ANY ($1::uuid[])`,
      [ids],
      'products-by-ids',
    );
  }

  /** Locks a product until the end of the transaction, so that what is numbered for it stands in a row. */
  async lock(tx: Tx, id: Id<'product'>): Promise<ProductSummary | null> {
    const [row] = await tx.query<ProductSummary>(
      `SELECT ${COLUMNS} FROM catalogue.product WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** As `lock`, without the lock: a product's names never change in a way that a booking would mind. */
  async inTx(tx: Tx, id: Id<'product'>): Promise<ProductSummary | null> {
    const [row] = await tx.query<ProductSummary>(
      `SELECT ${COLUMNS} FROM catalogue.product WHERE id = $1`,
      [id],
      'product-in-tx',
    );
    return row ?? null;
  }

  /** The newest version that is offered free in a currency, by the plans in force; null when none is. */
  async freeOffer(tx: Tx, productId: Id<'product'>, currency: Currency): Promise<FreeOffer | null> {
    const [row] = await tx.query<FreeOffer>(
      `SELECT v.id AS "productVersionId", o.form,
              coalesce((SELECT s.total_minor FROM catalogue.cost_sheet s
                WHERE s.product_version_id = v.id AND s.form = o.form AND s.currency = p.currency
                ORDER BY s.number DESC LIMIT 1), 0) AS "unitCostMinor"
       FROM catalogue.product_version v
       JOIN LATERAL (SELECT id, currency FROM catalogue.tier_plan
         WHERE product_version_id = v.id AND currency = $2 ORDER BY number DESC LIMIT 1) p ON true
       JOIN catalogue.tier_offer o ON o.tier_plan_id = p.id AND o.tier = 'free'
       WHERE v.product_id = $1 ORDER BY v.created_at DESC, v.id DESC LIMIT 1`,
      [productId, currency],
      'free-offer',
    );
    return row ?? null;
  }
}
