import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  acceptByAll,
  activeContract,
  buildContractWorld,
  eur,
  openContract,
  pledge,
  WITHDRAW_PLEDGE,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import { DEFER, WRITE_OFF, owed, pay, repay } from '../support/builders/obligation.builder.js';
import { SHEET, readSheet, type ShownSheet } from '../support/builders/sheet.builder.js';
import { parseCsv } from '../support/csv.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let trailers: BuiltContract;
let benches: BuiltContract;
let open: BuiltContract;
let treasurer: BuiltPerson;

const MONTHLY = { instalments: 3, firstDueOn: '2026-07-31', everyMonths: 1 };
const fablab = (over: Record<string, unknown> = {}) => ({
  communityId: world.fablab.id,
  side: 'fablab',
  ...over,
});

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  treasurer = await buildMember(app, world.mira, world.fablab, ['treasurer'], 'Tess');
  trailers = await openContract(world, { repayment: MONTHLY });
  await acceptByAll(world, trailers);
  const north = await pledge(world.noor, trailers, world.north, 200_000);
  const south = await pledge(world.sven, trailers, world.south, 100_000);
  for (const amount of [150_000, 50_100]) await pay(world.mira, north.id, amount);
  await pay(world.mira, south.id, 40_000);
  await repay(world.mira, north.id, 66_500);
  const second = await activeContract(world, { title: '=Benches, “long”' });
  benches = second.contract;
  await pay(world.mira, second.pledge.id, 100_001);
  await repay(world.mira, second.pledge.id, 10_000);
  await world.noor.client.get(WRITE_OFF, {
    input: {
      idempotencyKey: randomUUID(),
      pledgeId: second.pledge.id,
      amount: eur(1),
      reason: 'The odd cent.',
    },
  });
  await world.noor.client.get(DEFER, {
    input: {
      idempotencyKey: randomUUID(),
      pledgeId: second.pledge.id,
      reason: 'Rain.',
      ...MONTHLY,
      instalments: 7,
    },
  });
  await repay(world.mira, second.pledge.id, 12_900);
  open = await openContract(world);
  await pledge(world.noor, open, world.north, 5_000);
  const gone = await pledge(world.noor, open, world.north, 7_000);
  await world.noor.client.get(WITHDRAW_PLEDGE, {
    input: { idempotencyKey: randomUUID(), pledgeId: gone.id },
  });
}, 60_000);
afterAll(() => app?.close());

const figures = ({ sheetRows }: ShownSheet) =>
  sheetRows.nodes.map((row) => [
    row.contractRef,
    row.supporter.name,
    row.state,
    ...[row.pledged, row.received, row.awaited, row.repaid, row.forgiven, row.owed].map((each) =>
      BigInt(each.amountMinor),
    ),
  ]);

