import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#catalogue';
import type { Id } from '#kernel';
import { Database } from '#platform';
import { shortagesOf, type Shortage } from './domain/shortage.js';
import { STOCK_ITEM, type StockItemRow } from './persistence/stock.repository.js';

const ITEMS_MAX = 2000;

/** Reads the stock. Who may see it is for the caller to decide. */
@Injectable()
export class StockReader {
  constructor(
    private readonly database: Database,
    private readonly catalogue: CatalogueService,
  ) {}

  byId(id: Id<'stockItem'>): Promise<StockItemRow | null> {
    return this.database.queryOne(`${STOCK_ITEM} WHERE id = $1`, [id], 'stock-item-by-id');
  }

  /** By name. */
  ofFablab(fablabId: Id<'community'>): Promise<StockItemRow[]> {
    return this.database.query(
      `${STOCK_ITEM} WHERE fablab_id = $1 ORDER BY lower(name), unit LIMIT ${ITEMS_MAX}`,
      [fablabId],
      'stock-of',
    );
  }

  /**
   * What the open work orders need, over all levels, beyond what is on hand. Material of an order counts as needed
   * until its first job is done: from then on it lies at the bench, and no more on the shelf.
   */
  async shortagesOf(fablabId: Id<'community'>): Promise<Shortage[]> {
    const orders = await this.database.query<{ versionId: Id<'productVersion'>; quantity: number }>(
      `SELECT product_version_id AS "versionId", quantity FROM workshop.work_order
       WHERE fablab_id = $1 AND state = 'open' AND product_version_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM workshop.job WHERE work_order_id = work_order.id AND state = 'done')`,
      [fablabId],
      'orders-without-material',
    );
    const versions = await this.catalogue.explodedByIds([...new Set(orders.map((order) => order.versionId))]);
    const needs = orders.flatMap(({ versionId, quantity }) =>
      (versions.get(versionId)?.exploded.materials ?? []).map(({ item, unit, quantityMilli }) => ({
        ...{ item, unit },
        milli: quantityMilli * BigInt(quantity),
      })),
    );
    const stock = (await this.ofFablab(fablabId)).map(({ name, unit, onHandMilli }) => ({
      ...{ item: name, unit },
      milli: onHandMilli,
    }));
    return shortagesOf(needs, stock);
  }
}
