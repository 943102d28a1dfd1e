import { randomUUID } from 'node:crypto';
import type { TestApp } from '../test-app.js';
import {
  buildProduct,
  buildVersion,
  insertWorkCentres,
  operation,
  type BuiltProduct,
  type BuiltVersion,
} from './catalogue.builder.js';
import {
  buildCommunity,
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from './identity.builder.js';

/** A fablab that sells a bench in three tiers, and a community that buys. */
export interface FreemiumWorld {
  /** Coordinates the fablab. */
  readonly mira: BuiltPerson;
  /** Its treasurer. */
  readonly tom: BuiltPerson;
  readonly fablab: BuiltCommunity;
  readonly product: BuiltProduct;
  readonly version: BuiltVersion;
  /** Coordinates the buying community. */
  readonly noor: BuiltPerson;
  readonly north: BuiltCommunity;
}

export interface BuiltSale {
  readonly id: string;
  readonly ref: string;
  readonly state: string;
  readonly price: { readonly amountMinor: string };
}

const SALE = `id ref state price { amountMinor } paid { amountMinor }`;
export const SHEET = `mutation ($input: PublishCostSheetInput!) { publishCostSheet(input: $input) { id } }`;
export const PLAN = `mutation ($input: PublishTierPlanInput!) { publishTierPlan(input: $input) { id } }`;
export const RULE = `mutation ($input: PublishSplitRuleInput!) { publishSplitRule(input: $input) { id } }`;
export const LIST_RULE = `mutation ($input: PublishListRuleInput!) { publishListRule(input: $input) { id } }`;
export const ORDER = `mutation ($input: OrderUnitsInput!) { orderUnits(input: $input) { ${SALE} } }`;
export const SALE_PAYMENT = `mutation ($input: RecordSalePaymentInput!) { recordSalePayment(input: $input) { ${SALE} } }`;
export const CANCEL_SALE = `mutation ($input: ReverseSaleInput!) { cancelSale(input: $input) { ${SALE} } }`;
export const RETURN_SALE = `mutation ($input: ReverseSaleInput!) { returnSale(input: $input) { ${SALE} } }`;
export const DELIVER_SALE = `mutation ($input: SaleStepInput!) { deliverSale(input: $input) { ${SALE} } }`;
export const GIFT = `mutation ($input: RecordPoolGiftInput!) { recordPoolGift(input: $input) { id } }`;
export const ASK = `mutation ($input: AskForFreeUnitInput!) { askForFreeUnit(input: $input) { id ref state place } }`;
export const WITHDRAW_REQUEST = `mutation ($input: WithdrawRequestInput!) { withdrawRequest(input: $input) { id state place } }`;

export const money = (amountMinor: number | bigint, currency = 'EUR') => ({
  amountMinor: String(amountMinor),
  currency,
});

export const SHARES = {
  sustenance: 3_000,
  reserve: 1_500,
  freePool: 4_000,
  fairPool: 1_000,
  designCommons: 300,
  network: 200,
};

/** Premium 500.00 at a cost of 300.00, a free kit that costs 120.00, and 20.00 of each unit for the makers first. */
export async function buildFreemiumWorld(app: TestApp, currency = 'EUR'): Promise<FreemiumWorld> {
  const mira = await buildPerson(app, 'Mira');
  const fablab = await buildFablab(mira, 'Oakmoor Fablab');
  const tom = await buildMember(app, mira, fablab, ['treasurer'], 'Tom');
  const [saw = ''] = await insertWorkCentres(app, fablab, ['Saw']);
  const product = await buildProduct(mira, fablab, 'Bench');
  const version = await buildVersion(mira, product, [operation('Saw the boards', saw)]);
  const noor = await buildPerson(app, 'Noor');
  const north = await buildCommunity(noor, { name: 'North Village' });
  const world = { mira, tom, fablab, product, version, noor, north };
  await offerIn(world, currency);
  return world;
}

/** Cost sheets, tier plan and split rule of the world's product in one currency. */
export async function offerIn(world: FreemiumWorld, currency: string): Promise<void> {
  const { mira, product, version } = world;
  const sheet = (form: string, minor: number) => ({
    idempotencyKey: randomUUID(),
    productVersionId: version.id,
    form,
    currency,
    lines: [{ kind: 'material', name: 'Ash', quantity: '1', unit: 'm²', unitPrice: money(minor, currency) }],
  });
  await mira.client.get(SHEET, { input: sheet('assembled', 30_000) });
  await mira.client.get(SHEET, { input: sheet('kit', 12_000) });
  await mira.client.get(PLAN, {
    input: {
      idempotencyKey: randomUUID(),
      productVersionId: version.id,
      currency,
      free: { form: 'kit', distinction: 'A kit without finish.' },
      fair: {
        form: 'kit',
        distinction: 'A kit, oiled.',
        floor: money(8_000, currency),
        suggested: money(13_000, currency),
      },
      premium: { form: 'assembled', distinction: 'Made to measure.', price: money(50_000, currency) },
    },
  });
  await mira.client.get(RULE, {
    input: {
      idempotencyKey: randomUUID(),
      productId: product.id,
      currency,
      effectiveFrom: '2026-03-02',
      sustenanceFloor: money(2_000, currency),
      shares: SHARES,
      reason: 'As agreed in the assembly.',
    },
  });
}

/** What `orderUnits` takes for the world's community. */
export function orderInput(
  world: FreemiumWorld,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    idempotencyKey: randomUUID(),
    productVersionId: world.version.id,
    tier: 'premium',
    quantity: 1,
    currency: 'EUR',
    dueOn: '2026-09-30',
    communityId: world.north.id,
    ...over,
  };
}

export async function order(world: FreemiumWorld, over: Record<string, unknown> = {}): Promise<BuiltSale> {
  const input = orderInput(world, over);
  return (await world.noor.client.get<{ orderUnits: BuiltSale }>(ORDER, { input })).orderUnits;
}

export async function paySale(
  world: FreemiumWorld,
  sale: Pick<BuiltSale, 'id'>,
  amountMinor: number,
  currency = 'EUR',
): Promise<BuiltSale> {
  const input = {
    idempotencyKey: randomUUID(),
    saleId: sale.id,
    amount: money(amountMinor, currency),
    valueDate: '2026-03-02',
  };
  const answer = await world.tom.client.get<{ recordSalePayment: BuiltSale }>(SALE_PAYMENT, { input });
  return answer.recordSalePayment;
}

export async function ask(
  world: FreemiumWorld,
  person: BuiltPerson,
  over: Record<string, unknown> = {},
): Promise<{ id: string; ref: string; state: string; place: number | null }> {
  const input = {
    idempotencyKey: randomUUID(),
    productId: world.product.id,
    needClass: 'helpful',
    reason: 'Our kitchen has none.',
    ...over,
  };
  const answer = await person.client.get<{
    askForFreeUnit: { id: string; ref: string; state: string; place: number | null };
  }>(ASK, { input });
  return answer.askForFreeUnit;
}
