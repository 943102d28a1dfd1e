import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ACCEPT,
  DRAFT,
  OPEN,
  PAY,
  PLEDGE,
  UPDATE,
  WITHDRAW,
  WITHDRAW_PLEDGE,
  acceptByAll,
  acceptInput,
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  pledge,
  pledgeInput,
  termsInput,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };

let app: TestApp;
let world: ContractWorld;
let draft: BuiltContract;
let open: BuiltContract;
let active: { contract: BuiltContract; pledge: BuiltPledge };
let withdrawn: BuiltContract;
let waiting: BuiltPledge;
let stranger: BuiltPerson;
let member: BuiltPerson;
let treasurer: BuiltPerson;

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  stranger = await buildPerson(app, 'Stranger');
  member = await buildMember(app, world.mira, world.fablab, ['member', 'maker'], 'Maker');
  treasurer = await buildMember(app, world.noor, world.north, ['treasurer'], 'Treasurer');
  draft = await draftContract(world);
  open = await openContract(world);
  waiting = await pledge(world.noor, open, world.north, 10_000);
  active = await activeContract(world);
  withdrawn = await openContract(world);
  await world.mira.client.get(WITHDRAW, {
    input: { idempotencyKey: randomUUID(), contractId: withdrawn.id, reason: 'No wood.' },
  });
}, 60_000);
afterAll(() => app?.close());

const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
const updateInput = (contract: BuiltContract, over = {}) => ({
  contractId: contract.id,
  draftRevision: contract.draftRevision,
  ...termsInput(world),
  ...over,
});
const openInput = (contract: BuiltContract, over = {}) => ({
  ...key(),
  contractId: contract.id,
  draftRevision: contract.draftRevision,
  ...over,
});
const withdrawInput = (contract: BuiltContract, over = {}) => ({
  ...key(),
  contractId: contract.id,
  reason: 'Because.',
  ...over,
});
const takeBack = (of: BuiltPledge) => ({ ...key(), pledgeId: of.id });
const payment = (of: BuiltPledge, over = {}) => ({
  ...key(),
  pledgeId: of.id,
  amount: eur(100),
  valueDate: '2026-03-02',
  ...over,
});

function refused(
  client: TestClient,
  query: string,
  input: Record<string, unknown>,
  refusal: Refusal,
): Promise<unknown> {
  return expectRefused(app, SCOPE, { client, query, variables: { input } }, refusal);
}

/** Every mutation, as somebody who may would call it at a good moment. */
const everyMutation = (): [string, Record<string, unknown>][] => [
  [DRAFT, { ...key(), ...termsInput(world) }],
  [UPDATE, updateInput(draft)],
  [OPEN, openInput(draft)],
  [ACCEPT, acceptInput(open, world.north)],
  [PLEDGE, pledgeInput(open, world.north, 100)],
  [WITHDRAW_PLEDGE, takeBack(waiting)],
  [PAY, payment(active.pledge)],
  [WITHDRAW, withdrawInput(open)],
];

