import { afterAll, beforeAll, describe, it } from '@jest/globals';
import {
  activeContract,
  buildContractWorld,
  openContract,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  buildCommunity,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { pay } from '../support/builders/obligation.builder.js';
import {
  ACCEPT_TERMINATION,
  DECLINE_TERMINATION,
  PROPOSE_TERMINATION,
  WITHDRAW_TERMINATION,
  acceptTermination,
  acceptTerminationInput,
  decisionInput,
  line,
  proposeTermination,
  terminationInput,
  type EndedContract,
} from '../support/builders/termination.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
const PLAN = { instalments: 2, firstDueOn: '2026-03-01', everyMonths: 1 };
let app: TestApp;
let world: ContractWorld;
let contract: BuiltContract;
let loan: BuiltPledge;
let open: BuiltContract;
let proposed: EndedContract;
let away: BuiltCommunity;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  away = await buildCommunity(world.noor, { name: 'Away Village' });
  ({ contract, pledge: loan } = await activeContract(world));
  await pay(world.mira, loan.id, 300_000);
  open = await openContract(world);
  const other = await activeContract(world);
  proposed = await proposeTermination(world.mira, other.contract, world.fablab, []);
  await acceptTermination(world.mira, proposed, world.fablab);
}, 60_000);
afterAll(() => app?.close());

type Case = readonly [string, () => BuiltPerson, string, () => Record<string, unknown>, Refusal];
const whole = () => [line(loan.id, { repaid: 300_000 })];

describe('a proposed termination is refused', () => {
  const propose = (settlement: () => Record<string, unknown>[], over: () => object = () => ({})) =>
    [
      PROPOSE_TERMINATION,
      () => terminationInput(contract, world.fablab, settlement(), { ...over() }),
    ] as const;
  const cases: readonly Case[] = [
    [
      'when it leaves what is owed unexplained',
      () => world.mira,
      ...propose(() => []),
      { code: 'BAD_INPUT', fields: ['settlement'], message: 'the 3,000.00 EUR that is owed' },
    ],
    [
      'when its parts are not what is owed',
      () => world.mira,
      ...propose(() => [line(loan.id, { repaid: 1, forgiven: 2 })]),
      { code: 'BAD_INPUT', fields: ['settlement.0'], message: 'it is 0.03 EUR' },
    ],
    [
      'when something stays due without a plan',
      () => world.mira,
      ...propose(() => [line(loan.id, { due: 300_000 })]),
      { code: 'BAD_INPUT', fields: ['settlement.0.plan'] },
    ],
    [
      'when a new plan begins in the past',
      () => world.mira,
      ...propose(() => [line(loan.id, { due: 300_000, plan: PLAN })]),
      { code: 'BAD_INPUT', fields: ['settlement.0.plan.firstDueOn'] },
    ],
    [
      'in another currency',
      () => world.mira,
      ...propose(() => [{ pledgeId: loan.id, repaid: { amountMinor: '300000', currency: 'USD' } }]),
      { code: 'BAD_INPUT', fields: ['settlement.0'], message: 'is in EUR' },
    ],
    [
      'with a person’s address in its reason',
      () => world.mira,
      ...propose(whole, () => ({ reason: 'Ask mira@example.org.' })),
      { code: 'BAD_INPUT', fields: ['reason'], message: 'looks like personal data' },
    ],
    [
      'of another release than the one in force',
      () => world.mira,
      ...propose(whole, () => ({ releaseNumber: 2 })),
      { code: 'CONFLICT', message: 'Another release is in force' },
    ],
    [
      'of a contract that binds nobody',
      () => world.mira,
      PROPOSE_TERMINATION,
      () => terminationInput(open, world.fablab, []),
      { code: 'INVALID_STATE', message: 'proposing its termination is possible only while it is active' },
    ],
    [
      'while another one is proposed',
      () => world.noor,
      PROPOSE_TERMINATION,
      () => terminationInput(proposed, world.north, []),
      { code: 'CONFLICT', message: 'proposed already' },
    ],
    [
      'by somebody who does not coordinate the party',
      () => world.noor,
      ...propose(whole),
      { code: 'FORBIDDEN' },
    ],
    [
      'for a community that is no party',
      () => world.noor,
      ...propose(whole, () => ({ communityId: away.id })),
      { code: 'FORBIDDEN', message: 'not a party' },
    ],
  ];
  it.each(cases)('%s', async (_what, who, query, input, refusal) => {
    await expectRefused(app, SCOPE, { client: who().client, query, variables: { input: input() } }, refusal);
  });
});

describe('a decision about a termination is refused', () => {
  const reason = 'Because.';
  const cases: readonly Case[] = [
    [
      'for another text',
      () => world.noor,
      ACCEPT_TERMINATION,
      () => acceptTerminationInput(proposed, world.north, { sha256: 'a'.repeat(64) }),
      { code: 'CONFLICT', message: 'not the hash' },
    ],
    [
      'a second time',
      () => world.mira,
      ACCEPT_TERMINATION,
      () => acceptTerminationInput(proposed, world.fablab),
      { code: 'CONFLICT', message: 'accepted this termination already' },
    ],
    [
      'to a community that is not asked',
      () => world.noor,
      ACCEPT_TERMINATION,
      () => acceptTerminationInput(proposed, away),
      { code: 'FORBIDDEN', message: 'not asked' },
    ],
    [
      'for a community of others',
      () => world.noor,
      ACCEPT_TERMINATION,
      () => acceptTerminationInput(proposed, world.south),
      { code: 'FORBIDDEN' },
    ],
    [
      'about a proposal that is not there',
      () => world.noor,
      ACCEPT_TERMINATION,
      () => acceptTerminationInput(proposed, world.north, { number: 7 }),
      { code: 'NOT_FOUND' },
    ],
    [
      'when who proposed declines',
      () => world.mira,
      DECLINE_TERMINATION,
      () => decisionInput(proposed, world.fablab, { reason }),
      { code: 'FORBIDDEN', message: 'withdraws it instead' },
    ],
    [
      'when another party withdraws',
      () => world.noor,
      WITHDRAW_TERMINATION,
      () => decisionInput(proposed, world.north, { reason }),
      { code: 'FORBIDDEN', message: 'Only the party that proposed' },
    ],
    [
      'without a reason',
      () => world.noor,
      DECLINE_TERMINATION,
      () => decisionInput(proposed, world.north, { reason: ' ' }),
      { code: 'BAD_INPUT', fields: ['reason'] },
    ],
  ];
  it.each(cases)('%s', async (_what, who, query, input, refusal) => {
    await expectRefused(app, SCOPE, { client: who().client, query, variables: { input: input() } }, refusal);
  });
});
