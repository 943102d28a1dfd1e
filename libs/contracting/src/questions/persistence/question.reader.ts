import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { Database } from '#platform';
import type { Question, QuestionState, ThreadFacts } from '../../domain/question.js';

export interface QuestionStepRow {
  readonly questionId: Id<'question'>;
  readonly kind: QuestionState;
  readonly communityId: Id<'community'>;
  readonly text: string;
  readonly mediator: string | null;
  readonly meetsOn: Day | null;
  readonly takenAt: Date;
}

/** A contract's thread: who stands where, and everything that was asked. */
export interface ThreadRow extends ThreadFacts {
  readonly contractId: Id<'contract'>;
  /** Null for a draft, and for a release that says none. */
  readonly answerDays: number | null;
  readonly questions: readonly (Question & { readonly steps: readonly QuestionStepRow[] })[];
}

/** What the release in force of contract `c` promises. */
export const PUBLISHED_ANSWER_DAYS = `(SELECT (r.canonical_json::jsonb->>'answerDays')::int FROM contracting.release r
  WHERE r.contract_id = c.id AND r.number = c.current_release)`;

export const QUESTION_COLUMNS = `id, contract_id AS "contractId", number, state, is_private AS "isPrivate",
  community_id AS "communityId", asked_at AS "askedAt", answer_days AS "answerDays", answered_at AS "answeredAt",
  objected_by AS "objectedBy"`;

/** Reads question threads. Who may see what of them is decided where they are shown. */
@Injectable()
export class QuestionReader {
  constructor(private readonly database: Database) {}

  /** One thread for each contract, its newest question first, whatever the number of contracts in three statements. */
  async threadsOf(ids: readonly Id<'contract'>[]): Promise<ReadonlyMap<Id<'contract'>, ThreadRow>> {
    const [contracts, questions, steps] = await Promise.all([
      this.database.query<ThreadFacts & { contractId: Id<'contract'>; answerDays: number | null }>(
        `SELECT c.id AS "contractId", c.state AS "contractState", c.fablab_id AS "fablabId",
                ${PUBLISHED_ANSWER_DAYS} AS "answerDays",
                ARRAY(SELECT p.community_id FROM contracting.contract_party p
                      WHERE p.contract_id = c.id AND p.side = 'receiving') AS "receivingCommunityIds",
                ARRAY(SELECT DISTINCT p.community_id FROM contracting.pledge p
                      WHERE p.contract_id = c.id AND p.state IN ('pledged', 'active')) AS "supporterIds"
         FROM contracting.contract c WHERE c.id = ANY ($1::uuid[])`,
        [ids],
        'threads-of-contracts',
      ),
      this.database.query<Question & { contractId: Id<'contract'> }>(
        `SELECT ${QUESTION_COLUMNS} FROM contracting.question WHERE contract_id = ANY ($1::uuid[]) ORDER BY number DESC`,
        [ids],
        'questions-of-contracts',
      ),
      this.database.query<QuestionStepRow>(
        `SELECT s.question_id AS "questionId", s.kind, s.community_id AS "communityId", s.text, s.mediator,
                to_char(s.meets_on, 'YYYY-MM-DD') AS "meetsOn", s.taken_at AS "takenAt"
         FROM contracting.question_step s JOIN contracting.question q ON q.id = s.question_id
         WHERE q.contract_id = ANY ($1::uuid[]) ORDER BY s.number`,
        [ids],
        'steps-of-contracts',
      ),
    ]);
    const stepsOf = groupedBy(steps, ({ questionId }) => questionId);
    const withSteps = questions.map((each) => ({ ...each, steps: stepsOf.get(each.id) ?? [] }));
    const questionsOf = groupedBy(withSteps, ({ contractId }) => contractId);
    return new Map(
      contracts.map((row) => [row.contractId, { ...row, questions: questionsOf.get(row.contractId) ?? [] }]),
    );
  }

  async contractOf(id: Id<'question'>): Promise<Id<'contract'> | null> {
    const row = await this.database.queryOne<{ contractId: Id<'contract'> }>(
      `SELECT contract_id AS "contractId" FROM contracting.question WHERE id = $1`,
      [id],
      'contract-of-question',
    );
    return row?.contractId ?? null;
  }
}

function groupedBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
