import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  ask,
  buildFreemiumWorld,
  order,
  paySale,
  type FreemiumWorld,
} from '../support/builders/freemium.builder.js';
import { buildPerson } from '../support/builders/identity.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: FreemiumWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildFreemiumWorld(app);
  await ask(world, await buildPerson(app, 'Ana'));
  for (let count = 0; count < 2; count += 1) await paySale(world, await order(world), 50_000);
  await order(world);
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])('pools, for %s', (role) => {
  let client: pg.Client;
  beforeAll(async () => {
    client = await connect(role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl);
  });
  afterAll(() => client.end());

  /** The rule that refused statements in a transaction of their own, at once or at commit. */
  async function refusedBy(...statements: readonly string[]): Promise<string> {
    try {
      await client.query('BEGIN');
      for (const sql of statements) await client.query(sql);
      await client.query('COMMIT');
      return 'nothing';
    } catch (error) {
      await client.query('ROLLBACK');
      const { constraint, message } = error as { constraint?: string; message: string };
      return constraint ?? message;
    }
  }

  const DRAW = `INSERT INTO freemium.pool_draw (id, lot_id, grant_id, amount_minor, drawn_at)
    SELECT '${randomUUID()}', l.id, g.id, 1, now() FROM freemium.pool_lot l, freemium.unit_grant g`;

  it.each([
    ['a pool that is set by hand', [`UPDATE freemium.pool SET available_minor = 0`], 'pool_counted'],
    ['a lot that is set by hand', [`UPDATE freemium.pool_lot SET drawn_minor = 0`], 'pool_lot_counted'],
    [
      'a lot of another amount',
      [`UPDATE freemium.pool_lot SET amount_minor = amount_minor + 1`],
      'pool_lot_kept',
    ],
    ['a lot that is deleted', [`DELETE FROM freemium.pool_lot`], 'pool_lot_kept'],
    ['a sale that is paid by hand', [`UPDATE freemium.sale SET paid_minor = 0`], 'sale_counted'],
    [
      'a split that is changed',
      [`UPDATE freemium.sale_payment SET free_pool_minor = free_pool_minor + 1, cost_minor = cost_minor - 1`],
      'sale_payment_never_changes',
    ],
    [
      'a rule that is changed',
      [`UPDATE freemium.split_rule SET free_pool_share = 0, reserve_share = reserve_share + free_pool_share`],
      'split_rule_never_changes',
    ],
    [
      'a rule that shares out more than there is',
      [
        `INSERT INTO freemium.split_rule SELECT gen_random_uuid(), product_id, fablab_id, 2, currency, '2030-01-01', 0,
           10000, 1, 0, 0, 0, 0, 'More', published_by, published_at FROM freemium.split_rule`,
      ],
      'split_rule_shares_whole',
    ],
    [
      'a rule that reaches back',
      [
        `INSERT INTO freemium.split_rule SELECT gen_random_uuid(), product_id, fablab_id, 2, currency, '2020-01-01', 0,
           10000, 0, 0, 0, 0, 0, 'Back', published_by, published_at FROM freemium.split_rule`,
      ],
      'split_rule_ahead',
    ],
    [
      'a grant that was drawn for, and costs less than that',
      [`${DRAW} WHERE l.tier = 'free' AND l.drawn_minor < l.amount_minor LIMIT 1`],
      'pool_draw_pays_grant',
    ],
    [
      'a grant that draws on another pool',
      [`${DRAW} WHERE l.tier = 'fair' LIMIT 1`],
      'pool_draw_of_own_pool',
    ],
    [
      'more drawn than a lot holds',
      [`${DRAW.replace(', 1,', ', 99999999,')} WHERE l.tier = 'free' LIMIT 1`],
      'pool_lot_drawn_range',
    ],
    [
      'a grant that spent what nothing paid for',
      [`UPDATE freemium.unit_grant SET state = 'made', spent_minor = held_minor - 1, overrun_minor = 0`],
      'unit_grant_is_paid_for',
    ],
    [
      'a sale that is cancelled and keeps its money',
      [`UPDATE freemium.sale SET state = 'cancelled' WHERE state = 'paid'`],
      'sale_reversed_whole',
    ],
    [
      'a step that is not there',
      [`UPDATE freemium.sale SET state = 'ordered' WHERE state = 'paid'`],
      'sale_legal_step',
    ],
    [
      'a payment whose share of the pool is no lot',
      [
        `INSERT INTO freemium.sale_payment SELECT gen_random_uuid(), s.id, 1, '2026-03-02', 0, 0, 0, 1, 0, 0, 0, 0,
           g.hold_transfer_id, NULL, 0, 0, NULL, now() FROM freemium.sale s, freemium.unit_grant g
         WHERE s.state = 'ordered'`,
      ],
      'sale_payment_shares_are_lots',
    ],
  ])('refuses %s', async (_what, statements, rule) => {
    expect(await refusedBy(...statements)).toContain(rule);
  });
});

describe('published rules', () => {
  it('cannot be truncated, not even by the owner of the tables', async () => {
    const client = await connect(app.database.ownerUrl);
    try {
      await expect(client.query(`TRUNCATE freemium.split_rule CASCADE`)).rejects.toThrow('is append-only');
    } finally {
      await client.end();
    }
  });
});

describe('the API', () => {
  it('has no mutation that takes money out of a pool', async () => {
    const query = `{ __schema { mutationType { fields { name } } } }`;
    const answer = await world.mira.client.get<{
      __schema: { mutationType: { fields: { name: string }[] } };
    }>(query);
    const names = answer.__schema.mutationType.fields.map(({ name }) => name);
    // Every mutation that names a pool, a grant or a transfer, and what it may do; a new one must be thought about.
    const near = names.filter((name) => /pool|grant|transfer|entry|account|book/i.test(name));
    expect(near.sort()).toEqual(['deliverGrant', 'grantQualification', 'recordPoolGift']);
  });
});
