import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  acceptByAll,
  activeContract,
  buildContractWorld,
  openContract,
  pledge,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { connect } from '../support/builders/ledger.builder.js';
import { pay, repay } from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
/** Half of it was repaid. */
let half: { contract: BuiltContract; pledge: BuiltPledge };
/** Repaid, while another loan of the contract is open. */
let fulfilled: { contract: BuiltContract; pledge: BuiltPledge };
let completed: { contract: BuiltContract; pledge: BuiltPledge };
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  half = await activeContract(world);
  await pay(world.mira, half.pledge.id, 300_000);
  await repay(world.mira, half.pledge.id, 150_000);
  const contract = await openContract(world);
  await acceptByAll(world, contract);
  fulfilled = { contract, pledge: await pledge(world.noor, contract, world.north, 200_000) };
  await pledge(world.sven, contract, world.south, 100_000);
  await pay(world.mira, fulfilled.pledge.id, 200_000);
  await repay(world.mira, fulfilled.pledge.id, 200_000);
  completed = await activeContract(world);
  await pay(world.mira, completed.pledge.id, 300_000);
  await repay(world.mira, completed.pledge.id, 300_000);
}, 60_000);
afterAll(() => app?.close());

describe.each(['the application’s role', 'the owner of the tables'])('obligations, for %s', (role) => {
  let client: pg.Client;
  beforeAll(async () => {
    client = await connect(role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl);
  });
  afterAll(() => client.end());

  /** Runs statements in a transaction of their own, and says which rule refused them, at once or at commit. */
  async function refusedBy(
    ...statements: readonly (readonly [string, (readonly unknown[])?])[]
  ): Promise<string> {
    try {
      await client.query('BEGIN');
      for (const [sql, values = []] of statements) await client.query(sql, [...values]);
      await client.query('COMMIT');
      return 'nothing';
    } catch (error) {
      await client.query('ROLLBACK');
      return (error as { constraint?: string }).constraint ?? String(error);
    }
  }

  /** An event as somebody could write it by hand; its transfer is another one that exists, used by no event. */
  function event(
    kind: string,
    pledgeId: string,
    amountMinor: number,
    over: Record<string, unknown> = {},
  ): readonly [string, unknown[]] {
    const row = {
      reason: kind === 'repayment' ? null : 'By hand.',
      reversesPayment: null,
      reversesEvent: null,
      ...over,
    };
    return [
      `INSERT INTO contracting.obligation_event
         (id, pledge_id, currency, kind, amount_minor, interest_minor, value_date, reason, rhythm, reverses_payment_id,
          reverses_event_id, transfer_id, recorded_by, recorded_at)
       SELECT gen_random_uuid(), $1, 'EUR', $2, $3, 0, '2026-03-02', $4, NULL, $5, $6, t.id, $7, now()
       FROM ledger.transfer t WHERE t.kind = 'pledge' AND t.state = 'pending' LIMIT 1`,
      [pledgeId, kind, amountMinor, row.reason, row.reversesPayment, row.reversesEvent, world.mira.id],
    ];
  }

  const repaidBy = (amountMinor: number) => event('repayment', half.pledge.id, amountMinor);

  it('never give back more than came in', async () => {
    expect(await refusedBy(repaidBy(150_001))).toBe('pledge_owed_range');
  });

  it('count what was repaid, forgiven and waived from the events alone', async () => {
    for (const column of ['repaid_minor', 'forgiven_minor', 'waived_minor'])
      expect(
        await refusedBy([`UPDATE contracting.pledge SET ${column} = 5 WHERE id = $1`, [half.pledge.id]]),
      ).toBe('pledge_obligation_derived');
  });

  it('keep their events', async () => {
    expect(await refusedBy([`UPDATE contracting.obligation_event SET amount_minor = 1`])).toBe(
      'obligation_event_append_only',
    );
    expect(await refusedBy([`DELETE FROM contracting.obligation_event`])).toBe(
      'obligation_event_append_only',
    );
  });

  it('complete a contract with the last cent, and not later', async () => {
    const fulfil = [
      `UPDATE contracting.pledge SET state = 'fulfilled', ended_at = now() WHERE id = $1`,
      [half.pledge.id],
    ] as const;
    expect(await refusedBy(repaidBy(150_000))).toBe('pledge_fulfilment');
    expect(await refusedBy(repaidBy(150_000), fulfil)).toBe('contract_completion_due');
    expect(await refusedBy(fulfil)).toBe('pledge_fulfilment');
  });

  it('complete no contract before, and none without its closing release', async () => {
    const complete = `UPDATE contracting.contract SET state = 'completed', ended_at = now()`;
    const { id } = half.contract;
    expect(await refusedBy([`${complete} WHERE id = $1`, [id]])).toBe('contract_completed_with_release');
    const closing = [
      `INSERT INTO contracting.release SELECT contract_id, 2, sha256, canonical_json, published_by, now()
       FROM contracting.release WHERE contract_id = $1`,
      [id],
    ] as const;
    const end = `${complete}, accepted_release = 1, current_release = 2 WHERE id = $1`;
    expect(await refusedBy(closing, [end, [id]])).toBe('contract_completion_earned');
  });

  it('are not opened again without a reversal, and not at all after the closing release', async () => {
    const reopen = `UPDATE contracting.pledge SET state = 'active', ended_at = NULL WHERE id = $1`;
    expect(await refusedBy([reopen, [fulfilled.pledge.id]])).toBe('pledge_fulfilment');
    expect(await refusedBy([reopen, [completed.pledge.id]])).toBe('pledge_fulfilment');
    expect(await refusedBy(event('repayment', completed.pledge.id, 1))).toBe('obligation_event_while_active');
    expect(await refusedBy(event('repayment', fulfilled.pledge.id, 1))).toBe(
      'obligation_event_for_binding_pledge',
    );
    expect(
      await refusedBy([
        `UPDATE contracting.contract SET current_release = 1, accepted_release = NULL WHERE id = $1`,
        [completed.contract.id],
      ]),
    ).toBe('contract_accepted_release_fixed');
  });

  it('are reversed by exactly what was recorded, for the same pledge', async () => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM contracting.payment WHERE pledge_id = $1`,
      [half.pledge.id],
    );
    const reversesPayment = rows[0]?.id;
    expect(await refusedBy(event('reversal', half.pledge.id, 1, { reversesPayment }))).toBe(
      'obligation_event_mirrors_reversed',
    );
    expect(await refusedBy(event('reversal', half.pledge.id, 300_000, { reversesPayment }))).toBe(
      'pledge_owed_range',
    );
    expect(await refusedBy(event('reversal', fulfilled.pledge.id, 300_000, { reversesPayment }))).toBe(
      'obligation_event_payment_fkey',
    );
    expect(await refusedBy(event('reversal', half.pledge.id, 1))).toBe('obligation_event_reverses_one');
    expect(await refusedBy(event('write-off', half.pledge.id, 1, { reason: null }))).toBe(
      'obligation_event_reason_given',
    );
    expect(await refusedBy(event('gift', half.pledge.id, 1))).toBe('obligation_event_kind_known');
    expect(await refusedBy(event('repayment', randomUUID(), 1))).toBe('obligation_event_pledge_fkey');
  });
});
