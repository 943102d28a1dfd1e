import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Database, Tx } from '#platform';
import type { NeedClass, WaitingRequest } from '../domain/waiting-list.js';
import { nextRef } from './refs.js';

export interface NewRequest {
  readonly id: Id<'freeRequest'>;
  readonly productId: Id<'product'>;
  readonly communityId: Id<'community'> | null;
  readonly personId: Id<'person'>;
  readonly needClass: NeedClass;
  readonly reason: string;
}

export interface OwnRequest {
  readonly id: Id<'freeRequest'>;
  readonly productId: Id<'product'>;
  readonly personId: Id<'person'> | null;
  readonly state: 'waiting' | 'granted' | 'withdrawn';
}

type Reads = Pick<Tx, 'query'> | Pick<Database, 'query'>;

/** The waiting list. Names and reasons stay in their rows: the rule does not see them. */
@Injectable()
export class RequestRepository {
  /** Everyone who waits for a product, the earliest first. */
  waiting(reads: Reads, productId: Id<'product'>): Promise<WaitingRequest[]> {
    return reads.query<WaitingRequest>(
      `SELECT id, community_id AS "communityId", need_class AS "needClass", number,
              to_char(asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "askedOn"
       FROM freemium.free_request WHERE product_id = $1 AND state = 'waiting' ORDER BY number`,
      [productId],
      'requests-waiting',
    );
  }

  /** The product is locked by the caller, so numbers stand in a row. */
  async insert(tx: Tx, request: NewRequest): Promise<void> {
    await tx.execute(
      `INSERT INTO freemium.free_request
         (id, ref, product_id, number, community_id, person_id, need_class, reason, state, asked_at)
       SELECT $1, $2, $3, 1 + coalesce(max(number), 0), $4, $5, $6, $7, 'waiting', $8
       FROM freemium.free_request WHERE product_id = $3`,
      [
        request.id,
        await nextRef(tx, 'request'),
        request.productId,
        request.communityId,
        request.personId,
        request.needClass,
        request.reason,
        tx.now,
      ],
    );
  }

  async lock(tx: Tx, id: Id<'freeRequest'>): Promise<OwnRequest | null> {
    const [row] = await tx.query<OwnRequest>(
      `SELECT id, product_id AS "productId", person_id AS "personId", state FROM freemium.free_request
       WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async waitsAlready(tx: Tx, productId: Id<'product'>, personId: Id<'person'>): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM freemium.free_request WHERE product_id = $1 AND person_id = $2 AND state = 'waiting'`,
      [productId, personId],
    );
    return rows.length > 0;
  }

  /** @returns false when it waits no more: somebody else's transaction ended it meanwhile */
  async end(tx: Tx, id: Id<'freeRequest'>, state: 'granted' | 'withdrawn'): Promise<boolean> {
    const ended = await tx.execute(
      `UPDATE freemium.free_request SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'waiting'`,
      [id, state, tx.now],
    );
    return ended === 1;
  }

  /**
   * The unit that it was granted could not be made: it waits again, where it stood. A request that the same person made
   * since then stood further behind, and gives way to it. The product is locked by the caller, so none can be added
   * meanwhile.
   */
  async waitAgain(tx: Tx, id: Id<'freeRequest'>): Promise<void> {
    await tx.execute(
      `UPDATE freemium.free_request newer SET state = 'withdrawn', ended_at = $2
       FROM freemium.free_request failed
       WHERE failed.id = $1 AND newer.product_id = failed.product_id AND newer.person_id = failed.person_id
         AND newer.state = 'waiting'`,
      [id, tx.now],
    );
    await tx.execute(`UPDATE freemium.free_request SET state = 'waiting', ended_at = NULL WHERE id = $1`, [
      id,
    ]);
  }
}