describe('who may not', () => {
  it('a visitor is asked to sign in, by every mutation', async () => {
    for (const [query, input] of everyMutation())
      await refused(app.client(), query, input, { code: 'UNAUTHENTICATED' });
  });

  it('a signed-in stranger is refused by every mutation, and learns nothing of drafts', async () => {
    for (const [query, input] of everyMutation()) {
      const code = query === UPDATE || query === OPEN ? 'NOT_FOUND' : 'FORBIDDEN';
      await refused(stranger.client, query, input, { code });
    }
  });

  it('a member of the fablab without the role is refused by every mutation', async () => {
    for (const [query, input] of everyMutation())
      await refused(member.client, query, input, { code: 'FORBIDDEN' });
  });

  it('a treasurer accepts nothing and drafts nothing', async () => {
    const { client } = treasurer;
    await refused(client, ACCEPT, acceptInput(open, world.north), {
      code: 'FORBIDDEN',
      message: 'Only a coordinator of this community can accept',
    });
    await refused(client, UPDATE, updateInput(draft), { code: 'FORBIDDEN' });
  });

  it('another party cannot act for this one', async () => {
    const { client } = world.sven;
    await refused(client, DRAFT, { ...key(), ...termsInput(world) }, { code: 'FORBIDDEN' });
    await refused(client, OPEN, openInput(draft), { code: 'FORBIDDEN' });
    await refused(client, ACCEPT, acceptInput(open, world.north), { code: 'FORBIDDEN' });
    await refused(client, PLEDGE, pledgeInput(open, world.north, 100), { code: 'FORBIDDEN' });
    await refused(client, WITHDRAW_PLEDGE, takeBack(waiting), { code: 'FORBIDDEN' });
    await refused(client, PAY, payment(active.pledge), { code: 'FORBIDDEN' });
    await refused(client, WITHDRAW, withdrawInput(open), { code: 'FORBIDDEN' });
    await refused(world.noor.client, PAY, payment(active.pledge), { code: 'FORBIDDEN' });
  });

  it('the fablab pledges nothing to itself, and accepts for nobody else', async () => {
    const { client } = world.mira;
    await refused(client, PLEDGE, pledgeInput(open, world.fablab, 100), {
      code: 'FORBIDDEN',
      message: 'not a receiving community of this contract',
    });
    await refused(client, ACCEPT, acceptInput(open, world.north), { code: 'FORBIDDEN' });
  });

  it('shows the books to treasurers and coordinators of their owner alone', async () => {
    const accounts = `query ($id: ID!) { ledgerAccounts(communityId: $id) { id } }`;
    const { ledgerAccounts } = await world.mira.client.get<{ ledgerAccounts: { id: string }[] }>(accounts, {
      id: world.fablab.id,
    });
    expect(ledgerAccounts.length).toBeGreaterThan(0);
    expect((await world.noor.client.refusal(accounts, { id: world.fablab.id })).extensions.code).toBe(
      'FORBIDDEN',
    );
    expect((await member.client.refusal(accounts, { id: world.fablab.id })).extensions.code).toBe(
      'FORBIDDEN',
    );
    const entries = `query ($id: ID!) { ledgerEntries(accountId: $id) { nodes { id amountMinor state account { code } } } }`;
    const id = ledgerAccounts[0]?.id;
    await world.mira.client.get(entries, { id });
    expect((await world.noor.client.refusal(entries, { id })).extensions.code).toBe('NOT_FOUND');
    expect((await app.client().refusal(entries, { id })).extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('at the wrong moment', () => {
  it('what is open cannot be changed or opened, and what is active not withdrawn', async () => {
    const { client } = world.mira;
    const invalid = { code: 'INVALID_STATE' };
    for (const contract of [open, active.contract, withdrawn]) {
      await refused(client, UPDATE, updateInput(contract), { ...invalid, message: 'only while it is draft' });
      await refused(client, OPEN, openInput(contract), invalid);
    }
    for (const contract of [active.contract, withdrawn])
      await refused(client, WITHDRAW, withdrawInput(contract), invalid);
  });

  it('accepting, pledging and taking back need an open contract, paying an active one', async () => {
    for (const contract of [draft, active.contract, withdrawn]) {
      const hash = contract.currentRelease ? {} : { releaseNumber: 1, releaseSha256: 'a'.repeat(64) };
      await refused(world.noor.client, ACCEPT, acceptInput(contract, world.north, hash), {
        code: 'INVALID_STATE',
        message: 'only while it is open',
      });
      await refused(world.noor.client, PLEDGE, pledgeInput(contract, world.north, 100), {
        code: 'INVALID_STATE',
      });
    }
    await refused(world.noor.client, WITHDRAW_PLEDGE, takeBack(active.pledge), { code: 'INVALID_STATE' });
    await refused(world.mira.client, PAY, payment(waiting), {
      code: 'INVALID_STATE',
      message: 'only while it is active',
    });
  });

  it('a pledge that was withdrawn is not withdrawn again', async () => {
    const made = await pledge(world.sven, open, world.south, 500);
    await world.sven.client.get(WITHDRAW_PLEDGE, { input: takeBack(made) });
    await refused(world.sven.client, WITHDRAW_PLEDGE, takeBack(made), {
      code: 'INVALID_STATE',
      message: 'The pledge is withdrawn',
    });
  });

  it('only the very release in force is accepted, and once by each party', async () => {
    const { client } = world.noor;
    await refused(client, ACCEPT, acceptInput(open, world.north, { releaseSha256: 'b'.repeat(64) }), {
      code: 'CONFLICT',
    });
    await refused(client, ACCEPT, acceptInput(open, world.north, { releaseNumber: 2 }), { code: 'CONFLICT' });
    const contract = await openContract(world);
    await client.get(ACCEPT, { input: acceptInput(contract, world.north) });
    await refused(client, ACCEPT, acceptInput(contract, world.north), {
      code: 'CONFLICT',
      message: 'accepted this release already',
    });
  });

  it('after the deadline nothing is opened, accepted or pledged', async () => {
    const over = { deadline: '2026-03-03' };
    const [late, lateDraft] = [await openContract(world, over), await draftContract(world, over)];
    await acceptByAll(world, await openContract(world, over));
    app.clock.advance({ days: 2 });
    try {
      await refused(world.noor.client, PLEDGE, pledgeInput(late, world.north, 300_000), {
        code: 'INVALID_STATE',
        message: 'deadline',
      });
      await refused(world.noor.client, ACCEPT, acceptInput(late, world.north), {
        code: 'INVALID_STATE',
        message: '2026-03-03',
      });
      await refused(world.mira.client, OPEN, openInput(lateDraft), {
        code: 'INVALID_STATE',
        message: 'deadline',
      });
    } finally {
      app.clock.advance({ days: -2 });
    }
  });
});
