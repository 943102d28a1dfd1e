import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { Question, QuestionState } from '../../domain/question.js';
import { PUBLISHED_ANSWER_DAYS, QUESTION_COLUMNS } from './question.reader.js';

export interface NewStep {
  readonly questionId: Id<'question'>;
  readonly kind: QuestionState;
  readonly communityId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly text: string;
  readonly mediation?: { readonly mediator: string; readonly meetsOn: Day | null };
}

/** Writes question threads. The contract is locked first, so that the steps of one thread stand in a row. */
@Injectable()
export class QuestionRepository {
  async insert(
    tx: Tx,
    question: Pick<Question, 'id' | 'communityId' | 'isPrivate' | 'answerDays'> & {
      readonly contractId: Id<'contract'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.question
         (id, contract_id, number, community_id, is_private, state, answer_days, asked_at)
       SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, 'asked', $5, $6
       FROM contracting.question WHERE contract_id = $2`,
      [
        question.id,
        question.contractId,
        question.communityId,
        question.isPrivate,
        question.answerDays,
        tx.now,
      ],
    );
  }

  /** As the release in force says; null for a draft, and for a release that says none. */
  async answerDays(tx: Tx, contractId: Id<'contract'>): Promise<number | null> {
    const [row] = await tx.query<{ days: number | null }>(
      `SELECT ${PUBLISHED_ANSWER_DAYS} AS days FROM contracting.contract c WHERE c.id = $1`,
      [contractId],
    );
    return row?.days ?? null;
  }

  async contractOf(tx: Tx, id: Id<'question'>): Promise<Id<'contract'> | null> {
    const [row] = await tx.query<{ contract_id: Id<'contract'> }>(
      `SELECT contract_id FROM contracting.question WHERE id = $1`,
      [id],
    );
    return row?.contract_id ?? null;
  }

  /** To be read with the contract locked. */
  async byId(tx: Tx, id: Id<'question'>): Promise<Question | null> {
    const [row] = await tx.query<Question>(
      `SELECT ${QUESTION_COLUMNS} FROM contracting.question WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** The database takes the question's state from its last step. */
  async addStep(tx: Tx, step: NewStep): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.question_step
         (question_id, number, kind, community_id, person_id, text, mediator, meets_on, taken_at)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8
       FROM contracting.question_step WHERE question_id = $1`,
      [
        step.questionId,
        step.kind,
        step.communityId,
        step.personId,
        step.text,
        step.mediation?.mediator ?? null,
        step.mediation?.meetsOn ?? null,
        tx.now,
      ],
    );
  }
}
