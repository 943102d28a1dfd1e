import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  TERMINATION_STATES,
  TERMINATION_TRANSITIONS,
} from '../../libs/contracting/src/domain/termination.js';
import {
  activeContract,
  buildContractWorld,
  openContract,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { pay } from '../support/builders/obligation.builder.js';
import {
  acceptTermination,
  line,
  proposeTermination,
  type EndedContract,
} from '../support/builders/termination.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let open: BuiltContract;
let active: BuiltContract;
let loan: BuiltPledge;
let proposed: EndedContract;
let ended: EndedContract;
let endedLoan: BuiltPledge;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  open = await openContract(world);
  ({ contract: active, pledge: loan } = await activeContract(world));
  await pay(world.mira, loan.id, 300_000);
  proposed = await proposeTermination(world.mira, active, world.fablab, [
    line(loan.id, { repaid: 100_000, forgiven: 200_000 }),
  ]);
  await acceptTermination(world.mira, proposed, world.fablab);
  await acceptTermination(world.sven, proposed, world.south);
  const other = await activeContract(world);
  endedLoan = other.pledge;
  await pay(world.mira, endedLoan.id, 300_000);
  const plan = { instalments: 2, firstDueOn: '2027-01-31', everyMonths: 1 };
  const second = await proposeTermination(world.mira, other.contract, world.fablab, [
    line(endedLoan.id, { due: 300_000, plan }),
  ]);
  await acceptTermination(world.mira, second, world.fablab);
  await acceptTermination(world.noor, second, world.north);
  ended = await acceptTermination(world.sven, second, world.south);
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])('a termination, for %s', (role) => {
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

  const AGREE = `UPDATE contracting.termination SET state = 'agreed', ended_at = now(), ended_by_community = proposed_by_community
    WHERE contract_id = $1`;
  const TERMINATE = `UPDATE contracting.contract SET state = 'terminated', ended_at = now(), end_reason = 'So.',
    accepted_release = current_release WHERE id = $1`;
  const EVENT = `INSERT INTO contracting.obligation_event (id, pledge_id, currency, kind, amount_minor, interest_minor,
      value_date, reason, transfer_id, recorded_by, recorded_at)
    SELECT gen_random_uuid(), p.id, p.currency, $2, $3, 0, '2026-03-02', $4, $5, p.pledged_by, now()
    FROM contracting.pledge p WHERE p.id = $1`;

  it('knows the same transitions as the domain', async () => {
    const { rows } = await client.query<{ was: string; becomes: string }>(
      `SELECT was, becomes FROM unnest($1::text[]) was, unnest($1::text[]) becomes
       WHERE contracting.termination_step_allowed(was, becomes)`,
      [TERMINATION_STATES],
    );
    const table = TERMINATION_TRANSITIONS as Record<string, readonly string[]>;
    const expected = TERMINATION_STATES.flatMap((was) =>
      (table[was] ?? []).map((becomes) => `${was} ${becomes}`),
    );
    expect(rows.map(({ was, becomes }) => `${was} ${becomes}`).sort()).toEqual(expected.sort());
  });

  it('is agreed by nobody in the place of who is asked', async () => {
    expect(await refusedBy([AGREE, [active.id]])).toBe('termination_agreed_by_all');
  });

  it('ends no contract without a settlement that everybody accepted', async () => {
    expect(await refusedBy([TERMINATE, [active.id]])).toBe('contract_closing_release');
    const release = `INSERT INTO contracting.release SELECT contract_id, 99, sha256, canonical_json, published_by, published_at
      FROM contracting.release WHERE contract_id = $1 AND number = 1`;
    const end = `UPDATE contracting.contract SET state = 'terminated', ended_at = now(), end_reason = 'So.',
      accepted_release = 1, current_release = 99 WHERE id = $1`;
    expect(await refusedBy([release, [active.id]], [end, [active.id]])).toBe(
      'contract_terminated_by_settlement',
    );
    expect(
      await refusedBy([`UPDATE contracting.contract SET state = 'terminated' WHERE id = $1`, [open.id]]),
    ).toBe('contract_transition');
  });

  it('keeps its text, its lines and its acceptances', async () => {
    const set = (what: string) => `UPDATE contracting.termination SET ${what} WHERE contract_id = $1`;
    expect(await refusedBy([set(`reason = 'Other.'`), [active.id]])).toBe('termination_fixed');
    expect(await refusedBy([set(`asked = asked[1:2]`), [active.id]])).toBe('termination_fixed');
    expect(await refusedBy([set(`canonical_json = '{}'`), [active.id]])).toBe('termination_fixed');
    expect(await refusedBy([set(`state = 'proposed'`), [ended.id]])).toBe('termination_transition');
    for (const table of ['termination_line', 'termination_acceptance', 'termination'])
      expect(
        await refusedBy([`DELETE FROM contracting.${table} WHERE contract_id = $1`, [active.id]]),
      ).not.toBe('nothing');
  });

  it('loses nothing between the parts of a line', async () => {
    const insert = (columns: string, values: string) =>
      `INSERT INTO contracting.termination_line (contract_id, number, pledge_id, is_changed, ${columns})
       SELECT contract_id, 1, id, false, ${values} FROM contracting.pledge WHERE id = $1`;
    const amounts = 'owed_minor, repaid_minor, forgiven_minor, due_minor, plan';
    expect(await refusedBy([insert(amounts, `3, 1, 0, 1, '{}'`), [loan.id]])).toBe(
      'termination_line_parts_whole',
    );
    expect(await refusedBy([insert(amounts, `3, 1, 0, 2, NULL`), [loan.id]])).toBe(
      'termination_line_plan_of_due',
    );
    expect(await refusedBy([insert(amounts, `3, 1, 2, 0, NULL`), [loan.id]])).toBe(
      'termination_line_forgiving_changes',
    );
    expect(await refusedBy([insert(amounts, `3, 4, 0, -1, NULL`), [loan.id]])).toBe(
      'termination_line_parts_positive',
    );
  });

  it('lets nothing in afterwards, and moves only what stays due', async () => {
    const transfer = randomUUID();
    const payment = `INSERT INTO contracting.payment (id, pledge_id, amount_minor, currency, value_date, transfer_id, recorded_by, recorded_at)
      SELECT gen_random_uuid(), p.id, 1, p.currency, '2026-03-02', $2, p.pledged_by, now()
      FROM contracting.pledge p WHERE p.id = $1`;
    expect(await refusedBy([payment, [endedLoan.id, transfer]])).toBe('payment_before_termination');
    expect(await refusedBy([EVENT, [endedLoan.id, 'waiver', 1, 'So.', transfer]])).toBe(
      'obligation_event_after_termination',
    );
    const fulfil = `UPDATE contracting.pledge SET state = 'fulfilled', ended_at = now() WHERE id = $1`;
    expect(await refusedBy([fulfil, [endedLoan.id]])).toBe('pledge_after_termination');
  });

  it('publishes no closing release while something stays due', async () => {
    const text = '{"closing":{}}';
    const release = `INSERT INTO contracting.release
      SELECT contract_id, 99, encode(sha256(convert_to($2, 'UTF8')), 'hex'), $2, published_by, published_at
      FROM contracting.release WHERE contract_id = $1 AND number = 1`;
    const leaf = `INSERT INTO registry.log_leaf (statement) SELECT format('{"format":"commonwright.leaf/1","kind":"release","number":99,"publishedAt":"2026-03-02T08:00:00.000Z","sha256":"%s","subject":"%s"}',
      encode(sha256(convert_to($2, 'UTF8')), 'hex'), $1::text)`;
    const close = `UPDATE contracting.contract SET current_release = 99 WHERE id = $1`;
    expect(await refusedBy([leaf, [ended.ref, text]], [release, [ended.id, text]], [close, [ended.id]])).toBe(
      'contract_closing_due',
    );
  });
});
