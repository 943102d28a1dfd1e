import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OPEN,
  WITHDRAW,
  buildContractWorld,
  draftContract,
  openContract,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const ASK = `mutation ($input: AskQuestionInput!) { askQuestion(input: $input) { id } }`;
const ANSWER = step('answerQuestion');
const OBJECT = step('objectToAnswer');
const CLOSE = step('closeDispute');
const MEDIATE = `mutation ($input: CallMediationInput!) { callMediation(input: $input) { id state } }`;
const THREAD = `query ($ref: String!) { contract(ref: $ref) { answerDays viewerAsksFor { name } questions {
  id number state isPrivate answerDays dueOn timing community { name }
  steps { kind text mediator meetsOn community { name } } viewerCan { deed community { name } } } } }`;

function step(name: string): string {
  return `mutation ($input: QuestionStepInput!) { ${name}(input: $input) { id state } }`;
}

interface Thread {
  readonly answerDays: number;
  readonly viewerAsksFor: readonly { readonly name: string }[];
  readonly questions: readonly {
    readonly id: string;
    readonly state: string;
    readonly timing: string;
    readonly steps: readonly unknown[];
    readonly viewerCan: readonly unknown[];
  }[];
}

let app: TestApp;
let world: ContractWorld;
let stranger: BuiltPerson;
let member: BuiltPerson;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  stranger = await buildPerson(app, 'Stranger');
  member = await buildMember(app, world.noor, world.north, ['member'], 'Member');
}, 60_000);
afterAll(() => app?.close());

const refuse = (
  person: BuiltPerson,
  query: string,
  input: Record<string, unknown>,
  refusal: Refusal,
): Promise<unknown> =>
  expectRefused(app, SCOPE, { client: person.client, query, variables: { input } }, refusal);
const askInput = (contract: BuiltContract, community: BuiltCommunity, text = 'How is it going?') => ({
  idempotencyKey: randomUUID(),
  contractId: contract.id,
  communityId: community.id,
  text,
});
const stepInput = (questionId: string, community: BuiltCommunity, text = 'It goes well.', over = {}) => ({
  idempotencyKey: randomUUID(),
  questionId,
  communityId: community.id,
  text,
  ...over,
});
const ask = async (
  person: BuiltPerson,
  contract: BuiltContract,
  community: BuiltCommunity,
): Promise<string> => {
  const input = askInput(contract, community);
  return (await person.client.get<{ askQuestion: { id: string } }>(ASK, { input })).askQuestion.id;
};
const threadOf = async (client: TestClient, { ref }: BuiltContract): Promise<Thread> =>
  (await client.get<{ contract: Thread }>(THREAD, { ref })).contract;

describe('the thread of a draft', () => {
  it('is the parties’ own, in both directions, and stays so after the opening', async () => {
    const draft = await draftContract(world);
    const fromNorth = await ask(member, draft, world.north);
    const fromFablab = await ask(world.mira, draft, world.fablab);
    await world.mira.client.get(ANSWER, { input: stepInput(fromNorth, world.fablab) });
    await world.sven.client.get(ANSWER, { input: stepInput(fromFablab, world.south) });
    await refuse(stranger, ASK, askInput(draft, world.north), { code: 'NOT_FOUND' });
    await refuse(stranger, ANSWER, stepInput(fromFablab, world.north), { code: 'NOT_FOUND' });

    const input = { idempotencyKey: randomUUID(), contractId: draft.id, draftRevision: draft.draftRevision };
    await world.mira.client.get(OPEN, { input });
    expect((await threadOf(stranger.client, draft)).questions).toEqual([]);
    expect((await threadOf(app.client(), draft)).questions).toEqual([]);
    const inside = await threadOf(world.sven.client, draft);
    expect(inside.questions).toMatchObject([
      { number: 2, isPrivate: true, state: 'answered', community: { name: 'Oakmoor Fablab' } },
      { number: 1, isPrivate: true, state: 'answered', community: { name: 'North Village' } },
    ]);
    await refuse(stranger, OBJECT, stepInput(fromNorth, world.north), { code: 'NOT_FOUND' });
    await refuse(world.noor, OBJECT, stepInput(fromNorth, world.north), {
      code: 'INVALID_STATE',
      message: 'nobody is bound',
    });
  });

  it('may hold an address, because nobody else reads it', async () => {
    const draft = await draftContract(world);
    const input = askInput(draft, world.north, 'Shall I write to ann@example.org?');
    await world.noor.client.get(ASK, { input });
    expect((await threadOf(world.mira.client, draft)).questions).toHaveLength(1);
  });
});

