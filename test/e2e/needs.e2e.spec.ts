import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DRAFT,
  OPEN,
  WITHDRAW,
  acceptByAll,
  buildContractWorld,
  pledge,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import {
  ANSWER_NEED,
  CLOSE_NEED,
  NEED,
  NEEDS,
  POST_NEED,
  UPDATE_NEED,
  answerInput,
  answerNeed,
  needInput,
  postNeed,
  readNeed,
  type BuiltNeed,
} from '../support/builders/need.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };

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

const draftFrom = async (need: BuiltNeed): Promise<BuiltContract> => {
  const input = { idempotencyKey: randomUUID(), ...termsInput(world), needId: need.id };
  return (await world.mira.client.get<{ draftContract: BuiltContract }>(DRAFT, { input })).draftContract;
};

const statesOnBoard = async (id: string): Promise<string[]> => {
  const found: string[] = [];
  for (const state of ['open', 'answered', 'inContract', 'met', 'closed']) {
    const { needs } = await app.client().get<{ needs: { nodes: { id: string }[] } }>(NEEDS, { state });
    if (needs.nodes.some((each) => each.id === id)) found.push(state);
  }
  return found;
};

describe('posting a need', () => {
  it('shows it to everybody, without money and without a day', async () => {
    const posted = await postNeed(world.noor, world.north, { wantedBy: null, brings: [] });
    const need = await readNeed(app.client(), posted.id);
    expect(need).toEqual({
      id: posted.id,
      state: 'open',
      title: 'Three cargo trailers',
      purpose: 'To bring vegetables to the market.',
      quantity: 'about three',
      wantedBy: null,
      place: 'Riverside',
      brings: [],
      revision: 1,
      closeReason: null,
      community: { name: 'North Village' },
      answers: [],
      contracts: [],
      viewerCan: [],
    });
  });

  it('happens once for one key', async () => {
    const input = needInput(world.north);
    const first = await world.noor.client.get<{ postNeed: { id: string } }>(POST_NEED, { input });
    const second = await world.noor.client.get<{ postNeed: { id: string } }>(POST_NEED, { input });
    expect(second.postNeed.id).toBe(first.postNeed.id);
    await refuse(world.noor, POST_NEED, { ...input, place: 'Elsewhere' }, { code: 'KEY_REUSED' });
  });

  it('is refused to who does not coordinate the community', async () => {
    const input = needInput(world.north);
    for (const person of [member, stranger, world.mira]) {
      await refuse(person, POST_NEED, input, { code: 'FORBIDDEN', message: 'Only a coordinator' });
    }
    const visitor = { client: app.client(), query: POST_NEED, variables: { input } };
    await expectRefused(app, SCOPE, visitor, { code: 'UNAUTHENTICATED' });
  });

  it('is refused for a community that does not receive', async () => {
    const input = needInput(world.fablab);
    await refuse(world.mira, POST_NEED, input, { code: 'BAD_INPUT', fields: ['communityId'] });
  });

  it('is refused with every mistake at once, and with personal data', async () => {
    const wrong = { title: ' ', quantity: '', wantedBy: 'soon', purpose: 'Write to ann@example.org' };
    await refuse(world.noor, POST_NEED, needInput(world.north, wrong), {
      code: 'BAD_INPUT',
      fields: ['title', 'quantity', 'wantedBy', 'purpose'],
    });
    await refuse(world.noor, POST_NEED, needInput(world.north, { wantedBy: '2026-03-01' }), {
      code: 'BAD_INPUT',
      fields: ['wantedBy'],
    });
  });
});

