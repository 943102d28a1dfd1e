import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLedger } from '#ledger';
import { Database } from '#platform';
import {
  activeContract,
  buildContractWorld,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import {
  APPLY,
  UNDO,
  apply,
  importTable,
  applyInput,
  preview,
  undo,
  undoInput,
  upload,
  type BuiltImport,
} from '../support/builders/import.builder.js';
import { owed, pay, type OwedPledge } from '../support/builders/obligation.builder.js';
import { digestOf, expectRefused } from '../support/refusal.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let treasurer: BuiltPerson;
const SCOPE = { schemas: ['contracting', 'ledger', 'platform'] };

beforeAll(async () => {
  app = await startTestApp({ worker: false });
  world = await buildContractWorld(app);
  treasurer = await buildMember(app, world.mira, world.fablab, ['treasurer'], 'Tess');
}, 60_000);
afterAll(() => app?.close());

const pledgeOf = async (ref: string, id: string): Promise<OwedPledge> => {
  const found = (await owed(app.client(), ref)).pledges.find((each) => each.id === id);
  if (!found) throw new Error(`${ref} has no pledge ${id}.`);
  return found;
};
async function paidContract(): Promise<{ contract: BuiltContract; pledge: BuiltPledge; text: string }> {
  const { contract, pledge } = await activeContract(world, { title: `Trailers ${randomUUID()}` });
  const text = importTable([
    `North Village;${contract.ref};3.000,00;1.000,00;10.01.2026;;;first`,
    `north village;${contract.ref};;1.500,50;11.02.2026;200,00;20.02.2026;=HYPERLINK("x")`,
  ]);
  return { contract, pledge, text };
}

async function ledgerHolds(): Promise<void> {
  expect(await checkLedger(app.app.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
}

describe('a table of past payments', () => {
  it('is previewed without a trace, applied as a whole with its value dates, and undone by reversals', async () => {
    const { contract, pledge, text } = await paidContract();
    const { id } = await upload(treasurer, world.fablab, text);
    const before = await digestOf(app, SCOPE.schemas);
    const seen = await preview(treasurer, id);
    expect(seen).toMatchObject({
      asksDateOrder: false,
      unknownSupporters: [],
      counts: { rows: 2, ready: 2, exists: 0, problem: 0, leftOut: 0 },
      sums: [
        { kind: 'payment', count: 2, amount: { amountMinor: '250050' } },
        { kind: 'repayment', count: 1, amount: { amountMinor: '20000' } },
      ],
    });
    expect(await digestOf(app, SCOPE.schemas)).toEqual(before);

    const done = await apply(treasurer, id);
    expect(done.state).toBe('applied');
    expect(done.made.map(({ row, kind }) => [row, kind])).toEqual([
      [2, 'payment'],
      [3, 'payment'],
      [3, 'repayment'],
    ]);
    const paid = await pledgeOf(contract.ref, pledge.id);
    expect(paid.obligation).toMatchObject({
      owed: { amountMinor: '230050' },
      repaid: { amountMinor: '20000' },
    });
    const dates = await app.app.get(Database).query(
      `SELECT to_char(t.value_date, 'YYYY-MM-DD') AS day FROM ledger.transfer t JOIN contracting.payment y ON y.transfer_id = t.id
       WHERE y.pledge_id = $1 ORDER BY 1`,
      [pledge.id],
    );
    expect(dates).toEqual([{ day: '2026-01-10' }, { day: '2026-02-11' }]);
    await ledgerHolds();

    // The same table again: every row is known.
    const again = await upload(treasurer, world.fablab, text);
    expect((await preview(treasurer, again.id)).counts).toMatchObject({ ready: 0, exists: 2, problem: 0 });
    await expectRefused(
      app,
      SCOPE,
      { client: treasurer.client, query: APPLY, variables: { input: await applyInput(treasurer, again.id) } },
      { code: 'INVALID_STATE', message: 'Every row stands in the books already' },
    );

    expect(await undo(treasurer, id)).toMatchObject({
      state: 'undone',
      undoReason: 'It was the table of last year.',
    });
    const back = await pledgeOf(contract.ref, pledge.id);
    expect(back).toMatchObject({
      received: { amountMinor: '0' },
      obligation: { owed: { amountMinor: '0' } },
    });
    expect(
      back.obligation.events.filter(({ kind }) => kind === 'reversal').map(({ reason }) => reason),
    ).toEqual(Array(3).fill('It was the table of last year.'));
    await ledgerHolds();

    // Undone twice, nothing more happens; and then the table can be imported anew.
    const undone = await digestOf(app, ['contracting', 'ledger']);
    expect((await undo(world.mira, id)).state).toBe('undone');
    expect(await digestOf(app, ['contracting', 'ledger'])).toEqual(undone);
    expect((await preview(treasurer, again.id)).counts).toMatchObject({ ready: 2, exists: 0 });
  });

  it('is applied once by two treasurers at once, and by a double click', async () => {
    const { contract, pledge, text } = await paidContract();
    const { id } = await upload(treasurer, world.fablab, text);
    const input = await applyInput(treasurer, id);
    const answers = await Promise.all([
      treasurer.client.get<{ applyImport: BuiltImport }>(APPLY, { input }),
      treasurer.client.get<{ applyImport: BuiltImport }>(APPLY, { input }),
      world.mira.client.get<{ applyImport: BuiltImport }>(APPLY, {
        input: { ...input, idempotencyKey: randomUUID() },
      }),
    ]);
    expect(answers.map(({ applyImport }) => [applyImport.state, applyImport.made.length])).toEqual(
      Array(3).fill(['applied', 3]),
    );
    expect((await pledgeOf(contract.ref, pledge.id)).payments).toHaveLength(2);
    await ledgerHolds();
  });

  it('uploaded twice and applied at once is booked once, and the other one is told', async () => {
    const { contract, pledge, text } = await paidContract();
    const inputs = [];
    for (const person of [treasurer, world.mira]) {
      const { id } = await upload(person, world.fablab, text);
      inputs.push({ person, input: await applyInput(person, id) });
    }
    const answers = await Promise.all(
      inputs.map(({ person, input }) => person.client.ask<unknown>(APPLY, { input })),
    );
    expect(answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions.code)).toEqual([
      'CONFLICT',
    ]);
    expect((await pledgeOf(contract.ref, pledge.id)).payments).toHaveLength(2);
  });

  it('leaves nothing behind when its connection is killed in the middle', async () => {
    const { pledge, contract } = await activeContract(world, { title: `Kill ${randomUUID()}` });
    const rows = Array.from(
      { length: 60 },
      (_, index) => `North Village;${contract.ref};;1,${String(index).padStart(2, '0')};10.01.2026;;;`,
    );
    const { id } = await upload(treasurer, world.fablab, importTable(rows));
    const input = await applyInput(treasurer, id);
    const applying = treasurer.client.ask<{ applyImport: BuiltImport }>(APPLY, { input });
    let killed = 0;
    for (let round = 0; killed === 0 && round < 400; round += 1) {
      const found = await app.app.get(Database).query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' AND xact_start < now() - interval '40 ms'`,
      );
      killed = found.length;
      if (killed === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const answer = await applying;
    expect([killed, answer.errors?.length]).toEqual([1, 1]);
    expect((await pledgeOf(contract.ref, pledge.id)).payments).toHaveLength(0);
    // The same click again does it whole.
    const { applyImport } = await treasurer.client.get<{ applyImport: BuiltImport }>(APPLY, { input });
    expect(applyImport.made).toHaveLength(60);
    expect((await pledgeOf(contract.ref, pledge.id)).payments).toHaveLength(60);
    await ledgerHolds();
  }, 60_000);

  it('tells row by row what is wrong and what would be right, and then does nothing', async () => {
    const { contract } = await paidContract();
    const ref = contract.ref;
    const text = importTable([
      `North Village;${ref};;100,00;;;;`,
      `Nordhof eG;${ref};;100,00;10.01.2026;;;`,
      `North Village;CSM-1999-0001;;100,00;10.01.2026;;;`,
      `North Village;${ref};;abc;10.01.2026;;;`,
      `North Village;${ref};;100 CHF;10.01.2026;;;`,
      `North Village;${ref};;100;10.01.2099;;;`,
      `South Village;${ref};;100;10.01.2026;;;`,
      `North Village;${ref};99,00;100;10.01.2026;;;`,
      `North Village;${ref};;;;50,00;10.01.2026;`,
      `;;;300,00;;;;Total`,
      `North Village;${ref};;100;03/04/2025;;;`,
    ]);
    const { id } = await upload(treasurer, world.fablab, text);
    const seen = await preview(treasurer, id, null, { state: 'problem' });
    expect(seen).toMatchObject({ asksDateOrder: true, unknownSupporters: ['Nordhof eG'] });
    expect(
      seen.rows.nodes.map(({ row, problems }) => [row, problems[0]?.column, problems[0]?.message]),
    ).toEqual([
      [2, 'receivedOn', 'The day is missing.'],
      [3, 'supporter', 'No community is called “Nordhof eG”.'],
      [4, 'contract', 'This fablab has no contract “CSM-1999-0001”.'],
      [5, 'received', '“abc” is no amount.'],
      [6, 'received', 'The amount is in CHF.'],
      [7, 'receivedOn', '2099-01-10 is in the future.'],
      [8, 'received', `For ${ref}, South Village has no pledge there.`],
      [
        9,
        'pledged',
        `${ref} takes no new pledges (it is active), and North Village has pledged 3,000.00 EUR there.`,
      ],
      [10, 'repaid', 'Only 0.00 EUR is owed for this pledge on 2026-01-10.'],
      [11, 'contract', 'No contract is named.'],
      [12, 'receivedOn', '“03/04/2025” can be two days.'],
    ]);
    expect(seen.rows.nodes.every(({ problems }) => problems.every(({ remedy }) => remedy.length > 5))).toBe(
      true,
    );
    await expectRefused(
      app,
      SCOPE,
      { client: treasurer.client, query: APPLY, variables: { input: await applyInput(treasurer, id) } },
      { code: 'INVALID_STATE', message: '11 rows have problems (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …)' },
    );
    // Answers and rows left out mend it.
    const settings = {
      dateOrder: 'monthFirst',
      supporters: [{ name: 'nordhof EG', communityId: world.north.id }],
      leftOut: [2, 4, 5, 6, 7, 8, 9, 10, 11],
    };
    expect((await preview(treasurer, id, settings)).counts).toEqual({
      rows: 11,
      ready: 2,
      exists: 0,
      problem: 0,
      leftOut: 9,
    });
    expect((await apply(treasurer, id, settings)).made.map(({ row }) => row)).toEqual([3, 12]);
  });

  it('is refused when something was recorded since it was looked at', async () => {
    const { pledge, text } = await paidContract();
    const { id } = await upload(treasurer, world.fablab, text.replace('10.01.2026', '2026-03-01'));
    const input = await applyInput(treasurer, id);
    await pay(world.mira, pledge.id, 100_000);
    await expectRefused(
      app,
      SCOPE,
      { client: treasurer.client, query: APPLY, variables: { input } },
      { code: 'CONFLICT' },
    );
    expect((await preview(treasurer, id)).counts).toMatchObject({ ready: 1, exists: 1 });
  });

  it('is not undone while something depends on it, and says what', async () => {
    const { pledge, text } = await paidContract();
    const { id } = await upload(treasurer, world.fablab, text);
    await apply(treasurer, id);
    await pay(world.mira, pledge.id, 5_000);
    await expectRefused(
      app,
      SCOPE,
      { client: treasurer.client, query: UNDO, variables: { input: undoInput(id) } },
      {
        code: 'INVALID_STATE',
        message: 'A later payment of 2026-03-01 was recorded for a pledge that this import paid.',
      },
    );
  });
});
