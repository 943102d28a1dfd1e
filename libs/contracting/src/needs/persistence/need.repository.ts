import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import type { AnswerRead, Need, NeedWording } from '../../domain/need.js';
import { NEED_FACTS } from './need.reader.js';

/** Writes needs and answers. Every change begins with `lock`, so that the changes of one need stand in a row. */
@Injectable()
export class NeedRepository {
  async insert(
    tx: Tx,
    need: {
      readonly id: Id<'need'>;
      readonly communityId: Id<'community'>;
      readonly wording: NeedWording;
      readonly postedBy: Id<'person'>;
    },
  ): Promise<void> {
    const { id, communityId, wording, postedBy } = need;
    await tx.execute(
      `INSERT INTO contracting.need
         (id, community_id, revision, title, purpose, quantity, wanted_by, place, brings, posted_by, posted_at)
       VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, communityId, ...columns(wording), postedBy, tx.now],
    );
  }

  /** Loads what the rules ask for, and locks the need until the end of the transaction. */
  async lock(tx: Tx, id: Id<'need'>): Promise<Need | null> {
    const locked = await tx.execute(`SELECT 1 FROM contracting.need WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    if (locked === 0) return null;
    // Read after the lock: what another transaction wrote before it let go of the need is seen.
    const [row] = await tx.query<Need>(
      `SELECT n.id, n.community_id AS "communityId", n.title, n.revision,
              to_char(n.wanted_by, 'YYYY-MM-DD') AS "wantedBy", n.closed_at IS NOT NULL AS "isClosed",
              answered.answers AS answers, contracted.states AS "contractStates"
       FROM contracting.need n ${NEED_FACTS} WHERE n.id = $1`,
      [id],
    );
    return row ?? null;
  }

  async update(tx: Tx, need: Need, wording: NeedWording): Promise<void> {
    await tx.execute(
      `UPDATE contracting.need SET title = $2, purpose = $3, quantity = $4, wanted_by = $5, place = $6, brings = $7,
         revision = revision + 1 WHERE id = $1`,
      [need.id, ...columns(wording)],
    );
  }

  async close(tx: Tx, id: Id<'need'>, reason: string): Promise<void> {
    await tx.execute(`UPDATE contracting.need SET closed_at = $2, close_reason = $3 WHERE id = $1`, [
      id,
      tx.now,
      reason,
    ]);
  }

  /** The fablab's current answer from now on; those before it stay. */
  async answer(
    tx: Tx,
    need: Need,
    answer: AnswerRead & {
      readonly id: Id<'needAnswer'>;
      readonly fablabId: Id<'community'>;
      readonly answeredBy: Id<'person'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.need_answer
         (id, need_id, fablab_id, number, kind, reason, condition, need_revision, answered_by, answered_at)
       SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7, $8, $9
       FROM contracting.need_answer WHERE need_id = $2 AND fablab_id = $3`,
      [
        answer.id,
        need.id,
        answer.fablabId,
        answer.kind,
        answer.reason,
        answer.condition,
        need.revision,
        answer.answeredBy,
        tx.now,
      ],
    );
  }

  async keepOrigin(
    tx: Tx,
    origin: {
      readonly contractId: Id<'contract'>;
      readonly needId: Id<'need'>;
      readonly answerId: Id<'needAnswer'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.contract_origin (contract_id, need_id, answer_id) VALUES ($1, $2, $3)`,
      [origin.contractId, origin.needId, origin.answerId],
    );
  }
}

function columns(wording: NeedWording): unknown[] {
  const { title, purpose, quantity, wantedBy, place, brings } = wording;
  return [title, purpose, quantity, wantedBy, place, brings];
}