describe('changing and closing a need', () => {
  it('counts revisions and refuses a change that did not see the last one', async () => {
    const { id } = await postNeed(world.noor, world.north);
    const {
      idempotencyKey: _key,
      communityId: _id,
      ...wording
    } = needInput(world.north, { quantity: 'four' });
    const input = { ...wording, needId: id, revision: 1 };
    await refuse(member, UPDATE_NEED, input, { code: 'FORBIDDEN' });
    await world.noor.client.get(UPDATE_NEED, { input });
    expect(await readNeed(app.client(), id)).toMatchObject({ quantity: 'four', revision: 2 });
    await refuse(world.noor, UPDATE_NEED, input, { code: 'CONFLICT', message: 'revision 1, it is at 2' });
  });

  it('takes it from the board with a reason, for good', async () => {
    const { id } = await postNeed(world.noor, world.north);
    const input = { needId: id, reason: 'We were given some.' };
    await refuse(world.mira, CLOSE_NEED, input, { code: 'FORBIDDEN' });
    await refuse(world.noor, CLOSE_NEED, { ...input, reason: '' }, { code: 'BAD_INPUT', fields: ['reason'] });
    await world.noor.client.get(CLOSE_NEED, { input });
    expect(await readNeed(world.noor.client, id)).toMatchObject({
      state: 'closed',
      closeReason: 'We were given some.',
      viewerCan: [],
    });
    await refuse(world.noor, CLOSE_NEED, input, { code: 'INVALID_STATE', message: 'is closed' });
    await refuse(world.mira, ANSWER_NEED, answerInput(id, world.fablab), { code: 'INVALID_STATE' });
    expect(await statesOnBoard(id)).toEqual(['closed']);
  });

  it('is not found where there is none', async () => {
    const input = { needId: randomUUID(), reason: 'None.' };
    await refuse(world.noor, CLOSE_NEED, input, { code: 'NOT_FOUND' });
    expect((await app.client().get<{ need: null }>(NEED, { id: 'no id' })).need).toBeNull();
  });
});

describe('answering a need', () => {
  it('keeps each answer, and holds one current for each fablab', async () => {
    const { id } = await postNeed(world.noor, world.north);
    const other = await buildPerson(app, 'Olga');
    const second = await buildFablab(other, 'Elmside Fablab');
    await answerNeed(world.mira, id, world.fablab, { kind: 'cannot', reason: 'The saw is broken.' });
    await answerNeed(other, id, second);
    await answerNeed(world.mira, id, world.fablab, {
      kind: 'canWith',
      reason: 'The saw is repaired.',
      condition: 'two helpers for a weekend',
    });
    const need = await readNeed(world.mira.client, id);
    expect(need.state).toBe('answered');
    expect(need.answers).toEqual([
      {
        fablab: { name: 'Oakmoor Fablab' },
        kind: 'canWith',
        reason: 'The saw is repaired.',
        condition: 'two helpers for a weekend',
        isCurrent: true,
      },
      {
        fablab: { name: 'Elmside Fablab' },
        kind: 'can',
        reason: 'We have made some before.',
        condition: null,
        isCurrent: true,
      },
      {
        fablab: { name: 'Oakmoor Fablab' },
        kind: 'cannot',
        reason: 'The saw is broken.',
        condition: null,
        isCurrent: false,
      },
    ]);
    expect(need.viewerCan).toEqual(['answerNeed', 'draftContract']);
    expect(await statesOnBoard(id)).toEqual(['answered']);
  });

  it('is for coordinators of fablabs, with reasons and without personal data', async () => {
    const { id } = await postNeed(world.noor, world.north);
    const input = answerInput(id, world.fablab);
    await refuse(stranger, ANSWER_NEED, input, { code: 'FORBIDDEN' });
    const asVillage = answerInput(id, world.south);
    await refuse(world.sven, ANSWER_NEED, asVillage, { code: 'BAD_INPUT', fields: ['fablabId'] });
    for (const [over, fields] of [
      [{ reason: '' }, ['reason']],
      [{ kind: 'canWith' }, ['condition']],
      [{ condition: 'a truck' }, ['condition']],
      [{ reason: 'Call tel. 0170 1234567.' }, ['reason']],
    ] as const) {
      await refuse(world.mira, ANSWER_NEED, { ...input, ...over }, { code: 'BAD_INPUT', fields });
    }
  });
});

