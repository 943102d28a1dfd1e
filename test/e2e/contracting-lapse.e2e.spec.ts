import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LapseContracts } from '#contracting';
import { checkLedger } from '#ledger';
import { Database } from '#platform';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { connect } from '../support/builders/ledger.builder.js';
import {
  ACCEPT,
  PLEDGE,
  WITHDRAW,
  acceptByAll,
  acceptInput,
  activeContract,
  buildContractWorld,
  draftContract,
  openContract,
  pledge,
  pledgeInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { PROPOSE, propose, proposeInput } from '../support/builders/amendment.builder.js';
import { digestOf, expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The relay may write its marks at any time; everything else must stay as it was. */
const SCOPE = {
  schemas: ['contracting', 'ledger', 'platform'],
  except: ['platform.outbox', 'platform.outbox_reaction'],
};
const LAST_DAY = '2026-03-10';

let app: TestApp;
let world: ContractWorld;
let lapses: LapseContracts;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
  lapses = app.worker?.get(LapseContracts) as LapseContracts;
}, 60_000);
afterAll(() => app?.close());

const CONTRACT = `query ($ref: String!) { contract(ref: $ref) { state endReason viewerCan
  pledges { state amount { amountMinor } } releases { number status } funding { pledged { amountMinor } } } }`;

async function page(ref: string): Promise<Record<string, unknown>> {
  return (await app.client().get<{ contract: Record<string, unknown> }>(CONTRACT, { ref })).contract;
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.app.get(Database).query(sql, values);
}

/** An open contract until the last day, that all accepted and for which a third is pledged. */
async function waiting(): Promise<BuiltContract> {
  const contract = await openContract(world, { deadline: LAST_DAY });
  await acceptByAll(world, contract);
  await pledge(world.noor, contract, world.north, 80_000);
  await pledge(world.sven, contract, world.south, 20_000);
  return contract;
}

/** Does it on the given moment, and puts the clock back. */
async function at<Result>(moment: string, work: () => Promise<Result>): Promise<Result> {
  const seconds = (Date.parse(moment) - app.clock.now().getTime()) / 1000;
  app.clock.advance({ seconds });
  try {
    return await work();
  } finally {
    app.clock.advance({ seconds: -seconds });
  }
}

describe('a contract past its deadline', () => {
  it('is open until the last second of its day in UTC, and lapses with the next one', async () => {
    const contract = await waiting();
    expect(await at('2026-03-10T23:59:50.000Z', () => lapses.run())).toBe(0);
    expect((await page(contract.ref))['state']).toBe('open');
    const [before] = await rows(`SELECT count(*)::int AS n FROM contracting.release`);
    expect(await at('2026-03-11T00:00:00.000Z', () => lapses.run())).toBe(1);
    expect(await page(contract.ref)).toEqual({
      state: 'lapsed',
      endReason: null,
      viewerCan: [],
      pledges: [
        { state: 'voided', amount: { amountMinor: '80000' } },
        { state: 'voided', amount: { amountMinor: '20000' } },
      ],
      releases: [{ number: 1, status: 'in_force' }],
      funding: { pledged: { amountMinor: '0' } },
    });
    expect(await rows(`SELECT count(*)::int AS n FROM contracting.release`)).toEqual([before]);
    expect(
      await rows(
        `SELECT t.state, t.description FROM contracting.pledge p JOIN ledger.transfer t ON t.id = p.ending_transfer_id
         WHERE p.contract_id = $1`,
        [contract.id],
      ),
    ).toEqual(
      Array(2).fill({ state: 'expired', description: `Pledge to ${contract.ref} ends with its deadline` }),
    );
    expect(
      await rows(
        `SELECT type, payload FROM platform.outbox WHERE type LIKE '%lapsed' AND payload->>'ref' = $1`,
        [contract.ref],
      ),
    ).toEqual([
      {
        type: 'contracting.contract-lapsed',
        payload: { contractId: contract.id, ref: contract.ref, deadline: LAST_DAY },
      },
    ]);
    expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
  });

  it('lapses once, and nothing can be done with it afterwards', async () => {
    const contract = await waiting();
    await at('2026-03-11T06:00:00.000Z', () => lapses.run());
    const before = await digestOf(app, SCOPE.schemas, SCOPE.except);
    expect(await at('2026-03-12T06:00:00.000Z', () => lapses.run())).toBe(0);
    expect(await digestOf(app, SCOPE.schemas, SCOPE.except)).toEqual(before);
    const late = proposeInput(world, contract, { deadline: '2026-04-30' });
    for (const [person, query, input] of [
      [world.noor, PLEDGE, pledgeInput(contract, world.north, 300_000)],
      [world.noor, ACCEPT, acceptInput(contract, world.north)],
      [world.mira, PROPOSE, late],
      [
        world.mira,
        WITHDRAW,
        { idempotencyKey: late['idempotencyKey'], contractId: contract.id, reason: 'Late.' },
      ],
    ] as const) {
      const call = { client: person.client, query, variables: { input } };
      await expectRefused(app, SCOPE, call, { code: 'INVALID_STATE', message: 'is lapsed' });
    }
  });

  it('is left alone when it is a draft, active or withdrawn', async () => {
    const draft = await draftContract(world, { deadline: LAST_DAY });
    const { contract } = await activeContract(world, { deadline: LAST_DAY });
    expect(await at('2026-03-11T06:00:00.000Z', () => lapses.run())).toBe(0);
    expect(await rows(`SELECT state FROM contracting.contract WHERE id = $1`, [draft.id])).toEqual([
      { state: 'draft' },
    ]);
    expect((await page(contract.ref))['state']).toBe('active');
  });

  it('closes the proposal that nobody had decided', async () => {
    const contract = await waiting();
    await propose(world, contract, { deadline: '2026-04-30' });
    await at('2026-03-11T06:00:00.000Z', () => lapses.run());
    expect((await page(contract.ref))['releases']).toEqual([
      { number: 1, status: 'in_force' },
      { number: 2, status: 'closed' },
    ]);
  });
});

