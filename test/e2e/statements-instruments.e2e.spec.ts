import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { buildContractWorld, type ContractWorld } from '../support/builders/contract.builder.js';
import { deliver } from '../support/builders/delivery.builder.js';
import { mixedContract, type MixedContract } from '../support/builders/instrument.builder.js';
import { parseCsv } from '../support/csv.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let mixed: MixedContract;
beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  mixed = await mixedContract(world);
  // A trailer settles 450.00 EUR of the 500.00 that were paid for two.
  await deliver(world, mixed.contract, 1, 1);
}, 60_000);
afterAll(() => app?.close());

async function rows(): Promise<Record<string, string>[]> {
  const answer = await world.noor.client.fetch(`/statements/${world.north.slug}/2026.csv`);
  const [head = [], ...found] = parseCsv(await answer.text());
  return found.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

describe('a statement over every instrument', () => {
  it('lists money, units, and hours and goods, each in its own measure', async () => {
    const shown = (await rows()).map((row) => [
      row['what'],
      row['amount'],
      row['owed'],
      row['item'],
      row['quantity'],
      row['unit'],
    ]);
    expect(shown).toEqual([
      ['Owed at the beginning', '', '0.00', '', '', ''],
      ['Received by the fablab', '500.00', '500.00', '', '', ''],
      ['Given: nothing is returned for it in money', '50.00', '500.00', '', '', ''],
      ['Received by the fablab', '1000.00', '1500.00', '', '', ''],
      ['Returned in units', '-450.00', '1050.00', '', '1', 'units'],
      ['Received by the fablab', '', '', 'Band saw', '1', 'piece'],
      ['Owed at the end', '', '1050.00', '', '', ''],
    ]);
  });

  it('ends with what the ledger holds for the supporter', async () => {
    const [held] = await app.app.get(Database).query<{ owed: string; gifts: string }>(
      `SELECT sum(-e.amount_minor) FILTER (WHERE a.code = ANY ($1))::text AS owed,
              sum(-e.amount_minor) FILTER (WHERE a.code = 'income:gifts')::text AS gifts
       FROM ledger.account a JOIN ledger.entry e ON e.account_id = a.id WHERE e.layer = 'posted'`,
      [[`liabilities:loans:${world.north.slug}`, `liabilities:prepaid:${world.north.slug}`]],
    );
    expect(held).toEqual({ owed: '105000', gifts: '5000' });
    expect((await rows()).at(-1)).toMatchObject({ what: 'Owed at the end', owed: '1050.00' });
  });

  it('is a PDF too', async () => {
    const answer = await world.noor.client.fetch(`/statements/${world.north.slug}/2026.pdf`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});