describe('a contract from a need', () => {
  it('brings the need into contract when it is published, not before, and links back', async () => {
    const need = await postNeed(world.noor, world.north);
    await answerNeed(world.mira, need.id, world.fablab);
    const draft = await draftFrom(need);
    const drafted = [{ ref: draft.ref, state: 'draft' }];
    expect(await readNeed(world.noor.client, need.id)).toMatchObject({
      state: 'answered',
      contracts: drafted,
    });
    expect(await readNeed(stranger.client, need.id)).toMatchObject({ state: 'answered', contracts: [] });

    const open = { idempotencyKey: randomUUID(), contractId: draft.id, draftRevision: draft.draftRevision };
    await world.mira.client.get(OPEN, { input: open });
    expect(await readNeed(stranger.client, need.id)).toMatchObject({
      state: 'inContract',
      contracts: [{ ref: draft.ref, state: 'open' }],
    });
    expect(await statesOnBoard(need.id)).toEqual(['inContract']);
    const link = `query ($ref: String!) { contract(ref: $ref) { need { id title } } }`;
    expect(await app.client().get(link, { ref: draft.ref })).toEqual({
      contract: { need: { id: need.id, title: 'Three cargo trailers' } },
    });
    const close = { needId: need.id, reason: 'Changed our minds.' };
    await refuse(world.noor, CLOSE_NEED, close, { code: 'INVALID_STATE', message: 'is in contract' });

    const withdraw = { idempotencyKey: randomUUID(), contractId: draft.id, reason: 'No wood.' };
    await world.mira.client.get(WITHDRAW, { input: withdraw });
    expect(await readNeed(stranger.client, need.id)).toMatchObject({ state: 'answered' });
    expect(await statesOnBoard(need.id)).toEqual(['answered']);
  });

  it('stays in contract while the contract is active', async () => {
    const need = await postNeed(world.noor, world.north);
    await answerNeed(world.mira, need.id, world.fablab);
    const draft = await draftFrom(need);
    const input = { idempotencyKey: randomUUID(), contractId: draft.id, draftRevision: draft.draftRevision };
    const { openContract } = await world.mira.client.get<{ openContract: BuiltContract }>(OPEN, { input });
    await acceptByAll(world, openContract);
    await pledge(world.noor, openContract, world.north, 300_000);
    expect(await readNeed(stranger.client, need.id)).toMatchObject({
      state: 'inContract',
      contracts: [{ ref: draft.ref, state: 'active' }],
    });
  });

  it('is refused without the fablab’s word that it can, and without those who need it', async () => {
    const need = await postNeed(world.noor, world.north);
    const input = () => ({ idempotencyKey: randomUUID(), ...termsInput(world), needId: need.id });
    await refuse(world.mira, DRAFT, input(), { code: 'INVALID_STATE', message: 'has not answered' });
    await answerNeed(world.mira, need.id, world.fablab, { kind: 'cannot' });
    await refuse(world.mira, DRAFT, input(), { code: 'INVALID_STATE', message: 'cannot make this' });
    await answerNeed(world.mira, need.id, world.fablab);
    const line = { productVersionId: world.version.id, receiverId: world.south.id, dueOn: '2026-09-30' };
    const without = {
      ...input(),
      receivingCommunityIds: [world.south.id],
      deliverables: [
        { ...line, tier: 'free', quantity: 1, unitPrice: { amountMinor: '0', currency: 'EUR' } },
      ],
    };
    await refuse(world.mira, DRAFT, without, { code: 'BAD_INPUT', fields: ['receivingCommunityIds'] });
    await refuse(world.mira, DRAFT, { ...input(), needId: randomUUID() }, { code: 'NOT_FOUND' });
  });
});
