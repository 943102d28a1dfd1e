import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DRAFT,
  PLEDGE,
  acceptByAll,
  buildContractWorld,
  eur,
  openContract,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const OFFERS = [
  { instrument: 'loan', words: 'The principal, in twelve parts.', returns: 'money' },
  { instrument: 'pre_purchase', words: 'Trailers at the price.', returns: 'units', line: 1 },
  { instrument: 'gift', words: 'Nothing.', returns: 'nothing' },
  {
    instrument: 'labour',
    words: 'A trailer for twelve hours.',
    returns: 'units',
    line: 1,
    section: 'Woodworking',
    quantityPerUnit: '12',
  },
  { instrument: 'material', words: 'Nothing.', returns: 'nothing' },
  { instrument: 'tool_loan', words: 'The very tool.', returns: 'tool' },
];
const THRESHOLDS = [
  { kind: 'money', amount: eur(300_000) },
  { kind: 'hours', section: 'Woodworking', quantity: '60' },
  { kind: 'material', name: 'Ash', unit: 'm³', quantity: '2' },
];
const MIXED = { threshold: null, repaymentTerms: null, thresholds: THRESHOLDS, offers: OFFERS };

const READ = `query ($ref: String!) { contract(ref: $ref) {
  state
  thresholds { kind words quantity pledged isMet }
  offers { position instrument returns line section quantityPerUnit }
  pledges { instrument offer contribution amount { amountMinor } item unit quantity returns line units }
  currentRelease { canonicalJson }
} }`;

interface ReadContract {
  readonly state: string;
  readonly thresholds: readonly Record<string, unknown>[];
  readonly offers: readonly Record<string, unknown>[];
  readonly pledges: readonly Record<string, unknown>[];
  readonly currentRelease: { readonly canonicalJson: string };
}

async function read(contract: BuiltContract): Promise<ReadContract> {
  return (await world.noor.client.get<{ contract: ReadContract }>(READ, { ref: contract.ref })).contract;
}

function given(contract: BuiltContract, over: Record<string, unknown>): Record<string, unknown> {
  return {
    input: { idempotencyKey: randomUUID(), contractId: contract.id, communityId: world.north.id, ...over },
  };
}

const HOURS = { hours: { section: 'woodworking', hours: '60' }, instrument: 'labour' };
const ASH = { goods: { name: 'ash', unit: 'm³', quantity: '2' }, instrument: 'material' };

describe('a contract with thresholds of several kinds', () => {
  it('becomes active with the pledge that meets the last of them', async () => {
    const contract = await openContract(world, {
      ...MIXED,
      deliverables: [{ ...(termsInput(world)['deliverables'] as Record<string, unknown>[])[0], quantity: 9 }],
    });
    await acceptByAll(world, contract);
    await world.noor.client.get(PLEDGE, given(contract, HOURS));
    await world.noor.client.get(PLEDGE, given(contract, { amount: eur(300_000) }));
    const open = await read(contract);
    expect(open.state).toBe('open');
    expect(open.thresholds).toEqual([
      { kind: 'money', words: '3,000.00 EUR', quantity: '3000.00', pledged: '3000.00', isMet: true },
      { kind: 'hours', words: '60 h Woodworking', quantity: '60', pledged: '60', isMet: true },
      { kind: 'material', words: '2 m³ Ash', quantity: '2', pledged: '0', isMet: false },
    ]);
    await world.noor.client.get(PLEDGE, given(contract, ASH));
    const active = await read(contract);
    expect(active.state).toBe('active');
    expect(active.pledges).toMatchObject([
      {
        instrument: 'labour',
        offer: 4,
        contribution: 'hours',
        item: 'woodworking',
        unit: 'h',
        quantity: '60',
        returns: 'units',
        line: 1,
        units: 5,
      },
      {
        instrument: 'loan',
        offer: 1,
        contribution: 'money',
        amount: { amountMinor: '300000' },
        returns: 'money',
        units: 0,
      },
      {
        instrument: 'material',
        offer: 5,
        contribution: 'goods',
        item: 'ash',
        unit: 'm³',
        quantity: '2',
        returns: 'nothing',
      },
    ]);
    const document = JSON.parse(active.currentRelease.canonicalJson) as Record<string, unknown>;
    expect(document['thresholds']).toEqual([
      { kind: 'money', amountMinor: '300000', currency: 'EUR' },
      { kind: 'hours', section: 'Woodworking', hours: '60' },
      { kind: 'material', name: 'Ash', unit: 'm³', quantity: '2' },
    ]);
    expect(document['pledges']).toMatchObject([
      { instrument: 'loan', return: 'The principal, in twelve parts.' },
      { instrument: 'pre-purchase', returns: 'units', line: 1 },
      { instrument: 'gift', returns: 'nothing' },
      { instrument: 'labour', returns: 'units', line: 1, section: 'Woodworking', quantityPerUnit: '12' },
      { instrument: 'material', returns: 'nothing' },
      { instrument: 'tool-loan', returns: 'tool' },
    ]);
  });

  it('becomes active by the acceptances alone where nothing must be pledged', async () => {
    const contract = await openContract(world, { threshold: null, thresholds: [] });
    await acceptByAll(world, contract);
    expect((await read(contract)).state).toBe('active');
  });

  it('is a loan contract where no offers are given, as every contract was', async () => {
    const contract = await openContract(world);
    const { offers, currentRelease } = await read(contract);
    expect(offers).toMatchObject([{ position: 1, instrument: 'loan', returns: 'money' }]);
    expect(JSON.parse(currentRelease.canonicalJson)).toMatchObject({
      thresholds: [{ kind: 'money', amountMinor: '300000', currency: 'EUR' }],
      pledges: [
        { instrument: 'loan', return: 'Ten equal instalments from January 2027 on, without interest.' },
      ],
    });
  });
});

