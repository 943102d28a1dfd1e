import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { CONTRACT_STATES, PLEDGE_STATES } from '#contracting';
import { CONTRACT_TRANSITIONS, PLEDGE_TRANSITIONS } from '../../libs/contracting/src/domain/contract.js';
import {
  acceptByAll,
  activeContract,
  buildContractWorld,
  draftContract,
  openContract,
  pledge,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let draft: BuiltContract;
let open: BuiltContract;
let waiting: BuiltPledge;
let active: { contract: BuiltContract; pledge: BuiltPledge };
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  draft = await draftContract(world);
  open = await openContract(world);
  await acceptByAll(world, open);
  waiting = await pledge(world.noor, open, world.north, 100_000);
  active = await activeContract(world);
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])(
  'contracting’s tables, for %s',
  (role) => {
    let client: pg.Client;
    beforeAll(async () => {
      client = await connect(
        role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl,
      );
    });
    afterAll(() => client.end());

    /** Runs the statement in a transaction of its own, and says which rule refused it, at once or at commit. */
    async function refusedBy(sql: string, values: unknown[] = []): Promise<string> {
      try {
        await client.query('BEGIN');
        await client.query(sql, values);
        await client.query('COMMIT');
        return 'nothing';
      } catch (error) {
        await client.query('ROLLBACK');
        return (error as { constraint?: string }).constraint ?? String(error);
      }
    }

    it('know the same transitions as the domain', async () => {
      for (const [name, states, table] of [
        ['contract', CONTRACT_STATES, CONTRACT_TRANSITIONS as Record<string, readonly string[]>],
        ['pledge', PLEDGE_STATES, PLEDGE_TRANSITIONS as Record<string, readonly string[]>],
      ] as const) {
        const { rows } = await client.query<{ was: string; becomes: string }>(
          `SELECT was, becomes FROM unnest($1::text[]) was, unnest($1::text[]) becomes WHERE contracting.${name}_step_allowed(was, becomes)`,
          [states],
        );
        const expected = states.flatMap((was) => (table[was] ?? []).map((becomes) => `${was} → ${becomes}`));
        expect(rows.map(({ was, becomes }) => `${was} → ${becomes}`).sort()).toEqual(expected.sort());
      }
    });

    it('refuse every illegal transition of a contract', async () => {
      for (const [id, was] of [
        [draft.id, 'draft'],
        [open.id, 'open'],
        [active.contract.id, 'active'],
      ] as const) {
        const allowed: readonly string[] = CONTRACT_TRANSITIONS[was];
        for (const becomes of CONTRACT_STATES.filter((state) => state !== was && !allowed.includes(state))) {
          expect(
            `${was} → ${becomes}: ${await refusedBy(`UPDATE contracting.contract SET state = $2 WHERE id = $1`, [id, becomes])}`,
          ).toBe(`${was} → ${becomes}: contract_transition`);
        }
      }
    });

    it('refuse an activation that was not earned', async () => {
      const activate = `UPDATE contracting.contract SET state = 'active', activated_at = now() WHERE id = $1`;
      // Every party accepted, but a third of the threshold is pledged, and not yet bound.
      expect(await refusedBy(activate, [open.id])).toBe('contract_pledges_settled');
      const bare = await openContract(world);
      expect(await refusedBy(activate, [bare.id])).toBe('contract_activation_earned');
    });

    it('refuse to leave a contract open whose last condition was met', async () => {
      const due = `WITH transfer AS (
        SELECT ledger.post_transfer(gen_random_uuid(), 'pending', 'pledge', 'By hand', NULL, '2026-03-02', now(), $3, array_agg(id ORDER BY code), '{200000,-200000}') AS id
        FROM ledger.account WHERE code IN ('assets:pledges:' || $4, 'liabilities:pledges:' || $4))
      INSERT INTO contracting.pledge (id, contract_id, community_id, instrument, amount_minor, currency, state, received_minor, transfer_id, pledged_by, pledged_at, offer, contribution, return_kind)
      SELECT gen_random_uuid(), $1, $2, 'loan', 200000, 'EUR', 'pledged', 0, id, $5, now(), 1, 'money', 'money' FROM transfer`;
      expect(
        await refusedBy(due, [open.id, world.north.id, randomUUID(), world.north.slug, world.noor.id]),
      ).toBe('contract_activation_due');
    });

    it.each([
      [`UPDATE contracting.release SET canonical_json = '{}'`, 'release_append_only'],
      [`DELETE FROM contracting.release`, 'release_append_only'],
      [`UPDATE contracting.acceptance SET accepted_at = now()`, 'acceptance_append_only'],
      [`DELETE FROM contracting.acceptance`, 'acceptance_append_only'],
      [`UPDATE contracting.draft_change SET terms = '{}'`, 'draft_change_append_only'],
      [`DELETE FROM contracting.contract`, 'contract_no_delete'],
      [`DELETE FROM contracting.pledge`, 'pledge_no_delete'],
      [`UPDATE contracting.pledge SET amount_minor = amount_minor + 1`, 'pledge_fixed'],
      [`UPDATE contracting.pledge SET received_minor = 5 WHERE state = 'active'`, 'pledge_received_derived'],
      [`UPDATE contracting.contract SET ref = 'CSM-2026-9999' WHERE state = 'active'`, 'contract_fixed'],
      [
        `UPDATE contracting.contract SET terms = jsonb_set(terms, '{thresholdMinor}', '"1"') WHERE state = 'open'`,
        'contract_terms_published',
      ],
      [
        `DELETE FROM contracting.contract_party WHERE contract_id IN (SELECT id FROM contracting.contract WHERE state = 'open')`,
        'contract_party_fixed',
      ],
      [`UPDATE contracting.contract_party SET side = 'receiving'`, 'contract_party_fixed'],
    ])('refuse %s', async (sql, rule) => {
      expect(await refusedBy(sql)).toBe(rule);
    });

    it('refuse a release whose hash is not that of its text', async () => {
      const insert = `INSERT INTO contracting.release VALUES ($1, 2, $2, '{}', $3, now())`;
      expect(await refusedBy(insert, [open.id, 'a'.repeat(64), world.mira.id])).toBe(
        'release_sha256_of_text',
      );
    });

    it('refuse an acceptance of a release that is not there, or by no party', async () => {
      const insert = `INSERT INTO contracting.acceptance VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'coordinator', now())`;
      const hash = open.currentRelease?.sha256;
      expect(await refusedBy(insert, [open.id, 2, hash, world.north.id, world.noor.id])).toBe(
        'acceptance_release_fkey',
      );
      const once = await openContract(world, {
        receivingCommunityIds: [world.north.id],
        deliverables: [
          {
            productVersionId: world.version.id,
            receiverId: world.north.id,
            tier: 'free',
            quantity: 1,
            unitPrice: { amountMinor: '0', currency: 'EUR' },
            dueOn: '2026-09-30',
          },
        ],
      });
      expect(
        await refusedBy(insert, [once.id, 1, once.currentRelease?.sha256, world.south.id, world.sven.id]),
      ).toBe('acceptance_party_fkey');
    });

    it('refuse pledges to what is not open, and payments for what does not bind', async () => {
      const pledged = `INSERT INTO contracting.pledge SELECT gen_random_uuid(), $1, community_id, instrument, amount_minor, currency, 'pledged', 0, transfer_id, NULL, pledged_by, pledged_at FROM contracting.pledge LIMIT 1`;
      for (const contract of [draft, active.contract])
        expect(await refusedBy(pledged, [contract.id])).toBe('pledge_while_open');
      const paid = `INSERT INTO contracting.payment SELECT gen_random_uuid(), $1, 100, 'EUR', '2026-03-02', (SELECT id FROM ledger.transfer LIMIT 1), $2, now()`;
      expect(await refusedBy(paid, [waiting.id, world.mira.id])).toBe('payment_for_binding_pledge');
    });
  },
);
