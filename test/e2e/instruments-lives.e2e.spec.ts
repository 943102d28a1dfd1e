import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acceptByAll,
  buildContractWorld,
  eur,
  openContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import type { BuiltPerson } from '../support/builders/identity.builder.js';
import {
  ANSWER,
  DELIVER,
  closedPledge,
  deliver,
  deliveryInput,
  openWithOffer,
  pledgeAs,
  productLine,
  standing,
  type Delivered,
} from '../support/builders/delivery.builder.js';
import { REPAY, moneyInput, pay, repay } from '../support/builders/obligation.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['contracting', 'ledger'] };
const SALES = `mutation ($input: RecordPremiumSalesInput!) { recordPremiumSales(input: $input) { premiumSales { toDay } } }`;
const WAIVE_UNITS = `mutation ($input: WaiveUnitsInput!) { waiveUnits(input: $input) { state obligation { unitsOpen owed { amountMinor } } } }`;

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const PRE_PURCHASE = { instrument: 'pre_purchase', returns: 'units', line: 1 };

describe('a pre-purchase', () => {
  it('ends when its units are delivered and accepted, paid in parts and over', async () => {
    const contract = await openWithOffer(world, PRE_PURCHASE);
    const id = await pledgeAs(world, contract, 'pre_purchase', 90_000);
    expect((await standing(world, contract)).sentence).toBe(
      'Begins when the first money of the pledge is received.',
    );
    await pay(world.mira, id, 60_000);
    expect(await standing(world, contract)).toEqual({
      state: 'active',
      scrutiny: true,
      sentence: 'Ends after 150.00 EUR more is repaid and 1 more unit of Cargo trailer is accepted.',
    });
    // More is delivered than was paid for: the second unit counts when its money comes.
    expect(await deliver(world, contract, 1, 2)).toBe('active');
    expect((await standing(world, contract)).sentence).toBe('Ends after 150.00 EUR more is repaid.');
    await pay(world.mira, id, 30_500);
    expect((await standing(world, contract)).sentence).toBe('Ends after 5.00 EUR more is repaid.');
    await repay(world.mira, id, 500);
    expect(await standing(world, contract)).toMatchObject({ state: 'completed', scrutiny: false });
    expect(await closedPledge(world, contract)).toMatchObject({
      instrument: 'pre-purchase',
      received: { amountMinor: '90500' },
      returned: { amountMinor: '500' },
      units: { promised: 2, delivered: 2, forgiven: 0 },
    });
  });

  it('gives no whole unit’s money back unless the supporter lets go of the unit', async () => {
    const contract = await openWithOffer(world, PRE_PURCHASE);
    const id = await pledgeAs(world, contract, 'pre_purchase', 90_000);
    await pay(world.mira, id, 90_000);
    await expectRefused(
      app,
      SCOPE,
      { client: world.mira.client, query: REPAY, variables: { input: moneyInput(id, 1) } },
      { code: 'INVALID_STATE', message: 'owes only 0.00 EUR' },
    );
    const waiver = { idempotencyKey: randomUUID(), pledgeId: id, units: 1, reason: 'One is enough.' };
    const money = await world.noor.client.get<{ waiveUnits: unknown }>(WAIVE_UNITS, {
      input: { ...waiver, asMoney: true },
    });
    expect(money.waiveUnits).toEqual({
      state: 'active',
      obligation: { unitsOpen: 1, owed: { amountMinor: '90000' } },
    });
    await repay(world.mira, id, 45_000);
    await expectRefused(
      app,
      SCOPE,
      {
        client: world.noor.client,
        query: WAIVE_UNITS,
        variables: { input: { ...waiver, idempotencyKey: randomUUID(), units: 2 } },
      },
      { code: 'INVALID_STATE', message: 'owes 1 units' },
    );
    await world.noor.client.get(WAIVE_UNITS, { input: { ...waiver, idempotencyKey: randomUUID() } });
    expect(await standing(world, contract)).toMatchObject({ state: 'completed', scrutiny: false });
    expect(await closedPledge(world, contract)).toMatchObject({
      returned: { amountMinor: '45000' },
      forgiven: { amountMinor: '45000' },
      units: { promised: 2, delivered: 0, forgiven: 2 },
    });
  });
});

describe('a premium purchase', () => {
  it('ends when its units and the free units for others are accepted', async () => {
    const contract = await openWithOffer(world, {
      instrument: 'premium',
      returns: 'units',
      line: 1,
      freeUnits: 1,
      perUnits: 2,
    });
    const id = await pledgeAs(world, contract, 'premium', 90_000);
    await pay(world.mira, id, 90_000);
    expect((await standing(world, contract)).sentence).toBe(
      'Ends after 2 more units of Cargo trailer are accepted and 1 more free unit for others is accepted.',
    );
    await deliver(world, contract, 1, 2);
    expect(await standing(world, contract)).toMatchObject({
      scrutiny: true,
      sentence: 'Ends after 1 more free unit for others is accepted.',
    });
    expect(await deliver(world, contract, 2, 1)).toBe('completed');
    expect(await closedPledge(world, contract)).toMatchObject({
      instrument: 'premium',
      units: { promised: 2, delivered: 2, forgiven: 0 },
      freeUnits: { promised: 1, delivered: 1, forgiven: 0 },
    });
  });
});

describe('a gift of money', () => {
  it('is owed back by nobody, and watched until everything is delivered and accepted', async () => {
    const contract = await openWithOffer(world, { instrument: 'gift', returns: 'nothing' });
    const id = await pledgeAs(world, contract, 'gift', 10_000);
    await pay(world.mira, id, 10_000);
    expect(await standing(world, contract)).toEqual({
      state: 'active',
      scrutiny: true,
      sentence: 'Ends after all deliverables are accepted.',
    });
    expect(await deliver(world, contract, 1, 3)).toBe('active');
    expect(await deliver(world, contract, 2, 2)).toBe('completed');
    expect(await closedPledge(world, contract)).toMatchObject({
      instrument: 'gift',
      received: { amountMinor: '10000' },
    });
    expect(await standing(world, contract)).toMatchObject({ scrutiny: false });
  });
});