describe('a public question', () => {
  it('names the community, never the person, and the day on which an answer is due', async () => {
    const open = await openContract(world);
    await ask(member, open, world.north);
    const thread = await threadOf(app.client(), open);
    expect(thread).toEqual({
      answerDays: 14,
      viewerAsksFor: [],
      questions: [
        {
          id: expect.any(String),
          number: 1,
          state: 'asked',
          isPrivate: false,
          answerDays: 14,
          dueOn: new Date(app.clock.now().getTime() + 14 * 86_400_000).toISOString().slice(0, 10),
          timing: 'waiting',
          community: { name: 'North Village' },
          steps: [
            {
              kind: 'asked',
              text: 'How is it going?',
              mediator: null,
              meetsOn: null,
              community: { name: 'North Village' },
            },
          ],
          viewerCan: [],
        },
      ],
    });
    expect((await threadOf(member.client, open)).viewerAsksFor).toEqual([{ name: 'North Village' }]);
    expect((await threadOf(world.mira.client, open)).questions[0]?.viewerCan).toEqual([
      { deed: 'answerQuestion', community: { name: 'Oakmoor Fablab' } },
    ]);
  });

  it('is refused to strangers, to the fablab itself, with personal data, and when the contract has ended', async () => {
    const open = await openContract(world);
    await refuse(stranger, ASK, askInput(open, world.north), { code: 'FORBIDDEN' });
    await refuse(world.mira, ASK, askInput(open, world.fablab), {
      code: 'FORBIDDEN',
      message: 'the fablab answers',
    });
    const personal = askInput(open, world.north, 'Please call +49 170 1234567.');
    await refuse(world.noor, ASK, personal, { code: 'BAD_INPUT', fields: ['text'] });
    await refuse(world.noor, ASK, askInput(open, world.north, ' '), { code: 'BAD_INPUT', fields: ['text'] });
    const withdraw = { idempotencyKey: randomUUID(), contractId: open.id, reason: 'No wood.' };
    await world.mira.client.get(WITHDRAW, { input: withdraw });
    await refuse(world.noor, ASK, askInput(open, world.north), {
      code: 'INVALID_STATE',
      message: 'is withdrawn',
    });
  });

  it('is answered once when two coordinators answer at the same time', async () => {
    const open = await openContract(world);
    const id = await ask(member, open, world.north);
    const answers = await Promise.all(
      ['Yes.', 'No.'].map((text) =>
        world.mira.client.ask(ANSWER, { input: stepInput(id, world.fablab, text) }),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.sort()).toEqual(['INVALID_STATE', undefined]);
    expect((await threadOf(app.client(), open)).questions[0]?.steps).toHaveLength(2);
  });

  it('is asked once for one key', async () => {
    const open = await openContract(world);
    const input = askInput(open, world.north);
    await world.noor.client.get(ASK, { input });
    await world.noor.client.get(ASK, { input });
    expect((await threadOf(app.client(), open)).questions).toHaveLength(1);
    await refuse(world.noor, ASK, { ...input, text: 'Another one?' }, { code: 'KEY_REUSED' });
  });
});

describe('a dispute', () => {
  it('goes from the answer through objection and mediation to its note, and changes nothing else', async () => {
    const open = await openContract(world);
    const id = await ask(member, open, world.north);
    const before = await app
      .client()
      .get(`query ($ref: String!) { contract(ref: $ref) { state pledges { id } } }`, { ref: open.ref });
    await refuse(member, ANSWER, stepInput(id, world.north), { code: 'FORBIDDEN' });
    await refuse(world.noor, ANSWER, stepInput(id, world.north), {
      code: 'FORBIDDEN',
      message: 'not asked of',
    });
    await refuse(world.noor, OBJECT, stepInput(id, world.north), {
      code: 'INVALID_STATE',
      message: 'has until',
    });
    await world.mira.client.get(ANSWER, { input: stepInput(id, world.fablab) });
    await refuse(world.mira, ANSWER, stepInput(id, world.fablab), {
      code: 'INVALID_STATE',
      message: 'is answered',
    });
    await refuse(world.mira, OBJECT, stepInput(id, world.fablab), { code: 'FORBIDDEN' });
    await refuse(member, OBJECT, stepInput(id, world.north), { code: 'FORBIDDEN', message: 'coordinator' });
    await refuse(world.sven, MEDIATE, stepInput(id, world.south), { code: 'INVALID_STATE' });

    await world.sven.client.get(OBJECT, { input: stepInput(id, world.south, 'The wood is too thin.') });
    const past = stepInput(id, world.south, 'About the wood.', { meetsOn: '2026-01-01' });
    await refuse(world.sven, MEDIATE, past, { code: 'BAD_INPUT', fields: ['meetsOn'] });
    await refuse(world.noor, MEDIATE, stepInput(id, world.north), {
      code: 'FORBIDDEN',
      message: 'by the fablab or',
    });
    const meet = stepInput(id, world.fablab, 'About the wood.', { meetsOn: '2026-12-01' });
    await world.mira.client.get(MEDIATE, { input: meet });
    await refuse(world.mira, CLOSE, stepInput(id, world.fablab), {
      code: 'FORBIDDEN',
      message: 'that objected',
    });
    await world.sven.client.get(CLOSE, { input: stepInput(id, world.south, 'Thicker wood is used.') });
    await refuse(world.sven, CLOSE, stepInput(id, world.south), {
      code: 'INVALID_STATE',
      message: 'nothing follows',
    });

    const [question] = (await threadOf(app.client(), open)).questions;
    expect(question).toMatchObject({ state: 'closed', timing: 'answeredInTime', viewerCan: [] });
    expect(question?.steps).toMatchObject([
      { kind: 'asked', community: { name: 'North Village' } },
      { kind: 'answered', community: { name: 'Oakmoor Fablab' } },
      { kind: 'objected', text: 'The wood is too thin.', community: { name: 'South Village' } },
      {
        kind: 'mediation',
        mediator: 'The arbitration board of the makers’ network',
        meetsOn: '2026-12-01',
        community: { name: 'Oakmoor Fablab' },
      },
      { kind: 'closed', text: 'Thicker wood is used.', community: { name: 'South Village' } },
    ]);
    const after = await app
      .client()
      .get(`query ($ref: String!) { contract(ref: $ref) { state pledges { id } } }`, { ref: open.ref });
    expect(after).toEqual(before);
  });

  it('can begin with silence once the answer is overdue; a late answer is said to be late', async () => {
    const open = await openContract(world);
    const silent = await ask(member, open, world.north);
    const late = await ask(member, open, world.north);
    app.clock.advance({ days: 15 });
    expect((await threadOf(app.client(), open)).questions.map(({ timing }) => timing)).toEqual([
      'overdue',
      'overdue',
    ]);
    await world.noor.client.get(OBJECT, { input: stepInput(silent, world.north, 'Nobody answered.') });
    await world.mira.client.get(ANSWER, { input: stepInput(late, world.fablab) });
    expect((await threadOf(app.client(), open)).questions).toMatchObject([
      { state: 'answered', timing: 'answeredLate' },
      { state: 'objected', timing: 'overdue' },
    ]);
  });
});
