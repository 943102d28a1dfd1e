import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkFreemium, GrantFlow } from '#freemium';
import { checkLedger } from '#ledger';
import { Database, UnitOfWork } from '#platform';
import {
  ask,
  buildFreemiumWorld,
  CANCEL_SALE,
  DELIVER_SALE,
  GIFT,
  money,
  ORDER,
  order,
  orderInput,
  paySale,
  RETURN_SALE,
  SALE_PAYMENT,
  type FreemiumWorld,
} from '../support/builders/freemium.builder.js';
import { buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SCOPE = { schemas: ['freemium', 'ledger', 'platform'] };

interface GrantRead {
  ref: string;
  state: string;
  held: { amountMinor: string };
  spent: { amountMinor: string } | null;
  chosenBecause: string;
  paidBy: { saleRef: string | null; giverName: string | null; amount: { amountMinor: string } }[];
}

let app: TestApp;
let world: FreemiumWorld;
let ana: BuiltPerson;
let ben: BuiltPerson;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildFreemiumWorld(app);
  ana = await buildPerson(app, 'Ana');
  ben = await buildPerson(app, 'Ben');
}, 60_000);
afterAll(() => app?.close());

async function grants(): Promise<GrantRead[]> {
  const query = `query ($id: ID!) { unitGrants(productId: $id) { nodes {
    ref state held { amountMinor } spent { amountMinor } chosenBecause
    paidBy { saleRef giverName amount { amountMinor } } } } }`;
  const answer = await ana.client.get<{ unitGrants: { nodes: GrantRead[] } }>(query, {
    id: world.product.id,
  });
  return answer.unitGrants.nodes;
}

