import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';

export const MOVEMENT_KINDS = ['receipt', 'issue', 'count'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export interface StockItemRow {
  readonly id: Id<'stockItem'>;
  readonly fablabId: Id<'community'>;
  readonly name: string;
  readonly unit: string;
  readonly onHandMilli: bigint;
}

export const STOCK_ITEM = `SELECT id, fablab_id AS "fablabId", name, unit, on_hand_milli AS "onHandMilli" FROM workshop.stock_item`;

/** Writes items and their movements. */
@Injectable()
export class StockRepository {
  async insert(tx: Tx, item: Omit<StockItemRow, 'onHandMilli'>): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.stock_item (id, fablab_id, name, unit, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [item.id, item.fablabId, item.name, item.unit, tx.now],
    );
  }

  async lock(tx: Tx, id: Id<'stockItem'>): Promise<StockItemRow | null> {
    const [row] = await tx.query<StockItemRow>(`${STOCK_ITEM} WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    return row ?? null;
  }

  async move(
    tx: Tx,
    movement: {
      readonly itemId: Id<'stockItem'>;
      readonly kind: MovementKind;
      readonly milli: bigint;
      readonly note: string | null;
      readonly personId: Id<'person'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.stock_movement (item_id, kind, quantity_milli, note, person_id, happened_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [movement.itemId, movement.kind, movement.milli, movement.note, movement.personId, tx.now],
    );
  }
}