describe('the sheet of a fablab', () => {
  it('has a row for each pledge, and sums that the ledger agrees with', async () => {
    const sheet = await readSheet(treasurer, fablab());
    expect(figures(sheet)).toEqual([
      [trailers.ref, 'North Village', 'active', 200_000n, 200_100n, 0n, 66_500n, 0n, 133_600n],
      [trailers.ref, 'South Village', 'active', 100_000n, 40_000n, 60_000n, 0n, 0n, 40_000n],
      [benches.ref, 'North Village', 'active', 300_000n, 100_001n, 199_999n, 22_900n, 1n, 77_100n],
      [open.ref, 'North Village', 'pledged', 5_000n, 0n, 0n, 0n, 0n, 0n],
    ]);
    expect(sheet.sheetTotals).toEqual([
      {
        currency: 'EUR',
        pledges: 4,
        pledged: { amountMinor: '605000' },
        received: { amountMinor: '340101' },
        awaited: { amountMinor: '259999' },
        repaid: { amountMinor: '89400' },
        forgiven: { amountMinor: '1' },
        waived: { amountMinor: '0' },
        owed: { amountMinor: '250700' },
        books: { awaited: { amountMinor: '259999' }, owed: { amountMinor: '250700' }, agrees: true },
      },
    ]);
    expect(sheet.sheetChoices).toEqual({
      supporters: [{ name: 'North Village' }, { name: 'South Village' }],
      contracts: [open, benches, trailers].map(({ ref }) => ({ ref })),
    });
  });

  it('says what is due next as the contract’s page does, after deferrals too', async () => {
    const { sheetRows } = await readSheet(treasurer, fablab());
    const shown = await Promise.all(
      [trailers, benches, open].map(async ({ ref }) => (await owed(app.client(), ref)).pledges),
    );
    const due = Object.fromEntries(
      shown
        .flat()
        .map(({ id, obligation: { nextDue } }) => [id, nextDue && [nextDue.dueOn, nextDue.open.amountMinor]]),
    );
    for (const row of sheetRows.nodes)
      expect([row.id, row.due && [row.dueOn, row.due.amountMinor]]).toEqual([row.id, due[row.id]]);
    expect(sheetRows.nodes.map(({ dueOn }) => dueOn)).toEqual([
      '2026-07-31',
      '2026-07-31',
      '2026-08-31',
      null,
    ]);
  });

  it.each([
    ['one contract', () => ({ contractRef: benches.ref }), 1],
    ['one supporter', () => ({ supporterId: world.north.id }), 3],
    ['both', () => ({ contractRef: trailers.ref, supporterId: world.south.id }), 1],
  ])('agrees with the ledger for %s', async (_name, filter, pledges) => {
    const { sheetTotals } = await readSheet(treasurer, fablab({ filter: filter() }));
    expect(sheetTotals).toMatchObject([{ pledges, books: { agrees: true } }]);
  });

  it.each([
    ['withdrawn', { state: 'withdrawn' }, 1],
    ['all', { state: 'all' }, 5],
    ['awaited', { due: 'awaited' }, 2],
    ['owed', { due: 'owed' }, 3],
    ['overdue', { due: 'overdue' }, 0],
  ])('is filtered: %s', async (_name, filter, rows) => {
    expect((await readSheet(treasurer, fablab({ filter }))).sheetRows.nodes).toHaveLength(rows);
  });

  it.each(['contract', 'supporter', 'pledged', 'received', 'owed', 'due'])(
    'is the same list page by page, up and down, by %s',
    async (sort) => {
      for (const descending of [false, true]) {
        const whole = (await readSheet(treasurer, fablab({ sort, descending }))).sheetRows.nodes;
        const pages: string[] = [];
        let after: string | null = null;
        do {
          const { sheetRows }: ShownSheet = await readSheet(
            treasurer,
            fablab({ sort, descending, first: 1, after }),
          );
          pages.push(...sheetRows.nodes.map(({ id }) => id));
          after = sheetRows.pageInfo.hasNextPage ? sheetRows.pageInfo.endCursor : null;
        } while (after);
        expect(pages).toEqual(whole.map(({ id }) => id));
        expect(pages).toHaveLength(4);
        if (sort === 'owed') {
          const owedMinor = whole.map((row) => BigInt(row.owed.amountMinor));
          expect(owedMinor).toEqual(owedMinor.toSorted((a, b) => (a < b === descending ? 1 : -1)));
        }
      }
    },
  );

  it('leads to the account behind what is owed', async () => {
    const { sheetRows } = await readSheet(treasurer, fablab({ filter: { contractRef: trailers.ref } }));
    const { ledgerAccounts } = await treasurer.client.get<{ ledgerAccounts: { id: string; code: string }[] }>(
      'query ($id: ID!) { ledgerAccounts(communityId: $id) { id code } }',
      { id: world.fablab.id },
    );
    const codes = new Map(ledgerAccounts.map(({ id, code }) => [id, code]));
    expect(sheetRows.nodes.map(({ owedAccountId }) => codes.get(owedAccountId ?? ''))).toEqual([
      `liabilities:loans:${world.north.slug}`,
      `liabilities:loans:${world.south.slug}`,
    ]);
  });

  it('is for its treasurers and coordinators, and refuses what is no filter', async () => {
    for (const person of [world.noor, await buildPerson(app, 'Stan')])
      expect((await person.client.refusal(SHEET, fablab())).extensions.code).toBe('FORBIDDEN');
    expect((await app.client().refusal(SHEET, fablab())).extensions.code).toBe('UNAUTHENTICATED');
    const wrong = fablab({ filter: { supporterId: 'nobody' } });
    expect((await treasurer.client.refusal(SHEET, wrong)).extensions.code).toBe('BAD_INPUT');
    const cursor = fablab({ after: Buffer.from('["a","b"]').toString('base64url') });
    expect((await treasurer.client.refusal(SHEET, cursor)).extensions.code).toBe('BAD_INPUT');
  });
});

describe('what a supporter gave', () => {
  it('is one sheet for its members, over all fablabs', async () => {
    const member = await buildMember(app, world.noor, world.north, ['member'], 'Nils');
    const sheet = await readSheet(member, { communityId: world.north.id, side: 'supporter' });
    expect(figures(sheet).map(([ref]) => ref)).toEqual([trailers.ref, benches.ref, open.ref]);
    expect(sheet.sheetTotals).toMatchObject([{ owed: { amountMinor: '210700' }, books: null }]);
    expect(sheet.sheetRows.nodes.every(({ owedAccountId }) => owedAccountId === null)).toBe(true);
    const others = { communityId: world.south.id, side: 'supporter' };
    expect((await member.client.refusal(SHEET, others)).extensions.code).toBe('FORBIDDEN');
  });
});

describe('the sheet as a file', () => {
  const download = (person: BuiltPerson | null, query: string, slug = world.fablab.slug) =>
    (person?.client ?? app.client()).fetch(`/sheet/${slug}.csv${query}`);

  it('holds exactly what is filtered, and no formula', async () => {
    const answer = await download(
      treasurer,
      '?supporter=' + world.north.id + '&due=owed&sort=owed&descending=true',
    );
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[a-z-]+-sheet-2026-03-02\.csv"$/,
    );
    const [head = [], ...rows] = parseCsv(await answer.text());
    const table = rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index], cell])));
    expect(table).toMatchObject([
      {
        contract: trailers.ref,
        supporter: 'North Village',
        pledged: '2000.00',
        received: '2001.00',
        owed: '1336.00',
      },
      { contract: benches.ref, title: "'=Benches, “long”", owed: '771.00', next_due_on: '2026-08-31' },
    ]);
  });

  it('is refused to others with a sentence', async () => {
    expect([(await download(null, '')).status, (await download(world.noor, '')).status]).toEqual([401, 403]);
    expect((await download(treasurer, '?due=soon')).status).toBe(400);
    expect((await download(treasurer, '', 'nowhere')).status).toBe(404);
  });
});