async function pools(): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { productVersion(id: $id) { product { pools { tier available { amountMinor } } } } }`;
  const answer = await ana.client.get<{
    productVersion: { product: { pools: { tier: string; available: { amountMinor: string } }[] } };
  }>(query, { id: world.version.id });
  return Object.fromEntries(
    answer.productVersion.product.pools.map(({ tier, available }) => [tier, available.amountMinor]),
  );
}

async function expectClean(): Promise<void> {
  const database = app.app.get(Database);
  expect(await checkFreemium(database)).toMatchObject({ driftMinor: 0n, unattributedMinor: 0n });
  expect(await checkLedger(database)).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
}

describe('premium sales that pay for a free unit', () => {
  it('split every payment, and grant as soon as the pool holds the cost', async () => {
    await ask(world, ana);
    const first = await order(world);
    expect(await paySale(world, first, 50_000)).toMatchObject({ state: 'paid' });
    expect(await pools()).toEqual({ free: '7200', fair: '1800' });
    expect(await grants()).toEqual([]);
    const second = await order(world);
    expect(await paySale(world, second, 40_000)).toMatchObject({ state: 'ordered' });
    expect(await pools()).toEqual({ free: '10400', fair: '2600' });
    await paySale(world, second, 10_000);
    expect(await pools()).toEqual({ free: '2400', fair: '3600' });
    expect(await grants()).toEqual([
      {
        ref: 'GRANT-2026-0001',
        state: 'held',
        held: { amountMinor: '12000' },
        spent: null,
        chosenBecause:
          'Need class “helpful” (3 of 3), asked on 2026-03-02; a person without a community takes turns alone.',
        paidBy: [
          { saleRef: first.ref, giverName: null, amount: { amountMinor: '7200' } },
          { saleRef: second.ref, giverName: null, amount: { amountMinor: '4800' } },
        ],
      },
    ]);
    await expectClean();
  });

  it('name what they made possible, to anyone', async () => {
    const sales = `query ($id: ID!) { salesOfFablab(fablabId: $id) { nodes { ref buyer { name }
      madePossible { grantRef amount { amountMinor } } } } }`;
    const { salesOfFablab } = await world.tom.client.get<{ salesOfFablab: { nodes: { ref: string }[] } }>(
      sales,
      {
        id: world.fablab.id,
      },
    );
    expect(salesOfFablab.nodes.at(-1)).toMatchObject({
      buyer: { name: 'North Village' },
      madePossible: [{ grantRef: 'GRANT-2026-0001', amount: { amountMinor: '7200' } }],
    });
  });

  it('get back what the unit did not cost, last in first out, and the next in line is served', async () => {
    const granted = app.app.get(GrantFlow, { strict: false });
    const unitOfWork = app.app.get(UnitOfWork, { strict: false });
    const [row] = await app.app
      .get(Database)
      .query<{ id: never }>(`SELECT id FROM freemium.unit_grant WHERE ref = 'GRANT-2026-0001'`, []);
    await unitOfWork.run((tx) => granted.complete(tx, row?.id as never, 11_000n));
    expect(await pools()).toEqual({ free: '3400', fair: '3600' });
    const [grant] = await grants();
    expect(grant).toMatchObject({ state: 'made', spent: { amountMinor: '11000' } });
    expect(grant?.paidBy.map(({ amount }) => amount.amountMinor)).toEqual(['7200', '3800']);
    await expectClean();
  });
});

describe('a gift to the pool', () => {
  it('is named where the giver wants so, and granted from at once', async () => {
    const request = await ask(world, ben, { needClass: 'urgent' });
    expect(request).toMatchObject({ state: 'waiting', place: 1 });
    const input = {
      idempotencyKey: randomUUID(),
      productId: world.product.id,
      tier: 'free',
      amount: money(9_000),
      valueDate: '2026-03-02',
      communityId: world.north.id,
    };
    await world.tom.client.get(GIFT, { input });
    await world.tom.client.get(GIFT, { input });
    expect(await pools()).toEqual({ free: '400', fair: '3600' });
    const [grant] = await grants();
    expect(grant?.paidBy.map(({ giverName, amount }) => [giverName, amount.amountMinor])).toEqual([
      [null, '3400'],
      ['North Village', '8600'],
    ]);
    await expectClean();
  });
});

describe('a sale that is taken back', () => {
  it('unwinds what the pools have not spent, and says what they have', async () => {
    const sale = await order(world);
    await paySale(world, sale, 50_000);
    expect(await pools()).toEqual({ free: '7600', fair: '5400' });
    await ask(world, ana);
    const gift = { productId: world.product.id, tier: 'free', valueDate: '2026-03-02' };
    await world.tom.client.get(GIFT, {
      input: { ...gift, idempotencyKey: randomUUID(), amount: money(4_400) },
    });
    expect(await pools()).toEqual({ free: '0', fair: '5400' });
    const cancel = { idempotencyKey: randomUUID(), saleId: sale.id, reason: 'The buyer moves away.' };
    expect(await world.tom.client.get(CANCEL_SALE, { input: cancel })).toMatchObject({
      cancelSale: { state: 'cancelled', paid: { amountMinor: '0' } },
    });
    expect(await pools()).toEqual({ free: '0', fair: '3600' });
    const query = `query ($id: ID!) { sale(id: $id) { payments { isReversal amount { amountMinor }
      notUnwound { amountMinor } split { part amount { amountMinor } } } } }`;
    const answer = await ana.client.get<{
      sale: {
        payments: {
          notUnwound: { amountMinor: string };
          split: { part: string; amount: { amountMinor: string } }[];
        }[];
      };
    }>(query, { id: sale.id });
    const reversal = answer.sale.payments[1];
    expect(reversal).toMatchObject({
      isReversal: true,
      amount: { amountMinor: '-50000' },
      notUnwound: { amountMinor: '7200' },
    });
    expect(reversal?.split.find(({ part }) => part === 'reserve')?.amount.amountMinor).toBe('-9900');
    await expectClean();
  });

  it('comes back after delivery as well, and never twice', async () => {
    const sale = await order(world);
    await paySale(world, sale, 50_000);
    const step = () => ({ idempotencyKey: randomUUID(), saleId: sale.id });
    await world.tom.client.get(DELIVER_SALE, { input: step() });
    const back = () => ({ ...step(), reason: 'It wobbled.' });
    await world.tom.client.get(RETURN_SALE, { input: back() });
    for (const query of [RETURN_SALE, CANCEL_SALE])
      await expectRefused(
        app,
        SCOPE,
        { client: world.tom.client, query, variables: { input: back() } },
        { code: 'INVALID_STATE' },
      );
    await expectClean();
  });
});

describe('a fair sale below cost', () => {
  it('gets from the fair pool what it lacks, and gives it back when it is cancelled', async () => {
    const before = await pools();
    const sale = await order(world, { tier: 'fair', unitPrice: money(12_000) });
    await paySale(world, sale, 12_000);
    // 20.00 for the makers, 100.00 of the cost of 120.00: the fair pool adds 20.00.
    expect(await pools()).toEqual({ ...before, fair: String(Number(before['fair']) - 2_000) });
    const [support] = await grants();
    expect(support).toMatchObject({ state: 'held', held: { amountMinor: '2000' } });
    const input = { idempotencyKey: randomUUID(), saleId: sale.id, reason: 'Ordered twice.' };
    await world.tom.client.get(CANCEL_SALE, { input });
    expect(await pools()).toEqual(before);
    await expectClean();
  });
});

describe('an order', () => {
  it('of a person without an account is opened by its word alone, and shows no person', async () => {
    const accessWord = 'q'.repeat(22);
    const buyer = { name: 'Carla Quiet', email: 'carla@example.org', address: 'Lane 4' };
    const input = { ...orderInput(world), communityId: null, buyer, accessWord };
    const visitor = app.client();
    const placed = await visitor.get<{ orderUnits: { ref: string } }>(ORDER, { input });
    const again = await visitor.get<{ orderUnits: { ref: string } }>(ORDER, { input });
    expect(again).toEqual(placed);
    const query = `query ($word: String!) { orderByWord(accessWord: $word) { ref buyer { name } } }`;
    expect(await visitor.get(query, { word: accessWord })).toEqual({
      orderByWord: { ref: placed.orderUnits.ref, buyer: null },
    });
    expect(await visitor.get(query, { word: 'z'.repeat(22) })).toEqual({ orderByWord: null });
  });

  it.each([
    [{ unitPrice: money(7_999), tier: 'fair' }, 'BAD_INPUT', 'A fair unit costs at least 80.00 EUR.'],
    [{ tier: 'free' }, 'BAD_INPUT', 'Tier must be one of fair, premium.'],
    [{ quantity: 0 }, 'BAD_INPUT', 'The quantity must be a whole number'],
    [{ currency: 'USD' }, 'INVALID_STATE', 'is not offered in the premium tier in USD'],
  ])('is refused for %j', async (over, code, message) => {
    const call = { client: world.noor.client, query: ORDER, variables: { input: orderInput(world, over) } };
    const error = await expectRefused(app, SCOPE, call, { code });
    const problems = error.extensions.details?.['problems'] as { message: string }[] | undefined;
    expect(problems?.[0]?.message ?? error.message).toContain(message);
  });

  it('is paid by its price and not a cent more, whoever tries at once', async () => {
    const sale = await order(world);
    await paySale(world, sale, 49_999);
    const input = () => ({
      idempotencyKey: randomUUID(),
      saleId: sale.id,
      amount: money(1),
      valueDate: '2026-03-02',
    });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        world.tom.client.ask<{ recordSalePayment: unknown }>(SALE_PAYMENT, { input: input() }),
      ),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors ?? []).map((error) => error.extensions.code)).toEqual([
      'INVALID_STATE',
      'INVALID_STATE',
      'INVALID_STATE',
    ]);
    await expectClean();
  });
});

describe('a unit that cannot be made', () => {
  it('goes back to the pool, and its request to where it stood, also when the person asked again since then', async () => {
    const flow = app.app.get(GrantFlow, { strict: false });
    const unitOfWork = app.app.get(UnitOfWork, { strict: false });
    const carl = await buildPerson(app, 'Carl');
    const first = await ask(world, carl, { needClass: 'urgent' });
    const gift = { productId: world.product.id, tier: 'free', valueDate: '2026-03-02' };
    await world.tom.client.get(GIFT, {
      input: { ...gift, idempotencyKey: randomUUID(), amount: money(12_000) },
    });
    const before = await pools();
    const second = await ask(world, carl, { needClass: 'helpful' });
    const [row] = await app.app
      .get(Database)
      .query<{ id: never }>(`SELECT id FROM freemium.unit_grant WHERE request_id = $1`, [first.id]);
    await unitOfWork.run((tx) => flow.fail(tx, row?.id as never, 'The board split.'));
    const mine = `{ myFreeRequests { id state } }`;
    const states = await carl.client.get<{ myFreeRequests: { id: string; state: string }[] }>(mine);
    // The pool holds the cost, so the request that waits again is granted at once.
    expect(states.myFreeRequests).toEqual([
      { id: second.id, state: 'withdrawn' },
      { id: first.id, state: 'granted' },
    ]);
    expect(await pools()).toEqual(before);
    await expectClean();
    const [again] = await app.app
      .get(Database)
      .query<{ id: never }>(`SELECT id FROM freemium.unit_grant WHERE request_id = $1 AND state = 'held'`, [
        first.id,
      ]);
    await unitOfWork.run((tx) => flow.complete(tx, again?.id as never, 12_000n));
  });
});
