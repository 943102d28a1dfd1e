import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildContractWorld, type ContractWorld } from '../support/builders/contract.builder.js';
import { mixedContract, type MixedContract } from '../support/builders/instrument.builder.js';
import { readSheet } from '../support/builders/sheet.builder.js';
import { parseCsv } from '../support/csv.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let mixed: MixedContract;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  mixed = await mixedContract(world);
}, 60_000);
afterAll(() => app?.close());

const read = (filter: Record<string, unknown> = {}) =>
  readSheet(world.mira, { communityId: world.fablab.id, side: 'fablab', filter });

describe('the sheet over every instrument', () => {
  it('counts hours and goods in their units, says the units owed, and takes the schedule of the pledge’s own offer', async () => {
    const { sheetRows } = await read();
    const byId = new Map(sheetRows.nodes.map((row) => [row.id, row]));
    const none = {
      pledged: { amountMinor: '0' },
      owed: { amountMinor: '0' },
      due: null,
      owedAccountId: null,
    };
    expect(byId.get(mixed.late.id)).toMatchObject({
      instrument: 'loan',
      dueOn: '2027-12-31',
      due: { amountMinor: '100000' },
      goods: null,
      unitsOwed: 0,
      isRepayable: true,
    });
    // 500.00 pay one trailer of 450.00, and 50.00 towards the next.
    expect(byId.get(mixed.units.id)).toMatchObject({
      instrument: 'pre_purchase',
      owed: { amountMinor: '50000' },
      unitsOwed: 1,
      isRepayable: true,
      due: null,
    });
    expect(byId.get(mixed.gift.id)).toMatchObject({
      instrument: 'gift',
      received: { amountMinor: '5000' },
      awaited: { amountMinor: '15000' },
      owed: { amountMinor: '0' },
      isRepayable: false,
      owedAccountId: null,
    });
    expect(byId.get(mixed.labour.id)).toMatchObject({
      ...none,
      instrument: 'labour',
      goods: { item: 'Woodworking', unit: 'h', pledged: '24', received: '0', awaited: '24', returned: '0' },
      unitsOwed: 0,
    });
    expect(byId.get(mixed.tool.id)).toMatchObject({
      ...none,
      goods: { item: 'Band saw', unit: 'piece', pledged: '1', received: '1', awaited: '0', returned: '0' },
    });
  });

  it('sums money alone, and the ledger says the same', async () => {
    expect((await read()).sheetTotals).toEqual([
      {
        currency: 'EUR',
        pledges: 5,
        pledged: { amountMinor: '260000' },
        received: { amountMinor: '155000' },
        awaited: { amountMinor: '105000' },
        repaid: { amountMinor: '0' },
        forgiven: { amountMinor: '0' },
        waived: { amountMinor: '0' },
        owed: { amountMinor: '150000' },
        books: { awaited: { amountMinor: '105000' }, owed: { amountMinor: '150000' }, agrees: true },
      },
    ]);
  });

  it.each([
    ['an instrument', { instrument: 'tool_loan' }, ['tool']],
    ['what is owed, in whatever kind', { due: 'owed' }, ['late', 'units', 'gift', 'tool']],
    ['what has not come', { due: 'awaited' }, ['late', 'units', 'gift', 'labour']],
  ] as const)('is filtered by %s', async (_what, filter, names) => {
    const shown = (await read(filter)).sheetRows.nodes.map(({ id }) => id);
    expect(new Set(shown)).toEqual(new Set(names.map((name) => mixed[name].id)));
  });

  it('gives the same in its file', async () => {
    const answer = await world.mira.client.fetch(`/sheet/${world.fablab.slug}.csv?instrument=tool-loan`);
    const [head = [], ...rows] = parseCsv(await answer.text());
    const table = rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index], cell])));
    expect(table).toMatchObject([
      {
        instrument: 'tool-loan',
        item: 'Band saw',
        unit: 'piece',
        quantity_pledged: '1',
        quantity_received: '1',
        quantity_awaited: '0',
        quantity_owed: '1',
        pledged: '0.00',
        owed: '0.00',
      },
    ]);
  });
});
