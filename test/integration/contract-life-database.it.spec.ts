import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { CONTRACT_STATES, LapseContracts } from '#contracting';
import { AMENDMENT_STATES, AMENDMENT_TRANSITIONS } from '../../libs/contracting/src/domain/amendment.js';
import {
  DECLINE,
  acceptAmendment,
  declineInput,
  propose,
  type AmendedContract,
} from '../support/builders/amendment.builder.js';
import {
  WITHDRAW,
  acceptByAll,
  activeContract,
  buildContractWorld,
  draftContract,
  openContract,
  pledge,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let draft: BuiltContract;
let open: BuiltContract;
let active: BuiltContract;
let proposed: AmendedContract;
let declined: AmendedContract;
let withdrawn: BuiltContract;
let lapsed: BuiltContract;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
  draft = await draftContract(world);
  open = await openContract(world);
  await acceptByAll(world, open);
  await pledge(world.noor, open, world.north, 100_000);
  active = (await activeContract(world)).contract;
  const other = { mediator: 'The guild of makers' };
  proposed = await propose(world, await openContract(world), other);
  await acceptAmendment(world.mira, proposed, world.fablab);
  declined = await propose(world, await openContract(world), other);
  await world.noor.client.get(DECLINE, { input: declineInput(declined, world.north) });
  withdrawn = await openContract(world);
  await world.mira.client.get(WITHDRAW, {
    input: { idempotencyKey: randomUUID(), contractId: withdrawn.id, reason: 'No wood.' },
  });
  lapsed = await openContract(world, { deadline: '2026-03-03' });
  app.clock.advance({ days: 2 });
  await app.worker?.get(LapseContracts).run();
  app.clock.advance({ days: -2 });
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])('a contract’s life, for %s', (role) => {
  let client: pg.Client;
  beforeAll(async () => {
    client = await connect(role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl);
  });
  afterAll(() => client.end());

  /** Runs the statements in a transaction of their own, and says which rule refused them, at once or at commit. */
  async function refusedBy(...statements: (readonly [string, unknown[]])[]): Promise<string> {
    try {
      await client.query('BEGIN');
      for (const [sql, values] of statements) await client.query(sql, values);
      await client.query('COMMIT');
      return 'nothing';
    } catch (error) {
      await client.query('ROLLBACK');
      return (error as { constraint?: string }).constraint ?? String(error);
    }
  }

  const LAPSE = `UPDATE contracting.contract SET state = 'lapsed', ended_at = $2 WHERE id = $1`;
  const END = `UPDATE contracting.amendment SET state = $2, ended_at = now(), ended_by_community = $3, end_reason = $4
    WHERE contract_id = $1`;
  const IN_FORCE = `UPDATE contracting.contract c SET current_release = 2, terms = a.terms
    FROM contracting.amendment a WHERE c.id = $1 AND a.contract_id = c.id AND a.number = 2`;

  it('knows the same transitions of an amendment as the domain', async () => {
    const { rows } = await client.query<{ was: string; becomes: string }>(
      `SELECT was, becomes FROM unnest($1::text[]) was, unnest($1::text[]) becomes
       WHERE contracting.amendment_step_allowed(was, becomes)`,
      [AMENDMENT_STATES],
    );
    const table = AMENDMENT_TRANSITIONS as Record<string, readonly string[]>;
    const expected = AMENDMENT_STATES.flatMap((was) =>
      (table[was] ?? []).map((becomes) => `${was} ${becomes}`),
    );
    expect(rows.map(({ was, becomes }) => `${was} ${becomes}`).sort()).toEqual(expected.sort());
  });

  it('follows an ended contract by nothing', async () => {
    for (const contract of [withdrawn, lapsed]) {
      const { rows } = await client.query<{ state: string }>(
        `SELECT state FROM contracting.contract WHERE id = $1`,
        [contract.id],
      );
      const was = rows[0]?.state ?? '';
      for (const becomes of CONTRACT_STATES.filter((state) => state !== was))
        expect(
          `${was} ${becomes}: ${await refusedBy([`UPDATE contracting.contract SET state = $2 WHERE id = $1`, [contract.id, becomes]])}`,
        ).toBe(`${was} ${becomes}: contract_transition`);
    }
  });

  it('lapses no contract on its last day, and leaves no pledge waiting', async () => {
    expect(await refusedBy([LAPSE, [open.id, '2026-06-30T23:59:59.999Z']])).toBe('contract_lapse_due');
    expect(await refusedBy([LAPSE, [open.id, '2026-07-01T00:00:00Z']])).toBe('contract_pledges_settled');
    expect(await refusedBy([LAPSE, [active.id, '2026-07-01T00:00:00Z']])).toBe('contract_transition');
  });

  it('puts no release into force that a party has not accepted', async () => {
    expect(
      await refusedBy([END, [proposed.id, 'accepted', world.fablab.id, null]], [IN_FORCE, [proposed.id]]),
    ).toBe('contract_release_agreed');
    expect(await refusedBy([IN_FORCE, [proposed.id]])).toBe('contract_release_agreed');
    expect(await refusedBy([END, [proposed.id, 'accepted', world.fablab.id, null]])).toBe(
      'amendment_in_force',
    );
  });

  it('changes no proposal, and decides none twice', async () => {
    const change = (column: string): [string, unknown[]] => [
      `UPDATE contracting.amendment SET ${column} WHERE contract_id = $1`,
      [proposed.id],
    ];
    for (const column of [`reason = 'Other'`, `terms = '{}'`, `amends = 0`, `proposed_at = now()`])
      expect(await refusedBy(change(column))).toBe('amendment_fixed');
    for (const state of ['proposed', 'accepted', 'closed'])
      expect(
        await refusedBy([
          `UPDATE contracting.amendment SET state = $2, ended_at = now() WHERE contract_id = $1`,
          [declined.id, state],
        ]),
      ).toBe('amendment_transition');
    expect(
      await refusedBy([
        `UPDATE contracting.amendment SET end_reason = 'x' WHERE contract_id = $1`,
        [declined.id],
      ]),
    ).toBe('amendment_fixed');
    expect(await refusedBy([END, [proposed.id, 'declined', world.north.id, null]])).toBe(
      'amendment_end_reason_given',
    );
    expect(await refusedBy([`DELETE FROM contracting.amendment WHERE contract_id = $1`, [proposed.id]])).toBe(
      'amendment_no_delete',
    );
  });

  it('takes a proposal for a published contract only, one at a time, of the release in force', async () => {
    const insert = `INSERT INTO contracting.amendment
        (contract_id, number, amends, state, terms, reason, proposed_by_community, proposed_by, proposed_at)
      VALUES ($1, $2, $3, $4, '{}', 'Why', $5, $6, now())`;
    const by = [world.fablab.id, world.mira.id];
    expect(await refusedBy([insert, [draft.id, 2, 1, 'proposed', ...by]])).toBe('amendment_while_published');
    expect(await refusedBy([insert, [open.id, 3, 2, 'proposed', ...by]])).toBe(
      'amendment_of_release_in_force',
    );
    expect(await refusedBy([insert, [open.id, 2, 1, 'accepted', ...by]])).toBe('amendment_begins_proposed');
    expect(await refusedBy([insert, [open.id, 2, 1, 'proposed', ...by]])).toBe('amendment_release_fkey');
    expect(await refusedBy([insert, [proposed.id, 3, 1, 'proposed', ...by]])).toBe('amendment_one_proposed');
  });

  it('lets an active contract change no term that work or pledges stand on', async () => {
    const set = (path: string, value: string): [string, unknown[]] => [
      `UPDATE contracting.contract SET terms = jsonb_set(terms, $2, $3), current_release = 2 WHERE id = $1`,
      [active.id, path, value],
    ];
    for (const [path, value] of [
      ['{thresholdMinor}', '"1"'],
      ['{deadline}', '"2027-01-01"'],
      ['{currency}', '"SEK"'],
      ['{deliverables,0,quantity}', '5'],
      ['{deliverables,1,unitPriceMinor}', '"1"'],
      ['{receivingCommunityIds}', '[]'],
      ['{repayment}', '{"instalments": 3}'],
    ] as const)
      expect(await refusedBy(set(path, value))).toBe('contract_work_agreed');
    expect(await refusedBy(set('{deliverables,0,dueOn}', '"2027-01-01"'))).toBe(
      'contract_current_release_fkey',
    );
  });
});
