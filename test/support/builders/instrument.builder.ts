import { randomUUID } from 'node:crypto';
import {
  PLEDGE,
  acceptByAll,
  eur,
  openContract,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from './contract.builder.js';
import { pay } from './obligation.builder.js';

export const RECEIVE = `mutation ($input: RecordReceiptInput!) { recordReceipt(input: $input) { id } }`;
export const GIVE_BACK = `mutation ($input: RecordReturnInput!) { recordReturn(input: $input) { id } }`;

/** Two loans with different schedules, and one offer of each other instrument. */
export const ALL_OFFERS = [
  {
    instrument: 'loan',
    words: 'In three parts.',
    returns: 'money',
    repayment: { instalments: 3, firstDueOn: '2026-07-31', everyMonths: 1 },
  },
  {
    instrument: 'loan',
    words: 'At once.',
    returns: 'money',
    repayment: { instalments: 1, firstDueOn: '2027-12-31', everyMonths: 1 },
  },
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
  { instrument: 'tool_loan', words: 'The very tool.', returns: 'tool' },
];

export const MIXED_TERMS = {
  threshold: null,
  repaymentTerms: null,
  thresholds: [{ kind: 'money', amount: eur(200_000) }],
  offers: ALL_OFFERS,
};

export interface MixedContract {
  readonly contract: BuiltContract;
  readonly late: BuiltPledge;
  readonly units: BuiltPledge;
  readonly gift: BuiltPledge;
  readonly labour: BuiltPledge;
  readonly tool: BuiltPledge;
}

/** A pledge of North Village. */
export async function pledgeOf(
  world: ContractWorld,
  contract: BuiltContract,
  over: Record<string, unknown>,
): Promise<BuiltPledge> {
  const input = {
    idempotencyKey: randomUUID(),
    contractId: contract.id,
    communityId: world.north.id,
    ...over,
  };
  return (await world.noor.client.get<{ makePledge: BuiltPledge }>(PLEDGE, { input })).makePledge;
}

/**
 * An active contract with a pledge of North Village of every kind. Of the loan that is returned at once 1,000.00 EUR
 * came in, of 900.00 for two units 500.00, of the gift 50.00, and the tool; of the hours nothing.
 */
export async function mixedContract(world: ContractWorld): Promise<MixedContract> {
  const contract = await openContract(world, MIXED_TERMS);
  await acceptByAll(world, contract);
  const units = await pledgeOf(world, contract, { amount: eur(90_000), instrument: 'pre_purchase' });
  const gift = await pledgeOf(world, contract, { amount: eur(20_000), instrument: 'gift' });
  const labour = await pledgeOf(world, contract, {
    hours: { section: 'Woodworking', hours: '24' },
    instrument: 'labour',
  });
  const tool = await pledgeOf(world, contract, {
    goods: { name: 'Band saw', unit: 'piece', quantity: '1' },
    instrument: 'tool_loan',
  });
  const late = await pledgeOf(world, contract, { amount: eur(150_000), offer: 2 });
  await pay(world.mira, late.id, 100_000);
  await pay(world.mira, units.id, 50_000);
  await pay(world.mira, gift.id, 5_000);
  await receiveGoods(world, tool.id);
  return { contract, late, units, gift, labour, tool };
}

/** One piece came in. */
export async function receiveGoods(world: ContractWorld, pledgeId: string): Promise<void> {
  const input = { idempotencyKey: randomUUID(), pledgeId, quantity: '1', happenedOn: '2026-03-01' };
  await world.mira.client.get(RECEIVE, { input });
}
