import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import {
  accept,
  activeContract,
  buildContractWorld,
  openContract,
  pledge,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { moneyInput, owed, pay, repay, REPAY } from '../support/builders/obligation.builder.js';
import {
  acceptTermination,
  acceptTerminationByAll,
  line,
  proposeTermination,
  terminationsOf,
} from '../support/builders/termination.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PLAN = { instalments: 4, firstDueOn: '2027-01-31', everyMonths: 3 };
let app: TestApp;
let world: ContractWorld;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
}, 60_000);
afterAll(() => app?.close());

/** Two supporters: of the first 2,000.00 EUR came in, of the second all of its 1,000.00 EUR. */
async function twoLoans(): Promise<{ contract: BuiltContract; north: BuiltPledge; south: BuiltPledge }> {
  const contract = await openContract(world);
  await accept(world.mira, contract, world.fablab);
  await accept(world.noor, contract, world.north);
  await accept(world.sven, contract, world.south);
  const north = await pledge(world.noor, contract, world.north, 250_000);
  const south = await pledge(world.sven, contract, world.south, 100_000);
  await pay(world.mira, north.id, 200_000);
  await pay(world.mira, south.id, 100_000);
  return { contract, north, south };
}

const viewerCan = async (ref: string, client: ContractWorld['mira']['client']): Promise<string[]> =>
  (
    await client.get<{ contract: { viewerCan: string[] } }>(
      `query ($ref: String!) { contract(ref: $ref) { viewerCan } }`,
      { ref },
    )
  ).contract.viewerCan.filter((deed) => deed.endsWith('Termination'));
