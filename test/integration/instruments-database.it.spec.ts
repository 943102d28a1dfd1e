import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  buildContractWorld,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  deliver,
  deliveryInput,
  DELIVER,
  openWithOffer,
  pledgeAs,
} from '../support/builders/delivery.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { pay } from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
/** Open, with a pre-purchase offered. */
let open: BuiltContract;
/** Three units were bought and paid for, one was accepted, one waits for an answer. */
let active: BuiltContract;
let bought: string;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  const offer = { instrument: 'pre_purchase', returns: 'units', line: 1 };
  open = await openWithOffer(world, offer);
  active = await openWithOffer(world, offer);
  bought = await pledgeAs(world, active, 'pre_purchase', 135_000);
  await pay(world.mira, bought, 135_000);
  await deliver(world, active, 1, 1);
  await world.mira.client.get(DELIVER, deliveryInput(active, 1, 1));
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])('instruments, for %s', (role) => {
  let client: pg.Client;
  beforeAll(async () => {
    client = await connect(role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl);
  });
  afterAll(() => client.end());

  async function refusedBy(sql: string, values: readonly unknown[] = []): Promise<string> {
    try {
      await client.query('BEGIN');
      await client.query(sql, [...values]);
      await client.query('COMMIT');
      return 'nothing';
    } catch (error) {
      await client.query('ROLLBACK');
      return (error as { constraint?: string }).constraint ?? String(error);
    }
  }

  /** A pledge as somebody could write it by hand. */
  function pledge(over: Record<string, unknown>): Promise<string> {
    const row: Record<string, unknown> = {
      contract_id: open.id,
      community_id: world.north.id,
      instrument: 'labour',
      amount_minor: 0,
      currency: 'EUR',
      state: 'pledged',
      received_minor: 0,
      pledged_by: world.noor.id,
      pledged_at: '2026-03-02',
      offer: 1,
      contribution: 'hours',
      item: 'Woodworking',
      item_key: 'woodworking',
      unit: 'h',
      quantity_milli: 12_000,
      return_kind: 'nothing',
      ...over,
    };
    const columns = Object.keys(row);
    return refusedBy(
      `INSERT INTO contracting.pledge (id, ${columns.join(', ')})
       VALUES (gen_random_uuid(), ${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(row),
    );
  }

  it.each([
    [
      'money for labour',
      { contribution: 'money', item: null, item_key: null, unit: null, quantity_milli: 0 },
      'pledge_contribution_of_instrument',
    ],
    ['hours for a loan', { instrument: 'loan', return_kind: 'money' }, 'pledge_contribution_of_instrument'],
    ['hours with an amount', { amount_minor: 100 }, 'pledge_money'],
    ['hours that are none', { quantity_milli: 0 }, 'pledge_goods'],
    ['hours in no section', { item: null, item_key: null }, 'pledge_goods'],
    ['hours counted in pieces', { unit: 'piece' }, 'pledge_hours_unit'],
    ['money back for labour', { return_kind: 'money' }, 'pledge_return_of_instrument'],
    ['units of no line', { return_kind: 'units', units: 1 }, 'pledge_units_of_return'],
    ['no units in return for units', { return_kind: 'units', line: 1 }, 'pledge_units_of_return'],
    ['units where nothing is returned', { units: 1 }, 'pledge_units_of_return'],
    [
      'free units for labour',
      { return_kind: 'units', line: 1, units: 1, free_units: 1 },
      'pledge_free_units_of_premium',
    ],
    ['hours that came in before it binds', { received_milli: 1 }, 'pledge_begins_empty'],
  ])('are not %s', async (_what, over, rule) => {
    expect(await pledge(over)).toBe(rule);
  });

  it('keep what was promised, and count what came of it from the events alone', async () => {
    for (const [set, rule] of [
      [`units = 9`, 'pledge_deal_fixed'],
      [`unit_price_minor = 1`, 'pledge_deal_fixed'],
      [`return_kind = 'money'`, 'pledge_deal_fixed'],
      [`units_delivered = 3`, 'pledge_obligation_derived'],
      [`units_waived = 1`, 'pledge_obligation_derived'],
      [`redeemed_minor = 0`, 'pledge_obligation_derived'],
      [`returned_milli = 1`, 'pledge_obligation_derived'],
    ])
      expect([set, await refusedBy(`UPDATE contracting.pledge SET ${set} WHERE id = $1`, [bought])]).toEqual([
        set,
        rule,
      ]);
  });

  it('count no unit that was not accepted, none without its price, and no free unit of a purchase', async () => {
    const event = (kind: string, units: number, amountMinor: number, line: number | null = null) =>
      refusedBy(
        `INSERT INTO contracting.obligation_event (id, pledge_id, currency, kind, amount_minor, interest_minor, value_date,
           transfer_id, recorded_by, recorded_at, units, line)
         SELECT gen_random_uuid(), $1, 'EUR', $2, $3, 0, '2026-03-02',
           CASE WHEN $3::bigint > 0 THEN (SELECT id FROM ledger.transfer WHERE kind = 'pledge' LIMIT 1) END, $4, now(), $5, $6`,
        [bought, kind, amountMinor, world.mira.id, units, line],
      );
    expect(await event('units', 1, 45_000)).toBe('obligation_event_units_accepted');
    expect(await event('units', 1, 44_999)).toBe('pledge_redeemed_range');
    expect(await event('units', 4, 180_000)).toBe('pledge_owed_range');
    expect(await event('units', 0, 45_000)).toBe('obligation_event_units_of_kind');
    expect(await event('free-units', 1, 0, 1)).toBe('pledge_free_units_range');
    expect(await event('free-units', 1, 0)).toBe('obligation_event_source_of_free_units');
    expect(await event('unit-waiver', 1, 0)).toBe('obligation_event_reason_given');
  });

  it('deliver within the line, to its receiver, while active; and keep what was said', async () => {
    const delivery = (contractId: string, line: number, receiver: string, quantity: number) =>
      refusedBy(
        `INSERT INTO contracting.delivery VALUES (gen_random_uuid(), $1, $2, $3, $4, '2026-03-02', NULL, $5, now())`,
        [contractId, line, receiver, quantity, world.mira.id],
      );
    expect(await delivery(active.id, 1, world.north.id, 2)).toBe('delivery_within_line');
    expect(await delivery(active.id, 1, world.south.id, 1)).toBe('delivery_of_line');
    expect(await delivery(active.id, 3, world.north.id, 1)).toBe('delivery_of_line');
    expect(await delivery(open.id, 1, world.north.id, 1)).toBe('delivery_while_active');
    expect(await refusedBy(`UPDATE contracting.delivery SET quantity = 1`)).toBe('delivery_append_only');
    expect(await refusedBy(`DELETE FROM contracting.delivery_answer`)).toBe('delivery_answer_append_only');
    expect(
      await refusedBy(
        `INSERT INTO contracting.delivery_answer SELECT delivery_id, true, NULL, $1, now() FROM contracting.delivery_answer`,
        [world.noor.id],
      ),
    ).toBe('delivery_answer_pkey');
    expect(
      await refusedBy(
        `INSERT INTO contracting.delivery_answer SELECT id, false, NULL, $1, now() FROM contracting.delivery d
         WHERE NOT EXISTS (SELECT FROM contracting.delivery_answer a WHERE a.delivery_id = d.id)`,
        [world.noor.id],
      ),
    ).toBe('delivery_answer_reason_given');
  });

  it('end no pledge while units are owed, and sell for contracts that are active only', async () => {
    expect(
      await refusedBy(`UPDATE contracting.pledge SET state = 'fulfilled', ended_at = now() WHERE id = $1`, [
        bought,
      ]),
    ).toBe('pledge_fulfilment');
    expect(
      await refusedBy(
        `INSERT INTO contracting.premium_sale VALUES (gen_random_uuid(), $1, '2026-02-01', '2026-02-28', 1, NULL, $2, now())`,
        [open.id, world.mira.id],
      ),
    ).toBe('premium_sale_while_active');
  });
});
