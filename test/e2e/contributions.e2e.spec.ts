import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkedHours, type LoggedWork } from '#contracting';
import { UnitOfWork } from '#platform';
import {
  PLEDGE,
  acceptByAll,
  buildContractWorld,
  openContract,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  GIVE_BACK,
  RECEIVE,
  REVERSE_CONTRIBUTION,
  WAIVE_CONTRIBUTION,
} from '../support/builders/contribution.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger'] };
const READ = `query ($ref: String!) { contract(ref: $ref) { state viewerHasScrutiny scrutiny { sentence state }
  pledges { id state receivedQuantity viewerCan contributions { id kind quantity reason isWork isReversed } }
  currentRelease { canonicalJson } } }`;

interface ReadContract {
  readonly state: string;
  readonly viewerHasScrutiny: boolean;
  readonly scrutiny: readonly { readonly sentence: string; readonly state: string }[];
  readonly pledges: readonly {
    readonly id: string;
    readonly state: string;
    readonly receivedQuantity: string;
    readonly viewerCan: readonly string[];
    readonly contributions: readonly {
      readonly id: string;
      readonly kind: string;
      readonly quantity: string;
    }[];
  }[];
}

const OFFERS = [
  { instrument: 'tool_loan', words: 'The very tool.', returns: 'tool' },
  { instrument: 'labour', words: 'Nothing.', returns: 'nothing', section: 'Woodworking' },
];
const TERMS = { threshold: null, repaymentTerms: null, thresholds: [], offers: OFFERS };
const SAW = { goods: { name: 'Band saw', unit: 'piece', quantity: '1' }, instrument: 'tool_loan' };

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

async function read(contract: BuiltContract): Promise<ReadContract> {
  return (await world.noor.client.get<{ contract: ReadContract }>(READ, { ref: contract.ref })).contract;
}

/** An active contract with one pledge of North Village. */
async function withPledge(
  over: Record<string, unknown>,
): Promise<{ contract: BuiltContract; pledgeId: string }> {
  const contract = await openContract(world, TERMS);
  const input = {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: world.north.id,
    ...over,
  };
  const { makePledge } = await world.noor.client.get<{ makePledge: { id: string } }>(PLEDGE, { input });
  await acceptByAll(world, contract);
  return { contract, pledgeId: makePledge.id };
}

function given(pledgeId: string, over: Record<string, unknown> = {}): { input: Record<string, unknown> } {
  return {
    input: { idempotencyKey: randomUUID(), pledgeId, quantity: '1', happenedOn: '2026-03-02', ...over },
  };
}

