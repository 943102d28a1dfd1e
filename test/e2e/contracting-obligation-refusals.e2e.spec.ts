import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  activeContract,
  buildContractWorld,
  draftContract,
  eur,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import type { BuiltPerson } from '../support/builders/identity.builder.js';
import {
  DEFER,
  REPAY,
  REVERSE_PAYMENT,
  REVERSE_REPAYMENT,
  WAIVE,
  WRITE_OFF,
  moneyInput,
  pay,
  repay,
} from '../support/builders/obligation.builder.js';
import { expectRefused, type Refusal } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };
let app: TestApp;
let world: ContractWorld;
let loan: BuiltPledge;
const ids: { payment?: string; repayment?: string } = {};

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  ({ pledge: loan } = await activeContract(world));
  await pay(world.mira, loan.id, 300_000);
  const done = await repay(world.mira, loan.id, 1_000);
  ids.payment = done.payments[0]?.id;
  ids.repayment = done.obligation.events[0]?.id;
  await world.mira.client.get(REVERSE_REPAYMENT, {
    input: { idempotencyKey: randomUUID(), repaymentId: ids.repayment, reason: 'A trial.' },
  });
}, 60_000);
afterAll(() => app?.close());

describe('a refusal changes nothing', () => {
  const relief = (over: Record<string, unknown> = {}) => ({
    idempotencyKey: randomUUID(),
    pledgeId: loan.id,
    reason: 'Because.',
    ...over,
  });
  const rhythm = { instalments: 2, firstDueOn: '2027-01-31', everyMonths: 1 };
  type Case = readonly [string, string, () => BuiltPerson, () => Record<string, unknown>, Refusal];
  const cases: readonly Case[] = [
    [
      'more than is owed',
      REPAY,
      () => world.mira,
      () => moneyInput(loan.id, 300_001),
      {
        code: 'INVALID_STATE',
        message: 'The fablab owes only 3,000.00 EUR for this pledge, so 3,000.01 EUR cannot be repaid.',
      },
    ],
    [
      'nothing at all',
      REPAY,
      () => world.mira,
      () => moneyInput(loan.id, 0),
      { code: 'BAD_INPUT', fields: ['amount'] },
    ],
    [
      'a repayment of tomorrow',
      REPAY,
      () => world.mira,
      () => moneyInput(loan.id, 1, '2026-03-03'),
      { code: 'BAD_INPUT', fields: ['valueDate'] },
    ],
    [
      'another currency',
      REPAY,
      () => world.mira,
      () => ({ ...moneyInput(loan.id, 1), amount: { amountMinor: '1', currency: 'USD' } }),
      { code: 'BAD_INPUT', fields: ['amount.currency'] },
    ],
    ['an unknown pledge', REPAY, () => world.mira, () => moneyInput(randomUUID(), 1), { code: 'NOT_FOUND' }],
    [
      'a repayment by the supporter',
      REPAY,
      () => world.noor,
      () => moneyInput(loan.id, 1),
      { code: 'FORBIDDEN' },
    ],
    ['a waiver of what has come in', WAIVE, () => world.mira, () => relief(), { code: 'INVALID_STATE' }],
    ['a waiver by the supporter', WAIVE, () => world.noor, () => relief(), { code: 'FORBIDDEN' }],
    [
      'a write-off by the fablab',
      WRITE_OFF,
      () => world.mira,
      () => relief({ amount: eur(1) }),
      { code: 'FORBIDDEN' },
    ],
    [
      'a write-off by another supporter',
      WRITE_OFF,
      () => world.sven,
      () => relief({ amount: eur(1) }),
      { code: 'FORBIDDEN' },
    ],
    [
      'a write-off of more than is owed',
      WRITE_OFF,
      () => world.noor,
      () => relief({ amount: eur(300_001) }),
      { code: 'INVALID_STATE', message: 'cannot be forgiven' },
    ],
    [
      'a write-off without a reason',
      WRITE_OFF,
      () => world.noor,
      () => relief({ amount: eur(1), reason: ' ' }),
      { code: 'BAD_INPUT', fields: ['reason'] },
    ],
    [
      'a reason with somebody’s address in it',
      WRITE_OFF,
      () => world.noor,
      () => relief({ amount: eur(1), reason: 'Ask noor@example.org.' }),
      { code: 'BAD_INPUT', fields: ['reason'], message: 'looks like personal data' },
    ],
    ['a deferral by the fablab', DEFER, () => world.mira, () => relief(rhythm), { code: 'FORBIDDEN' }],
    [
      'a deferral to yesterday, in no parts',
      DEFER,
      () => world.noor,
      () => relief({ ...rhythm, instalments: 0 }),
      { code: 'BAD_INPUT', fields: ['instalments'] },
    ],
    [
      'a deferral to yesterday',
      DEFER,
      () => world.noor,
      () => relief({ ...rhythm, firstDueOn: '2026-03-01' }),
      { code: 'BAD_INPUT', fields: ['firstDueOn'] },
    ],
    [
      'a second reversal',
      REVERSE_REPAYMENT,
      () => world.mira,
      () => ({ idempotencyKey: randomUUID(), repaymentId: ids.repayment, reason: 'Again.' }),
      { code: 'INVALID_STATE', message: 'reversed before' },
    ],
    [
      'a reversal by the supporter',
      REVERSE_PAYMENT,
      () => world.noor,
      () => ({ idempotencyKey: randomUUID(), paymentId: ids.payment, reason: 'Mine.' }),
      { code: 'FORBIDDEN' },
    ],
  ];

  it.each(cases)('of %s', async (_what, query, who, input, refusal) => {
    await expectRefused(app, SCOPE, { client: who().client, query, variables: { input: input() } }, refusal);
  });

  it('of terms above the cap of interest', async () => {
    const terms = { repayment: { ...rhythm, interestBasisPointsPerYear: 301 } };
    await expect(draftContract(world, terms)).rejects.toThrow(
      'The interest must be at most 3 % a year here.',
    );
  });

  it('of a payment whose money went back already', async () => {
    await repay(world.mira, loan.id, 1);
    const input = { idempotencyKey: randomUUID(), paymentId: ids.payment, reason: 'Wrong.' };
    await expectRefused(
      app,
      SCOPE,
      { client: world.mira.client, query: REVERSE_PAYMENT, variables: { input } },
      { code: 'INVALID_STATE', message: 'Please reverse the repayment first.' },
    );
  });
});
