import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import {
  ACCEPT,
  DRAFT,
  OPEN,
  PAY,
  PLEDGE,
  UPDATE,
  WITHDRAW,
  acceptInput,
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  pledgeInput,
  termsInput,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const NOWHERE = '019cad3a-0000-7000-8000-0123456789ab';

let app: TestApp;
let world: ContractWorld;
let draft: BuiltContract;
let open: BuiltContract;
let active: { contract: BuiltContract; pledge: BuiltPledge };

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  draft = await draftContract(world);
  open = await openContract(world);
  active = await activeContract(world);
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

describe('bad input', () => {
  const bad = (fields: string[]): Refusal => ({ code: 'BAD_INPUT', fields });

  it('names every field of a draft that is wrong', async () => {
    const input = {
      ...key(),
      ...termsInput(world),
      title: ' ',
      currency: 'euro',
      deadline: '2026-02-30',
      threshold: { amountMinor: '-1', currency: 'EUR' },
      receivingCommunityIds: [world.north.id, world.north.id],
      deliverables: [],
      mediator: 'x'.repeat(161),
    };
    await refused(
      world.mira.client,
      DRAFT,
      input,
      bad([
        'currency',
        'receivingCommunityIds',
        'title',
        'deadline',
        'threshold.currency',
        'threshold',
        'deliverables',
        'mediator',
      ]),
    );
  });

  it.each([
    ['a deadline that has passed', { deadline: '2026-03-01' }, ['deadline']],
    [
      'no receiver',
      { receivingCommunityIds: [] },
      ['receivingCommunityIds', 'deliverables.0.receiverId', 'deliverables.1.receiverId'],
    ],
    [
      'more than can be booked',
      { threshold: { amountMinor: '1000000000000001', currency: 'EUR' } },
      ['threshold'],
    ],
    ['too long a summary', { summary: 'x'.repeat(2001) }, ['summary']],
    ['a milestone on no day', { milestones: [{ name: 'Soon', dueOn: 'soon' }] }, ['milestones.0.dueOn']],
  ])('refuses %s', async (_name, over, fields) => {
    await refused(world.mira.client, DRAFT, { ...key(), ...termsInput(world, over) }, bad(fields));
  });

  it('refuses parties and products that do not fit', async () => {
    const { client } = world.mira;
    const line = {
      receiverId: world.north.id,
      tier: 'free',
      quantity: 1,
      unitPrice: eur(0),
      dueOn: '2026-09-30',
    };
    const foreign = termsInput(world, { deliverables: [{ ...line, productVersionId: NOWHERE }] });
    await refused(client, DRAFT, { ...key(), ...foreign }, bad(['deliverables.0.productVersionId']));
    const priced = termsInput(world, {
      deliverables: [{ ...line, productVersionId: world.version.id, unitPrice: eur(1) }],
    });
    await refused(client, DRAFT, { ...key(), ...priced }, bad(['deliverables.0.unitPrice']));
    const own = termsInput(world, { receivingCommunityIds: [world.fablab.id] });
    await refused(
      client,
      DRAFT,
      { ...key(), ...own },
      bad(['receivingCommunityIds', 'deliverables.0.receiverId', 'deliverables.1.receiverId']),
    );
    const nobody = termsInput(world, {
      receivingCommunityIds: [NOWHERE],
      deliverables: [{ ...line, receiverId: NOWHERE, productVersionId: world.version.id }],
    });
    await refused(client, DRAFT, { ...key(), ...nobody }, { code: 'NOT_FOUND' });
    await refused(
      world.noor.client,
      DRAFT,
      {
        ...key(),
        ...termsInput(world, {
          fablabId: world.north.id,
          receivingCommunityIds: [world.south.id],
          deliverables: [{ ...line, receiverId: world.south.id, productVersionId: world.version.id }],
        }),
      },
      bad(['fablabId', 'deliverables.0.productVersionId']),
    );
    await refused(
      client,
      UPDATE,
      updateInput(draft, {
        fablabId: world.north.id,
        receivingCommunityIds: [world.south.id],
        deliverables: [{ ...line, receiverId: world.south.id, productVersionId: world.version.id }],
      }),
      bad(['fablabId']),
    );
  });

  it('publishes no forbidden clause and no personal data, and names both', async () => {
    const bound = await draftContract(world, {
      endCondition: 'The fablab shall not make trailers for other communities.',
      mediator: 'Eva, eva@example.org',
    });
    const refusal = { ...bad(['endCondition', 'mediator']), message: 'ban on later competing work' };
    await refused(world.mira.client, OPEN, openInput(bound), refusal);
  });

  it('refuses a revision, an amount, a currency, a day or a hash that cannot be', async () => {
    const { client } = world.mira;
    await refused(client, OPEN, openInput(draft, { draftRevision: 7 }), { code: 'CONFLICT' });
    await refused(
      client,
      OPEN,
      openInput(draft, { draftRevision: 0, contractId: 'x' }),
      bad(['contractId', 'draftRevision']),
    );
    await refused(client, OPEN, openInput(draft, { contractId: NOWHERE }), { code: 'NOT_FOUND' });
    await refused(client, OPEN, openInput(draft, { idempotencyKey: 'short' }), bad(['idempotencyKey']));
    await refused(client, WITHDRAW, withdrawInput(open, { reason: ' ' }), bad(['reason']));
    await refused(
      world.noor.client,
      ACCEPT,
      acceptInput(open, world.north, { releaseSha256: 'x' }),
      bad(['releaseSha256']),
    );
    await refused(world.noor.client, PLEDGE, pledgeInput(open, world.north, 0), bad(['amount']));
    const dollars = { ...pledgeInput(open, world.north, 1), amount: { amountMinor: '5', currency: 'USD' } };
    await refused(world.noor.client, PLEDGE, dollars, bad(['amount.currency']));
    await refused(client, PAY, payment(active.pledge, { valueDate: '2026-03-03' }), bad(['valueDate']));
    await refused(client, PAY, payment(active.pledge, { amount: eur(-5) }), bad(['amount']));
    await refused(client, PAY, payment({ id: NOWHERE, state: '' }), { code: 'NOT_FOUND' });
  });
});