describe('a loan', () => {
  it('in units goes back in units, in money, or in both', async () => {
    const contract = await openWithOffer(world, { instrument: 'loan', returns: 'units', line: 1 });
    const id = await pledgeAs(world, contract, 'loan', 135_000);
    await pay(world.mira, id, 135_000);
    expect((await standing(world, contract)).sentence).toBe(
      'Ends after 1,350.00 EUR more is repaid or 3 more units of Cargo trailer are accepted.',
    );
    await deliver(world, contract, 1, 1);
    expect((await standing(world, contract)).sentence).toBe(
      'Ends after 900.00 EUR more is repaid or 2 more units of Cargo trailer are accepted.',
    );
    await repay(world.mira, id, 45_000);
    expect(await deliver(world, contract, 1, 1)).toBe('completed');
    expect(await closedPledge(world, contract)).toMatchObject({
      returned: { amountMinor: '45000' },
      units: { promised: 3, delivered: 2, forgiven: 0 },
    });
  });

  it('from premium sales is due as they are recorded, and never beyond the loan', async () => {
    const contract = await openWithOffer(world, {
      instrument: 'loan',
      returns: 'money',
      premiumShareBasisPoints: 1_000,
    });
    const id = await pledgeAs(world, contract, 'loan', 10_000);
    await pay(world.mira, id, 10_000);
    const sell = (amountMinor: number, toDay: string) =>
      world.mira.client.get(SALES, {
        input: {
          idempotencyKey: randomUUID(),
          contractId: contract.id,
          fromDay: '2026-02-01',
          toDay,
          amount: eur(amountMinor),
        },
      });
    await sell(60_000, '2026-02-15');
    await sell(90_000, '2026-02-28');
    const after = await repay(world.mira, id, 6_500);
    expect(after.obligation.instalments).toEqual([
      expect.objectContaining({
        dueOn: '2026-02-15',
        amount: { amountMinor: '6000' },
        open: { amountMinor: '0' },
      }),
      expect.objectContaining({
        dueOn: '2026-02-28',
        amount: { amountMinor: '4000' },
        open: { amountMinor: '3500' },
      }),
    ]);
    await repay(world.mira, id, 3_500);
    expect(await standing(world, contract)).toMatchObject({ state: 'completed', scrutiny: false });
  });
});

describe('a contract that nobody has to pledge for', () => {
  it('is completed by the last accepted delivery', async () => {
    const contract = await openContract(world, {
      threshold: null,
      thresholds: [],
      deliverables: [productLine(world, world.north.id, 'fair', 2, 45_000)],
    });
    await acceptByAll(world, contract);
    expect(await deliver(world, contract, 1, 1)).toBe('active');
    expect(await deliver(world, contract, 1, 1)).toBe('completed');
  });
});

describe('a delivery', () => {
  it('that is refused counts for nothing, and can be made again', async () => {
    const contract = await openWithOffer(world, PRE_PURCHASE);
    const id = await pledgeAs(world, contract, 'pre_purchase', 135_000);
    await pay(world.mira, id, 135_000);
    expect(
      await deliver(world, contract, 1, 3, { isAccepted: false, reason: 'The wheels are missing.' }),
    ).toBe('active');
    expect((await standing(world, contract)).scrutiny).toBe(true);
    expect(await deliver(world, contract, 1, 3)).toBe('completed');
  });

  it('is within its line, by the fablab, and answered once by its receiver, with a reason for a no', async () => {
    const contract = await openWithOffer(world, PRE_PURCHASE);
    await pledgeAs(world, contract, 'pre_purchase', 45_000);
    const refused = (
      client: BuiltPerson['client'],
      query: string,
      variables: Record<string, unknown>,
      refusal: { code: string; message?: string; fields?: string[] },
    ) => expectRefused(app, SCOPE, { client, query, variables }, refusal);
    const four = deliveryInput(contract, 1, 4);
    await refused(world.mira.client, DELIVER, four, {
      code: 'INVALID_STATE',
      message: '3 more can be delivered',
    });
    await refused(world.noor.client, DELIVER, deliveryInput(contract, 1, 1), { code: 'FORBIDDEN' });
    await refused(world.mira.client, DELIVER, deliveryInput(contract, 3, 1), {
      code: 'BAD_INPUT',
      fields: ['line'],
    });
    const { recordDelivery } = await world.mira.client.get<Delivered>(DELIVER, deliveryInput(contract, 1, 3));
    const deliveryId = recordDelivery.deliveries[0]?.id;
    const answer = (over: Record<string, unknown>) => ({
      input: { idempotencyKey: randomUUID(), deliveryId, isAccepted: true, ...over },
    });
    await refused(world.mira.client, ANSWER, answer({}), { code: 'FORBIDDEN' });
    await refused(world.sven.client, ANSWER, answer({}), { code: 'FORBIDDEN' });
    await refused(world.noor.client, ANSWER, answer({ isAccepted: false }), {
      code: 'BAD_INPUT',
      fields: ['reason'],
    });
    await world.noor.client.get(ANSWER, answer({}));
    await refused(world.noor.client, ANSWER, answer({}), {
      code: 'INVALID_STATE',
      message: 'accepted or refused before',
    });
    await refused(world.mira.client, DELIVER, deliveryInput(contract, 1, 1), {
      code: 'INVALID_STATE',
      message: '0 more can be delivered',
    });
  });
});
