import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '#ledger';
import { Database } from '#platform';
import {
  PAY,
  acceptByAll,
  activeContract,
  buildContractWorld,
  eur,
  openContract,
  pledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  DEFER,
  REPAY,
  REVERSE_PAYMENT,
  REVERSE_REPAYMENT,
  WRITE_OFF,
  moneyInput,
  owed,
  pay,
  repay,
  type OwedPledge,
} from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const MONTHLY = { instalments: 3, firstDueOn: '2026-07-31', everyMonths: 1 };

async function books(): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { ledgerAccounts(communityId: $id) { code balanceMinor } }`;
  const { ledgerAccounts } = await world.mira.client.get<{
    ledgerAccounts: { code: string; balanceMinor: string }[];
  }>(query, { id: world.fablab.id });
  return Object.fromEntries(ledgerAccounts.map((each) => [each.code, each.balanceMinor]));
}

async function balanceOf(code: string): Promise<bigint> {
  return BigInt((await books())[code] ?? 0);
}

async function ledgerHolds(): Promise<void> {
  expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
}

describe('what the supporter grants', () => {
  it('a write-off forgives a part, and the whole ends the contract', async () => {
    const { contract, pledge: loan } = await activeContract(world);
    await pay(world.mira, loan.id, 300_000);
    const forgiven = await balanceOf('income:loans-forgiven');
    const input = (amountMinor: number) => ({
      idempotencyKey: randomUUID(),
      pledgeId: loan.id,
      amount: eur(amountMinor),
      reason: 'The village votes to give it.',
    });
    const { writeOffLoan } = await world.noor.client.get<{ writeOffLoan: OwedPledge }>(WRITE_OFF, {
      input: input(50_000),
    });
    expect(writeOffLoan.obligation).toMatchObject({
      owed: { amountMinor: '250000' },
      forgiven: { amountMinor: '50000' },
      events: [
        { kind: 'write_off', amount: { amountMinor: '50000' }, reason: 'The village votes to give it.' },
      ],
    });
    expect(writeOffLoan.viewerCan).toEqual(['deferRepayment', 'writeOffLoan']);
    await world.noor.client.get(WRITE_OFF, { input: input(250_000) });
    expect((await owed(app.client(), contract.ref)).state).toBe('completed');
    expect(await balanceOf('income:loans-forgiven')).toBe(forgiven + 300_000n);
    await ledgerHolds();
  });

  it('a deferral divides what is owed anew from its day on', async () => {
    const { pledge: loan } = await activeContract(world, { repayment: MONTHLY });
    await pay(world.mira, loan.id, 300_000);
    await repay(world.mira, loan.id, 99_999);
    const input = {
      idempotencyKey: randomUUID(),
      pledgeId: loan.id,
      instalments: 2,
      firstDueOn: '2027-01-31',
      everyMonths: 1,
      reason: 'The saw broke.',
    };
    const { deferRepayment } = await world.noor.client.get<{ deferRepayment: OwedPledge }>(DEFER, { input });
    expect(deferRepayment.obligation.instalments).toEqual([
      { number: 1, dueOn: '2027-01-31', amount: { amountMinor: '100000' }, open: { amountMinor: '100000' } },
      { number: 2, dueOn: '2027-02-28', amount: { amountMinor: '100001' }, open: { amountMinor: '100001' } },
    ]);
    const later = await repay(world.mira, loan.id, 100_500);
    expect(later.obligation.nextDue).toEqual({
      number: 2,
      dueOn: '2027-02-28',
      open: { amountMinor: '99501' },
    });
  });
});

describe('a booking that was wrong', () => {
  it('is reversed: the repayment is owed again, and the payment is promised again', async () => {
    const contract = await openContract(world);
    await acceptByAll(world, contract);
    const loan = await pledge(world.noor, contract, world.north, 200_000);
    await pledge(world.sven, contract, world.south, 100_000);
    const before = await books();
    await pay(world.mira, loan.id, 200_000);
    const done = await repay(world.mira, loan.id, 200_000);
    expect(done).toMatchObject({ state: 'fulfilled', viewerCan: ['reverseRepayment'] });
    const repaymentId = done.obligation.events[0]?.id ?? '';
    const paymentId = done.payments[0]?.id ?? '';
    const reason = 'It went to another village.';

    const again = await world.mira.client.get<{ reverseRepayment: OwedPledge }>(REVERSE_REPAYMENT, {
      input: { idempotencyKey: randomUUID(), repaymentId, reason },
    });
    expect(again.reverseRepayment).toMatchObject({
      state: 'active',
      obligation: {
        owed: { amountMinor: '200000' },
        events: [
          { kind: 'repayment', isReversed: true },
          { kind: 'reversal', isReversed: false, reason },
        ],
      },
    });
    expect((await owed(world.noor.client, contract.ref)).viewerHasScrutiny).toBe(true);

    const promised = await world.mira.client.get<{ reversePayment: OwedPledge }>(REVERSE_PAYMENT, {
      input: { idempotencyKey: randomUUID(), paymentId, reason },
    });
    expect(promised.reversePayment).toMatchObject({
      state: 'active',
      received: { amountMinor: '0' },
      payments: [{ isReversed: true }],
      obligation: { owed: { amountMinor: '0' }, outstanding: { amountMinor: '200000' }, nextDue: null },
    });
    expect(await books()).toEqual({ ...before, 'assets:bank': before['assets:bank'] ?? '0' });
    await ledgerHolds();
  });
});

describe('agreed interest', () => {
  it('is simple, comes before the principal, and is booked as an expense', async () => {
    const { pledge: loan } = await activeContract(world, {
      repayment: { ...MONTHLY, interestBasisPointsPerYear: 200 },
    });
    await world.mira.client.get(PAY, { input: moneyInput(loan.id, 300_000, '2025-12-18') });
    const expense = await balanceOf('expenses:interest');
    // 73 days are a fifth of a year: of 2 % of 3,000.00 EUR it is 12.00 EUR.
    const due = 1_200;
    const input = moneyInput(loan.id, 300_000, '2026-03-01');
    const { recordRepayment } = await world.mira.client.get<{ recordRepayment: OwedPledge }>(REPAY, {
      input,
    });
    expect(recordRepayment.obligation).toMatchObject({
      owed: { amountMinor: String(due) },
      events: [{ amount: { amountMinor: String(300_000 - due) }, interest: { amountMinor: String(due) } }],
    });
    expect(await balanceOf('expenses:interest')).toBe(expense + BigInt(due));
    await ledgerHolds();
  });
});