describe('a tool that is lent', () => {
  it('gives scrutiny from the day it comes until the day it goes back, which completes the contract', async () => {
    const { contract, pledgeId } = await withPledge(SAW);
    expect(await read(contract)).toMatchObject({ state: 'active', viewerHasScrutiny: false });
    await world.mira.client.get(RECEIVE, given(pledgeId, { quantity: '2', note: 'With two blades.' }));
    expect(await read(contract)).toMatchObject({
      state: 'active',
      viewerHasScrutiny: true,
      pledges: [{ receivedQuantity: '2' }],
    });
    await world.mira.client.get(GIVE_BACK, given(pledgeId, { quantity: '1.5' }));
    expect(await read(contract)).toMatchObject({ state: 'active', viewerHasScrutiny: true });
    await world.mira.client.get(GIVE_BACK, given(pledgeId, { quantity: '0.5' }));
    expect(await read(contract)).toMatchObject({
      state: 'completed',
      viewerHasScrutiny: false,
      pledges: [
        {
          state: 'fulfilled',
          contributions: [
            { kind: 'received', quantity: '2', reason: 'With two blades.' },
            { kind: 'returned', quantity: '1.5' },
            { kind: 'returned', quantity: '0.5' },
          ],
        },
      ],
    });
  });

  it('is not returned beyond what is here, nor recorded by others, nor twice for one key', async () => {
    const { contract, pledgeId } = await withPledge(SAW);
    const once = given(pledgeId);
    await world.mira.client.get(RECEIVE, once);
    await world.mira.client.get(RECEIVE, once);
    expect((await read(contract)).pledges[0]?.receivedQuantity).toBe('1');
    const refusals = [
      [world.mira, GIVE_BACK, given(pledgeId, { quantity: '1.001' }), 'INVALID_STATE'],
      [world.noor, GIVE_BACK, given(pledgeId), 'FORBIDDEN'],
      [world.sven, RECEIVE, given(pledgeId), 'FORBIDDEN'],
      [world.mira, RECEIVE, given(pledgeId, { quantity: '0' }), 'BAD_INPUT'],
      [world.mira, RECEIVE, given(pledgeId, { happenedOn: '2026-03-03' }), 'BAD_INPUT'],
      [world.mira, RECEIVE, given(pledgeId, { note: 'Ask ana@example.org' }), 'BAD_INPUT'],
      [
        world.mira,
        WAIVE_CONTRIBUTION,
        { input: { idempotencyKey: randomUUID(), pledgeId, reason: 'Enough.' } },
        'INVALID_STATE',
      ],
    ] as const;
    for (const [person, query, variables, code] of refusals)
      await expectRefused(app, SCOPE, { client: person.client, query, variables }, { code });
  });

  it('that was recorded wrongly is taken back, once', async () => {
    const { contract, pledgeId } = await withPledge(SAW);
    await world.mira.client.get(RECEIVE, given(pledgeId));
    const id = (await read(contract)).pledges[0]?.contributions[0]?.id;
    const reverse = () => ({
      input: { idempotencyKey: randomUUID(), contributionId: id, reason: 'It was for another contract.' },
    });
    await world.mira.client.get(REVERSE_CONTRIBUTION, reverse());
    expect(await read(contract)).toMatchObject({
      viewerHasScrutiny: false,
      pledges: [{ receivedQuantity: '0' }],
    });
    await expectRefused(
      app,
      SCOPE,
      { client: world.mira.client, query: REVERSE_CONTRIBUTION, variables: reverse() },
      { code: 'INVALID_STATE', message: 'reversed before' },
    );
    await world.mira.client.get(WAIVE_CONTRIBUTION, {
      input: { idempotencyKey: randomUUID(), pledgeId, reason: 'We bought one.' },
    });
    expect(await read(contract)).toMatchObject({ state: 'completed' });
  });
});

describe('hours that are pledged', () => {
  it('count from logged time by members of the community alone, each stretch once, two deliveries at once', async () => {
    const { contract, pledgeId } = await withPledge({
      hours: { section: 'woodworking', hours: '2' },
      instrument: 'labour',
    });
    const hours = app.worker?.get(WorkedHours, { strict: false }) as WorkedHours;
    const unitOfWork = app.worker?.get(UnitOfWork, { strict: false }) as UnitOfWork;
    const work = (over: Partial<Record<keyof LoggedWork, unknown>> = {}): LoggedWork =>
      ({
        timeLogId: randomUUID(),
        contractId: contract.id,
        section: 'Woodworking',
        makerId: world.noor.id,
        communityIds: [world.north.id],
        seconds: 3_600n,
        day: '2026-03-02',
        ...over,
      }) as LoggedWork;
    const log = (logged: LoggedWork) => unitOfWork.run((tx) => hours.count(tx, logged));
    const stretch = work();
    await Promise.all([log(stretch), log(stretch), log(stretch)]);
    await log(work({ communityIds: [world.south.id] }));
    await log(work({ section: 'Metalworking' }));
    expect((await read(contract)).pledges[0]).toMatchObject({
      receivedQuantity: '1',
      contributions: [{ kind: 'received', quantity: '1', isWork: true }],
    });
    await expectRefused(
      app,
      SCOPE,
      { client: world.mira.client, query: RECEIVE, variables: given(pledgeId) },
      { code: 'INVALID_STATE', message: 'Hours count when they are logged' },
    );
    await log(work({ seconds: 5_400n }));
    expect(await read(contract)).toMatchObject({
      state: 'active',
      viewerHasScrutiny: true,
      pledges: [{ receivedQuantity: '2.5' }],
    });
  });
});
