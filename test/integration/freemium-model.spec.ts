import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrantFlow, auditFreemium } from '#freemium';
import { checkLedger } from '#ledger';
import { seededRandom, type DomainError, type Id } from '#kernel';
import { Database, UnitOfWork } from '#platform';
import {
  CANCEL_SALE,
  DELIVER_SALE,
  GIFT,
  RETURN_SALE,
  SALE_PAYMENT,
  SHARES,
  SHEET,
  RULE,
  WITHDRAW_REQUEST,
  ask,
  buildFreemiumWorld,
  money,
  offerIn,
  order,
  type FreemiumWorld,
} from '../support/builders/freemium.builder.js';
import { buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Raise it for a long night. */
const STEPS = Number(process.env['FREEMIUM_MODEL_STEPS'] ?? (process.env['CI'] === 'true' ? 800 : 320));
const SEED = Number(process.env['FREEMIUM_MODEL_SEED'] ?? Date.now() % 1_000_000);
const SESSIONS = 16;
/** Two, none and three decimals. */
const CURRENCIES = ['EUR', 'JPY', 'TND'];

describe(`sales, pools and grants under ${SESSIONS} sessions, seed ${SEED}`, () => {
  let app: TestApp;
  let world: FreemiumWorld;
  let people: BuiltPerson[];
  const sales: { id: string; currency: string; missing: bigint }[] = [];
  const requests: { id: string; person: BuiltPerson }[] = [];
  const refused = new Map<string, number>();

  beforeAll(async () => {
    app = await startTestApp();
    world = await buildFreemiumWorld(app);
    for (const currency of CURRENCIES.slice(1)) await offerIn(world, currency);
    people = await Promise.all(Array.from({ length: 6 }, (_, index) => buildPerson(app, `Person ${index}`)));
  }, 90_000);
  afterAll(() => app?.close(), 60_000);

  type Draw = (below: number) => number;
  const pick = <Item>(draw: Draw, items: readonly Item[]): Item | undefined => items[draw(items.length)];

  async function pay(draw: Draw): Promise<void> {
    const sale = pick(draw, sales);
    if (!sale) return;
    // Half of the time the rest, else any part, now and then more than is missing.
    const rest = sale.missing > 0n ? sale.missing : 1n;
    const amount = draw(2) === 0 ? rest : BigInt(1 + draw(40_000));
    const input = {
      idempotencyKey: randomUUID(),
      saleId: sale.id,
      amount: money(amount, sale.currency),
      valueDate: '2026-03-02',
    };
    const { data } = await send(world.tom, SALE_PAYMENT, input);
    if (data) sale.missing -= amount;
  }

  /** Sends a command; a refusal is an answer like another, and anything else that fails is not. */
  async function send(person: BuiltPerson, query: string, input: Record<string, unknown>) {
    const answer = await person.client.ask<unknown>(query, { input });
    for (const error of answer.errors ?? []) {
      const code = error.extensions.code;
      refused.set(code, (refused.get(code) ?? 0) + 1);
      if (code === 'INTERNAL') throw new Error(`A command failed: ${error.message}`);
    }
    return answer;
  }

  async function settleSomeGrant(draw: Draw): Promise<void> {
    const held = await app.app
      .get(Database)
      .query<{ id: Id<'unitGrant'> }>(
        `SELECT id FROM freemium.unit_grant WHERE state = 'held' AND tier = 'free'`,
        [],
      );
    const grant = pick(draw, held);
    if (!grant) return;
    const flow = app.app.get(GrantFlow, { strict: false });
    await app.app
      .get(UnitOfWork, { strict: false })
      .run((tx) =>
        draw(4) === 0
          ? flow.fail(tx, grant.id, 'The board split.')
          : flow.complete(tx, grant.id, BigInt(draw(15_000))),
      )
      .catch((error: unknown) => {
        // Two sessions settled the same grant: one is told.
        if ((error as DomainError).code !== 'INVALID_STATE') throw error;
      });
  }

  async function step(draw: Draw): Promise<void> {
    const choice = draw(100);
    const currency = pick(draw, CURRENCIES) ?? 'EUR';
    if (choice < 20) {
      const fair = draw(3) === 0;
      const unitPrice = money(8_000 + draw(6_000), currency);
      const sale = await order(world, {
        currency,
        quantity: 1 + draw(3),
        ...(fair && { tier: 'fair', unitPrice }),
      });
      sales.push({ id: sale.id, currency, missing: BigInt(sale.price.amountMinor) });
    } else if (choice < 55) await pay(draw);
    else if (choice < 63) {
      const person = pick(draw, people) as BuiltPerson;
      const needClass = pick(draw, ['urgent', 'essential', 'helpful']);
      const asked = await ask(world, person, { needClass }).catch(() => null);
      if (asked) requests.push({ id: asked.id, person });
    } else if (choice < 66) {
      const request = pick(draw, requests);
      if (request)
        await send(request.person, WITHDRAW_REQUEST, { idempotencyKey: randomUUID(), requestId: request.id });
    } else if (choice < 74) {
      await send(world.tom, GIFT, {
        idempotencyKey: randomUUID(),
        productId: world.product.id,
        tier: pick(draw, ['free', 'fair']),
        amount: money(1 + draw(9_000), currency),
        valueDate: '2026-03-02',
      });
    } else if (choice < 84) await settleSomeGrant(draw);
    else if (choice < 97) {
      const query = pick(draw, [CANCEL_SALE, RETURN_SALE, DELIVER_SALE]) as string;
      const sale = pick(draw, sales);
      const reason = query === DELIVER_SALE ? {} : { reason: 'The buyer changed their mind.' };
      if (sale) await send(world.tom, query, { idempotencyKey: randomUUID(), saleId: sale.id, ...reason });
    } else await changeSomething(draw, currency);
  }

  /** What a unit costs, or from some day on the split. */
  async function changeSomething(draw: Draw, currency: string): Promise<void> {
    const key = { idempotencyKey: randomUUID() };
    if (draw(2) === 0) {
      const line = { kind: 'material', name: 'Ash', quantity: '1', unit: 'm²' };
      await send(world.mira, SHEET, {
        ...key,
        productVersionId: world.version.id,
        form: 'kit',
        currency,
        lines: [{ ...line, unitPrice: money(9_000 + draw(6_000), currency) }],
      });
      return;
    }
    const freePool = draw(5_000);
    await send(world.mira, RULE, {
      ...key,
      productId: world.product.id,
      currency,
      effectiveFrom: `2026-${String(4 + draw(8)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`,
      sustenanceFloor: money(draw(3_000), currency),
      shares: { ...SHARES, freePool, reserve: SHARES.reserve + SHARES.freePool - freePool },
      reason: 'The assembly decided so.',
    });
  }

  it('keep every cent: split, attributed, never below zero, and the same when all is done anew', async () => {
    await Promise.all(
      Array.from({ length: SESSIONS }, async (_, session) => {
        const random = seededRandom(SEED * 31 + session);
        const draw: Draw = (below) =>
          below === 0 ? 0 : new DataView(random.bytes(4).buffer).getUint32(0) % below;
        for (let done = 0; done < STEPS / SESSIONS; done += 1) await step(draw);
      }),
    );
    await app.settle();
    const database = app.app.get(Database);
    const { check, findings } = await auditFreemium(database);
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ driftMinor: 0n, unattributedMinor: 0n });
    expect(check.sales).toBe(sales.length);
    expect(check.grants).toBeGreaterThan(0);
    expect(refused.get('INVALID_STATE')).toBeGreaterThan(0);
    expect(await checkLedger(database)).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
    const [pools] = await database.query<{ taken: bigint; left: bigint; cost: bigint }>(
      `SELECT (SELECT sum(amount_minor) FROM freemium.pool_lot)::bigint AS taken,
              (SELECT sum(available_minor) FROM freemium.pool)::bigint AS left,
              (SELECT coalesce(sum(coalesce(spent_minor, held_minor)), 0) FROM freemium.unit_grant)::bigint AS cost`,
      [],
    );
    expect((pools?.cost ?? 0n) + (pools?.left ?? 0n) <= (pools?.taken ?? 0n)).toBe(true);
    expect(pools?.left ?? -1n).toBeGreaterThanOrEqual(0n);
  }, 300_000);
});
