import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONFIG } from '#platform';
import {
  buildContractWorld,
  draftContract,
  openContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false, environment: { ANSWER_DAYS: '5' } });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const THREAD = `query ($ref: String!) { contract(ref: $ref) { answerDays currentRelease { canonicalJson } } }`;
const ASK = `mutation ($input: AskQuestionInput!) { askQuestion(input: $input) { answerDays dueOn } }`;

describe('the answer time', () => {
  it('stands in the text that is hashed, and is kept when the instance changes its setting', async () => {
    const contract = await openContract(world);
    const draft = await draftContract(world);
    (app.app.get(CONFIG) as { answerDays: number }).answerDays = 30;
    const read = async (ref: string) =>
      (
        await world.mira.client.get<{
          contract: { answerDays: number; currentRelease: { canonicalJson: string } | null };
        }>(THREAD, { ref })
      ).contract;
    const shown = await read(contract.ref);
    expect(shown.answerDays).toBe(5);
    expect(JSON.parse(shown.currentRelease?.canonicalJson ?? '')).toMatchObject({ answerDays: 5 });
    expect((await read(draft.ref)).answerDays).toBe(30);
    const input = {
      idempotencyKey: randomUUID(),
      contractId: contract.id,
      communityId: world.north.id,
      text: 'When is the prototype ready?',
    };
    expect(await world.noor.client.get(ASK, { input })).toEqual({
      askQuestion: { answerDays: 5, dueOn: '2026-03-07' },
    });
  });
});
