import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { propose } from '../support/builders/amendment.builder.js';
import {
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  openContract,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { digestOf, expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const PREVIEW = `query ($input: PreviewAmendmentInput!) { amendmentPreview(input: $input) { sentence } }`;
let app: TestApp;
let world: ContractWorld;
let contract: BuiltContract;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  contract = (await activeContract(world)).contract;
}, 60_000);
afterAll(() => app?.close());

const input = (terms: Record<string, unknown>, of = contract) => ({
  ...termsInput(world, terms),
  contractId: of.id,
});

describe('the preview of an amendment', () => {
  it('says what everybody will read, and writes nothing', async () => {
    const before = await digestOf(app, SCOPE.schemas);
    const other = { mediator: 'The guild of makers' };
    const variables = { input: input(other) };
    const { amendmentPreview } = await world.sven.client.get<{ amendmentPreview: { sentence: string }[] }>(
      PREVIEW,
      variables,
    );
    expect(amendmentPreview.map(({ sentence }) => sentence)).toEqual([
      'Who mediates a dispute: “The arbitration board of the makers’ network” becomes “The guild of makers”.',
    ]);
    expect(await digestOf(app, SCOPE.schemas)).toEqual(before);
    await propose(world, contract, other);
    const { releaseDifference } = await app
      .client()
      .get<{ releaseDifference: { changes: unknown } }>(
        `query ($ref: String!) { releaseDifference(contractRef: $ref, from: 1, to: 2) { changes { sentence } } }`,
        { ref: contract.ref },
      );
    expect(releaseDifference.changes).toEqual(amendmentPreview);
  });

  it('takes the schedule that stands for none as no change', async () => {
    const repayment = {
      instalments: 1,
      firstDueOn: '2027-06-30',
      everyMonths: 1,
      interestBasisPointsPerYear: 0,
    };
    const variables = { input: input({ repayment, mediator: 'The guild of makers' }) };
    const { amendmentPreview } = await world.mira.client.get<{ amendmentPreview: unknown[] }>(
      PREVIEW,
      variables,
    );
    expect(amendmentPreview).toHaveLength(1);
  });

  const refusals: readonly (readonly [string, () => Record<string, unknown>, Refusal])[] = [
    [
      'for what an active contract keeps',
      () => input({ threshold: eur(1) }),
      { code: 'BAD_INPUT', fields: ['threshold'] },
    ],
    ['while nothing is different', () => input({}), { code: 'BAD_INPUT', fields: ['reason'] }],
  ];
  it.each(refusals)('is refused %s', async (_what, variables, refusal) => {
    const call = { client: world.noor.client, query: PREVIEW, variables: { input: variables() } };
    await expectRefused(app, SCOPE, call, refusal);
  });

  it('is for coordinators of the parties, of what is published', async () => {
    const draft = await draftContract(world);
    const open = await openContract(world, { receivingCommunityIds: [world.north.id], ...linesForNorth() });
    const ask = (client: ContractWorld['mira']['client'], of: BuiltContract) =>
      client.refusal(PREVIEW, { input: input({ mediator: 'Others' }, of) });
    expect((await ask(world.mira.client, draft)).extensions.code).toBe('INVALID_STATE');
    expect((await ask(world.sven.client, open)).extensions.code).toBe('FORBIDDEN');
    expect((await ask(app.client(), open)).extensions.code).toBe('UNAUTHENTICATED');
  });

  function linesForNorth() {
    const line = { productVersionId: world.version.id, dueOn: '2026-09-30', receiverId: world.north.id };
    return { deliverables: [{ ...line, tier: 'fair', quantity: 4, unitPrice: eur(45_000) }] };
  }
});
