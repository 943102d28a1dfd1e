import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '#ledger';
import { Database } from '#platform';
import {
  acceptByAll,
  activeContract,
  buildContractWorld,
  openContract,
  pledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import {
  REPAY,
  WAIVE,
  moneyInput,
  owed,
  pay,
  repay,
  type OwedPledge,
} from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

const MONTHLY = { instalments: 3, firstDueOn: '2026-07-31', everyMonths: 1 };

async function books(): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { ledgerAccounts(communityId: $id) { code balanceMinor } }`;
  const { ledgerAccounts } = await world.mira.client.get<{
    ledgerAccounts: { code: string; balanceMinor: string }[];
  }>(query, { id: world.fablab.id });
  return Object.fromEntries(ledgerAccounts.map((each) => [each.code, each.balanceMinor]));
}

async function balanceOf(code: string): Promise<bigint> {
  return BigInt((await books())[code] ?? 0);
}

async function ledgerHolds(): Promise<void> {
  expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
}

describe('the whole life of two loans', () => {
  it('goes from the pledges through payments and repayments to the closing release, in one transaction', async () => {
    const contract = await openContract(world, { repayment: MONTHLY });
    await acceptByAll(world, contract);
    const north = await pledge(world.noor, contract, world.north, 200_000);
    expect((await owed(app.client(), contract.ref)).scrutiny).toEqual([
      {
        community: { name: 'North Village' },
        state: 'begins',
        open: { amountMinor: '0' },
        nextDue: null,
        endedOn: null,
        sentence: 'Begins when the first money of the pledge is received.',
      },
    ]);
    const south = await pledge(world.sven, contract, world.south, 100_000);
    // North pays in two parts, and 1.00 EUR too much; South pays a part.
    for (const amount of [150_000, 50_100]) await pay(world.mira, north.id, amount);
    await pay(world.mira, south.id, 40_000);

    const shown = await repay(world.mira, north.id, 66_500);
    expect(shown.obligation).toMatchObject({
      owed: { amountMinor: '133600' },
      interest: { amountMinor: '0' },
      repaid: { amountMinor: '66500' },
      outstanding: { amountMinor: '0' },
      instalments: [
        { number: 1, dueOn: '2026-07-31', amount: { amountMinor: '66700' }, open: { amountMinor: '200' } },
        { number: 2, dueOn: '2026-08-31', amount: { amountMinor: '66700' }, open: { amountMinor: '66700' } },
        { number: 3, dueOn: '2026-09-30', amount: { amountMinor: '66700' }, open: { amountMinor: '66700' } },
      ],
      nextDue: { number: 1, dueOn: '2026-07-31', open: { amountMinor: '200' } },
    });
    expect((await owed(world.noor.client, contract.ref)).scrutiny).toEqual([
      {
        community: { name: 'North Village' },
        state: 'open',
        open: { amountMinor: '133600' },
        nextDue: { dueOn: '2026-07-31', open: { amountMinor: '200' } },
        endedOn: null,
        sentence: 'Ends after 1,336.00 EUR more is repaid.',
      },
      {
        community: { name: 'South Village' },
        state: 'open',
        open: { amountMinor: '40000' },
        nextDue: { dueOn: '2026-07-31', open: { amountMinor: '13333' } },
        endedOn: null,
        sentence: 'Ends after 400.00 EUR more is repaid.',
      },
    ]);

    // The last of North: its scrutiny ends, and the contract goes on.
    expect((await repay(world.mira, north.id, 133_600)).state).toBe('fulfilled');
    expect(await owed(world.noor.client, contract.ref)).toMatchObject({
      state: 'active',
      viewerHasScrutiny: false,
      scrutiny: [
        { state: 'ended', endedOn: '2026-03-02', sentence: 'Ended on 2 March 2026.' },
        { state: 'open' },
      ],
    });
    // All that South paid goes back, but it has promised more.
    await repay(world.mira, south.id, 40_000);
    expect((await owed(world.sven.client, contract.ref)).scrutiny[1]).toMatchObject({
      state: 'paused',
      sentence: 'Nothing is owed now. Begins again if more of the pledge is received.',
    });
    const input = { idempotencyKey: randomUUID(), pledgeId: south.id, reason: 'The wood was cheaper.' };
    const { waivePledge } = await world.mira.client.get<{ waivePledge: OwedPledge }>(WAIVE, { input });
    expect(waivePledge).toMatchObject({
      state: 'fulfilled',
      viewerCan: [],
      obligation: { waived: { amountMinor: '60000' }, outstanding: { amountMinor: '0' } },
    });

    const end = await owed(world.sven.client, contract.ref);
    expect(end).toMatchObject({
      state: 'completed',
      viewerHasScrutiny: false,
      currentRelease: { number: 2 },
      releases: [{ number: 1 }, { number: 2 }],
      acceptances: [{ releaseNumber: 1 }, { releaseNumber: 1 }, { releaseNumber: 1 }],
      scrutiny: [{ state: 'ended' }, { state: 'ended' }],
    });
    const money = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
    const document = JSON.parse(end.currentRelease.canonicalJson) as Record<string, unknown>;
    expect(document).toMatchObject({
      contract: contract.ref,
      release: 2,
      status: 'completed',
      pledges: [{ instrument: 'loan', ...MONTHLY, interestBasisPointsPerYear: 0 }],
      closing: {
        closes: 1,
        endedOn: '2026-03-02',
        pledges: [
          {
            supporter: world.north.slug,
            instrument: 'loan',
            pledged: money('200000'),
            received: money('200100'),
            returned: money('200100'),
            interest: money('0'),
            forgiven: money('0'),
            waived: money('0'),
            firstReceivedOn: '2026-03-01',
            lastReturnedOn: '2026-03-01',
            endedOn: '2026-03-02',
          },
          {
            supporter: world.south.slug,
            pledged: money('100000'),
            received: money('40000'),
            returned: money('40000'),
            waived: money('60000'),
          },
        ],
      },
    });
    const [told] = await app.app.get(Database).query(
      `SELECT payload->>'sha256' AS sha256, c.ended_at = r.published_at AND c.ended_at = p.ended_at AS "atOnce"
         FROM platform.outbox o JOIN contracting.contract c ON c.ref = o.payload->>'ref'
         JOIN contracting.release r ON r.contract_id = c.id AND r.number = 2
         JOIN contracting.pledge p ON p.id = $2
         WHERE type = 'contracting.release-published' AND c.ref = $1 AND payload->>'number' = '2'`,
      [contract.ref, south.id],
    );
    const sha256 = createHash('sha256').update(end.currentRelease.canonicalJson).digest('hex');
    expect(told).toEqual({ sha256, atOnce: true });
    expect(await books()).toEqual({
      'assets:bank': '0',
      [`assets:pledges:${world.north.slug}`]: '0',
      [`assets:pledges:${world.south.slug}`]: '0',
      [`liabilities:pledges:${world.north.slug}`]: '0',
      [`liabilities:pledges:${world.south.slug}`]: '0',
      [`liabilities:loans:${world.north.slug}`]: '0',
      [`liabilities:loans:${world.south.slug}`]: '0',
    });
    await ledgerHolds();
  });
});

describe('the last cent, paid twice at once', () => {
  it('is booked once, and the other one is told', async () => {
    const { contract, pledge: loan } = await activeContract(world);
    await pay(world.mira, loan.id, 300_000);
    await repay(world.mira, loan.id, 299_999);
    const bank = await balanceOf('assets:bank');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        world.mira.client.ask<unknown>(REPAY, { input: moneyInput(loan.id, 1) }),
      ),
    );
    const told = answers.flatMap(({ errors }) => errors ?? []);
    expect(told.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('INVALID_STATE'));
    expect(told[0]?.message).toBe(
      `The contract ${contract.ref} is completed: its closing release is published, and no obligation can be reopened or changed after it.`,
    );
    expect(await balanceOf('assets:bank')).toBe(bank - 1n);
    expect((await owed(app.client(), contract.ref)).releases).toHaveLength(2);
    await ledgerHolds();
  });

  it('of two loans at once completes the contract once', async () => {
    const contract = await openContract(world);
    await acceptByAll(world, contract);
    const north = await pledge(world.noor, contract, world.north, 150_000);
    const south = await pledge(world.sven, contract, world.south, 150_000);
    for (const { id } of [north, south]) await pay(world.mira, id, 150_000);
    const answers = await Promise.all([north, south].map(({ id }) => repay(world.mira, id, 150_000)));
    expect(answers.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled']);
    expect(await owed(app.client(), contract.ref)).toMatchObject({
      state: 'completed',
      releases: [{ number: 1 }, { number: 2 }],
      scrutiny: [{ state: 'ended' }, { state: 'ended' }],
    });
    await ledgerHolds();
  });

  it('is booked once when the very same call comes twice', async () => {
    const { pledge: loan } = await activeContract(world);
    await pay(world.mira, loan.id, 300_000);
    const input = moneyInput(loan.id, 300_000);
    const answers = await Promise.all([1, 2].map(() => world.mira.client.get(REPAY, { input })));
    expect(answers[1]).toEqual(answers[0]);
    await ledgerHolds();
  });
});