describe('a pledge', () => {
  it.each([
    ['nothing at all', {}, 'amount'],
    ['two things at once', { ...HOURS, amount: eur(1) }, 'amount'],
    ['an instrument that is not offered', { amount: eur(45_000), instrument: 'premium' }, 'instrument'],
    ['hours as a loan', { hours: { section: 'Wood', hours: '1' }, instrument: 'loan' }, 'instrument'],
    [
      'hours of another section',
      { hours: { section: 'Metal', hours: '12' }, instrument: 'labour' },
      'hours.section',
    ],
    [
      'too few hours for a unit',
      { hours: { section: 'Woodworking', hours: '11.999' }, instrument: 'labour' },
      'offer',
    ],
    ['no whole number of units', { amount: eur(45_001), instrument: 'pre_purchase' }, 'amount'],
    ['an offer of another instrument', { amount: eur(1), instrument: 'loan', offer: 3 }, 'offer'],
  ])('is refused for %s', async (_what, over, field) => {
    const contract = await openContract(world, MIXED);
    await expectRefused(
      app,
      { schemas: ['contracting', 'ledger'] },
      { client: world.noor.client, query: PLEDGE, variables: given(contract, over) },
      { code: 'BAD_INPUT', fields: [field] },
    );
  });

  it('is refused where the line has too few units left, or they are another community’s', async () => {
    const contract = await openContract(world, MIXED);
    const bought = (units: number) =>
      given(contract, { amount: eur(units * 45_000), instrument: 'pre_purchase' });
    await world.noor.client.get(PLEDGE, bought(3));
    const scope = { schemas: ['contracting', 'ledger'] };
    await expectRefused(
      app,
      scope,
      { client: world.noor.client, query: PLEDGE, variables: bought(2) },
      { code: 'INVALID_STATE', message: 'Of this line, 1 more can be promised' },
    );
    const south = {
      input: { ...(bought(1)['input'] as Record<string, unknown>), communityId: world.south.id },
    };
    await expectRefused(
      app,
      scope,
      { client: world.sven.client, query: PLEDGE, variables: south },
      { code: 'BAD_INPUT', fields: ['offer'] },
    );
  });
});

describe('an offer', () => {
  it.each([
    ['a return that its instrument does not have', { instrument: 'gift', returns: 'money' }, 'returns'],
    ['units of no line', { instrument: 'pre_purchase', returns: 'units' }, 'line'],
    ['units of a line that is not there', { instrument: 'pre_purchase', returns: 'units', line: 3 }, 'line'],
    ['units without a price for money', { instrument: 'loan', returns: 'units', line: 2 }, 'line'],
    [
      'units for hours without how many',
      { instrument: 'labour', returns: 'units', line: 1, section: 'Wood' },
      'quantityPerUnit',
    ],
  ])('is refused with %s', async (_what, over, field) => {
    const offers = [{ words: 'As agreed.', ...over }];
    await expectRefused(
      app,
      { schemas: ['contracting'] },
      {
        client: world.mira.client,
        query: DRAFT,
        variables: { input: { idempotencyKey: randomUUID(), ...termsInput(world, { offers }) } },
      },
      { code: 'BAD_INPUT', fields: [`offers.0.${field}`] },
    );
  });
});