const rows = (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  app.app.get(Database).query(sql, values);

describe('a termination by agreement', () => {
  it('is a public proposal that changes nothing until everybody asked has accepted it', async () => {
    const { contract, north, south } = await twoLoans();
    expect(await viewerCan(contract.ref, world.noor.client)).toEqual(['proposeTermination']);
    const proposed = await proposeTermination(world.mira, contract, world.fablab, [
      line(north.id, { repaid: 50_000, due: 150_000, plan: PLAN }),
      line(south.id, { repaid: 40_000, forgiven: 60_000 }),
    ]);
    expect(proposed).toMatchObject({ state: 'active', currentRelease: contract.currentRelease });
    const [termination] = (await terminationsOf(app, contract.ref)).terminations;
    expect(termination).toMatchObject({
      number: 1,
      state: 'proposed',
      reason: 'The saw burned down, and no other can be had.',
      proposedBy: { name: 'Oakmoor Fablab' },
      answers: ['Oakmoor Fablab', 'North Village', 'South Village'].map((name) => ({
        community: { name },
        acceptedAt: null,
        person: null,
      })),
      settlement: [
        { pledgeId: north.id, owed: { amountMinor: '200000' }, plan: PLAN, isChanged: true },
        { pledgeId: south.id, forgiven: { amountMinor: '60000' }, plan: null, isChanged: true },
      ],
    });
    const text = termination?.canonicalJson ?? '';
    expect(createHash('sha256').update(text).digest('hex')).toBe(termination?.sha256);
    expect(JSON.parse(text)).toMatchObject({
      format: 'commonwright.settlement/1',
      contract: contract.ref,
      ends: 1,
      obligations: [
        { supporter: world.north.slug, due: { amountMinor: '150000', currency: 'EUR' }, plan: PLAN },
        { supporter: world.south.slug, forgiven: { amountMinor: '60000', currency: 'EUR' } },
      ],
      unpaid: [{ supporter: world.north.slug, waived: { amountMinor: '50000', currency: 'EUR' } }],
    });
    expect(await viewerCan(contract.ref, world.mira.client)).toEqual([
      'acceptTermination',
      'withdrawTermination',
    ]);
    expect(await viewerCan(contract.ref, world.noor.client)).toEqual([
      'acceptTermination',
      'declineTermination',
    ]);
    await acceptTermination(world.mira, proposed, world.fablab);
    expect(await viewerCan(contract.ref, world.mira.client)).toEqual(['withdrawTermination']);
    expect((await owed(app.client(), contract.ref)).state).toBe('active');
  });

  it('settles everything in one transaction, and what stays due keeps its scrutiny until it is paid', async () => {
    const { contract, north, south } = await twoLoans();
    const proposed = await proposeTermination(world.noor, contract, world.north, [
      line(north.id, { repaid: 50_000, due: 150_000, plan: PLAN }),
      line(south.id, { repaid: 40_000, forgiven: 60_000 }),
    ]);
    const ended = await acceptTerminationByAll(world, proposed);
    expect(ended).toMatchObject({
      state: 'terminated',
      endReason: 'The saw burned down, and no other can be had.',
      currentRelease: { number: 2 },
      terminations: [{ state: 'agreed', endedBy: { name: 'South Village' } }],
    });
    const shown = await owed(world.noor.client, contract.ref);
    expect(shown.pledges).toMatchObject([
      {
        state: 'active',
        viewerCan: ['deferRepayment', 'writeOffLoan'],
        obligation: {
          owed: { amountMinor: '150000' },
          repaid: { amountMinor: '50000' },
          waived: { amountMinor: '50000' },
          outstanding: { amountMinor: '0' },
          nextDue: { dueOn: '2027-01-31', open: { amountMinor: '37500' } },
        },
      },
      {
        state: 'fulfilled',
        viewerCan: [],
        obligation: { owed: { amountMinor: '0' }, forgiven: { amountMinor: '60000' } },
      },
    ]);
    expect(shown.viewerHasScrutiny).toBe(true);
    expect(shown.scrutiny).toMatchObject([
      { state: 'open', sentence: 'Ends after 1,500.00 EUR more is repaid.' },
      { state: 'ended' },
    ]);
    const release = JSON.parse(shown.currentRelease.canonicalJson) as Record<string, unknown>;
    expect(release).toMatchObject({
      release: 2,
      status: 'terminated',
      termination: {
        ends: 1,
        endedOn: '2026-03-02',
        proposal: 1,
        proposalSha256: proposed.terminations[0]?.sha256,
        obligations: [{ supporter: world.north.slug }, { supporter: world.south.slug }],
      },
    });
    expect(release).not.toHaveProperty('closing');
    expect(
      await rows(
        `SELECT kind, sum(e.amount_minor)::text AS moved FROM ledger.transfer t JOIN ledger.entry e ON e.transfer_id = t.id
         WHERE t.reference = $1 AND e.amount_minor > 0 AND kind IN ('repayment', 'write-off', 'waiver') GROUP BY kind ORDER BY kind`,
        [contract.ref],
      ),
    ).toEqual([
      { kind: 'repayment', moved: '90000' },
      { kind: 'waiver', moved: '50000' },
      { kind: 'write-off', moved: '60000' },
    ]);

    const read = async (): Promise<string> =>
      (await (await app.client().fetch(`/registry/contracts/${contract.ref}`)).text())
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ');
    expect(await read()).toContain(
      'North Village 2,000.00 EUR 500.00 EUR 0.00 EUR 1,500.00 EUR 4 parts, one every 3 months from 31 January 2027 on',
    );
    expect(await read()).toContain('North Village – Ends after 1,500.00 EUR more is repaid.');
    await repay(world.mira, north.id, 150_000);
    const closed = await owed(world.noor.client, contract.ref);
    expect(closed).toMatchObject({
      state: 'terminated',
      viewerHasScrutiny: false,
      currentRelease: { number: 3 },
      acceptances: [{ releaseNumber: 1 }, { releaseNumber: 1 }, { releaseNumber: 1 }],
    });
    expect(JSON.parse(closed.currentRelease.canonicalJson)).toMatchObject({
      release: 3,
      status: 'terminated',
      termination: { ends: 1 },
      closing: {
        closes: 1,
        pledges: [
          { returned: { amountMinor: '200000' }, waived: { amountMinor: '50000' } },
          { returned: { amountMinor: '40000' }, forgiven: { amountMinor: '60000' } },
        ],
      },
    });
    const late = await world.mira.client.refusal(REPAY, { input: moneyInput(north.id, 1) });
    expect(late.message).toContain('only what stays due by its settlement');
  });

  it('closes the contract at once when nothing stays due', async () => {
    const { contract, pledge: loan } = await activeContract(world);
    await pay(world.mira, loan.id, 300_000);
    const ended = await acceptTerminationByAll(
      world,
      await proposeTermination(world.sven, contract, world.south, [line(loan.id, { repaid: 300_000 })]),
    );
    expect(ended).toMatchObject({ state: 'terminated', currentRelease: { number: 2 } });
    const { currentRelease, pledges } = await owed(app.client(), contract.ref);
    expect(pledges).toMatchObject([{ state: 'fulfilled' }]);
    expect(JSON.parse(currentRelease.canonicalJson)).toMatchObject({
      status: 'terminated',
      termination: { ends: 1, unpaid: [] },
      closing: { closes: 1, pledges: [{ returned: { amountMinor: '300000' } }] },
    });
  });

  it('waives what was promised and not paid, and tells the workshop', async () => {
    const { contract, pledge: promise } = await activeContract(world);
    const ended = await acceptTerminationByAll(
      world,
      await proposeTermination(world.mira, contract, world.fablab, []),
    );
    expect(ended.state).toBe('terminated');
    expect((await owed(app.client(), contract.ref)).pledges).toMatchObject([
      { id: promise.id, state: 'fulfilled', obligation: { waived: { amountMinor: '300000' } } },
    ]);
    expect(
      await rows(
        `SELECT type, payload FROM platform.outbox WHERE payload->>'ref' = $1 ORDER BY id DESC LIMIT 3`,
        [contract.ref],
      ),
    ).toEqual([
      { type: 'contracting.contract-changed', payload: { ref: contract.ref } },
      {
        type: 'contracting.contract-terminated',
        payload: { contractId: contract.id, ref: contract.ref, fablabId: world.fablab.id },
      },
      {
        type: 'contracting.release-published',
        payload: {
          contractId: contract.id,
          ref: contract.ref,
          number: 2,
          sha256: ended.currentRelease?.sha256,
        },
      },
    ]);
  });
});