describe('the worker', () => {
  it('looks for contracts past their deadline as soon as it starts', async () => {
    const { ref } = await waiting();
    await at('2026-03-11T06:00:00.000Z', async () => {
      const started = await createWorker({ config: app.config, clock: app.clock });
      for (let tries = 0; (await page(ref))['state'] === 'open' && tries < 100; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
      await started.close();
    });
    expect((await page(ref))['state']).toBe('lapsed');
  });
});

describe('at the same time', () => {
  it('two workers end each contract once', async () => {
    const contracts = [await waiting(), await waiting(), await waiting()];
    const second = await createWorker({ config: app.config, clock: app.clock });
    const done = await at('2026-03-11T06:00:00.000Z', () =>
      Promise.all([lapses.run(), second.get(LapseContracts).run(), lapses.run()]),
    );
    await second.close();
    expect(done.reduce((sum, each) => sum + each, 0)).toBe(3);
    for (const { ref } of contracts) expect((await page(ref))['state']).toBe('lapsed');
  });

  it('of the pledge that would activate it and the lapse, one wins, and the other sees it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const contract = await waiting();
      // The pledge is made within the last day; the lapse is asked for when the day is over.
      const pledged = world.noor.client
        .get(PLEDGE, { input: pledgeInput(contract, world.north, 200_000) })
        .then(
          () => 'active',
          () => 'lapsed',
        );
      if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, round * 5));
      await at('2026-03-11T06:00:00.000Z', () => lapses.run());
      const winner = await pledged;
      await at('2026-03-11T06:00:00.000Z', () => lapses.run());
      const shown = await page(contract.ref);
      expect(shown['state']).toBe(winner);
      const states = (shown['pledges'] as { state: string }[]).map(({ state }) => state);
      expect(states).toEqual(winner === 'active' ? Array(3).fill('active') : Array(2).fill('voided'));
    }
    expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
  });

  it('a worker that is killed in the middle leaves the contract whole, and the next round ends it', async () => {
    const contract = await waiting();
    const scope = ['contracting', 'ledger'];
    const before = await digestOf(app, scope);
    const blocker = await connect(app.database.ownerUrl);
    // A session of the application's own role, which may end the worker's backend.
    const killer = await connect(app.database.appUrl);
    await blocker.query('BEGIN');
    // The last pledge cannot be written, so the worker stands in the middle when its backend is killed.
    await blocker.query(
      `SELECT 1 FROM contracting.pledge WHERE contract_id = $1 AND amount_minor = 20000 FOR UPDATE`,
      [contract.id],
    );
    const run = at('2026-03-11T06:00:00.000Z', () => lapses.run());
    const killed = async (): Promise<boolean> => {
      const { rows: found } = await killer.query<{ killed: boolean }>(
        `SELECT pg_terminate_backend(pid) AS killed FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE contracting.pledge%'`,
      );
      return found.length > 0;
    };
    for (let tries = 0; !(await killed()) && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await run).toBe(0);
    await blocker.query('ROLLBACK');
    await Promise.all([blocker.end(), killer.end()]);
    expect(await digestOf(app, scope)).toEqual(before);
    expect(await at('2026-03-11T06:00:00.000Z', () => lapses.run())).toBe(1);
    expect((await page(contract.ref))['state']).toBe('lapsed');
  });
});
