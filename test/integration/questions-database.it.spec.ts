import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { QUESTION_STATES, QUESTION_TRANSITIONS } from '../../libs/contracting/src/domain/question.js';
import {
  buildContractWorld,
  draftContract,
  openContract,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { answerNeed, postNeed } from '../support/builders/need.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ASK = `mutation ($input: AskQuestionInput!) { askQuestion(input: $input) { id } }`;

let app: TestApp;
let world: ContractWorld;
let owner: pg.Client;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner?.end();
  await app?.close();
});

/** The name of the rule by which the database refuses, even its owner. */
const refusalOf = async (sql: string, values: readonly unknown[] = []): Promise<string | undefined> => {
  try {
    await owner.query(sql, [...values]);
    return undefined;
  } catch (error) {
    const { constraint, message } = error as pg.DatabaseError;
    return constraint ?? message;
  }
};
const ask = async (contract: BuiltContract): Promise<string> => {
  const input = {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: world.north.id,
    text: 'How is it going?',
  };
  return (await world.noor.client.get<{ askQuestion: { id: string } }>(ASK, { input })).askQuestion.id;
};
const step = (questionId: string, number: number, kind: string): Promise<string | undefined> =>
  refusalOf(
    `INSERT INTO contracting.question_step (question_id, number, kind, community_id, person_id, text, mediator, taken_at)
     VALUES ($1, $2, $3, $4, $5, 'Words.', CASE WHEN $3 = 'mediation' THEN 'The board' END, now())`,
    [questionId, number, kind, world.north.id, world.noor.id],
  );

describe('the database', () => {
  it('lets a question take the steps that the rules let it take, and no other', async () => {
    for (const was of QUESTION_STATES) {
      for (const becomes of QUESTION_STATES) {
        const { rows } = await owner.query<{ allowed: boolean }>(
          `SELECT contracting.question_step_allowed($1, $2) AS allowed`,
          [was, becomes],
        );
        const next: readonly string[] = QUESTION_TRANSITIONS[was];
        expect([was, becomes, rows[0]?.allowed]).toEqual([was, becomes, next.includes(becomes)]);
      }
    }
  });

  it('takes a question’s state from its steps alone, in their order', async () => {
    const id = await ask(await openContract(world));
    expect(await refusalOf(`UPDATE contracting.question SET state = 'closed' WHERE id = $1`, [id])).toBe(
      'question_state_derived',
    );
    expect(await step(id, 2, 'closed')).toBe('question_transition');
    expect(await step(id, 2, 'answered')).toBeUndefined();
    expect(await step(id, 3, 'answered')).toBe('question_step_kind_key');
    expect(await refusalOf(`DELETE FROM contracting.question_step WHERE question_id = $1`, [id])).toContain(
      'question_step',
    );
    expect(await refusalOf(`TRUNCATE contracting.question_step`)).toContain('question_step');
  });

  it('never makes public what was asked in a negotiation, and holds no dispute about it', async () => {
    const id = await ask(await draftContract(world));
    expect(await refusalOf(`UPDATE contracting.question SET is_private = false WHERE id = $1`, [id])).toBe(
      'question_fixed',
    );
    expect(await step(id, 2, 'objected')).toBe('question_private_undisputed');
    const copy = `INSERT INTO contracting.question
      (id, contract_id, number, community_id, is_private, state, answer_days, asked_at)
      SELECT $2, contract_id, 2, community_id, false, 'asked', answer_days, asked_at
      FROM contracting.question WHERE id = $1`;
    expect(await refusalOf(copy, [id, randomUUID()])).toBe('question_private_in_draft');
  });

  it('keeps needs and answers', async () => {
    const { id } = await postNeed(world.noor, world.north);
    await answerNeed(world.mira, id, world.fablab);
    expect(await refusalOf(`DELETE FROM contracting.need WHERE id = $1`, [id])).toContain('need');
    expect(await refusalOf(`UPDATE contracting.need SET title = 'Another' WHERE id = $1`, [id])).toBe(
      'need_revision_counted',
    );
    expect(await refusalOf(`UPDATE contracting.need_answer SET kind = 'cannot'`)).toContain('need_answer');
    await owner.query(`UPDATE contracting.need SET closed_at = now(), close_reason = 'Met.' WHERE id = $1`, [
      id,
    ]);
    expect(
      await refusalOf(`UPDATE contracting.need SET closed_at = NULL, close_reason = NULL WHERE id = $1`, [
        id,
      ]),
    ).toBe('need_stays_closed');
    const late = `INSERT INTO contracting.need_answer
      SELECT $2, need_id, fablab_id, number + 1, kind, reason, condition, need_revision, answered_by, answered_at
      FROM contracting.need_answer WHERE need_id = $1`;
    expect(await refusalOf(late, [id, randomUUID()])).toBe('need_answer_while_open');
  });
});
