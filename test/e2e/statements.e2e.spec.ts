import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import {
  PAY,
  accept,
  acceptByAll,
  activeContract,
  buildContractWorld,
  openContract,
  pledge,
  termsInput,
  type BuiltContract,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, buildPerson, type BuiltPerson } from '../support/builders/identity.builder.js';
import {
  REPAY,
  REVERSE_PAYMENT,
  REVERSE_REPAYMENT,
  WRITE_OFF,
  moneyInput,
  owed,
  pay,
} from '../support/builders/obligation.builder.js';
import { parseCsv } from '../support/csv.js';
import { noteSkipped } from '../support/skip.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let treasurer: BuiltPerson;
let coordinator: BuiltPerson;
let member: BuiltPerson;
let stranger: BuiltPerson;
let first: BuiltContract;
let yen: BuiltContract;

async function at(day: string): Promise<void> {
  const seconds = (Date.parse(`${day}T12:00:00Z`) - app.clock.now().getTime()) / 1000;
  app.clock.advance({ seconds });
  // Sessions do not last for years.
  const query = `mutation ($input: SignInInput!) { signIn(input: $input) { id } }`;
  for (const { client, email, password } of [
    world.mira,
    world.noor,
    world.sven,
    treasurer,
    coordinator,
    member,
    stranger,
  ])
    await client.get(query, { input: { email, password } });
}

const repaid = (pledgeId: string, amount: number, day: string) =>
  world.mira.client.get(REPAY, { input: moneyInput(pledgeId, amount, day) });

/** Two contracts in euro and one in yen over three years, with mistakes that were taken back. */
beforeAll(async () => {
  app = await startTestApp({ worker: false, environment: { INTEREST_CAP_BASIS_POINTS: '1000' } });
  world = await buildContractWorld(app);
  treasurer = await buildMember(app, world.mira, world.fablab, ['member', 'treasurer'], 'Tess');
  coordinator = await buildMember(app, world.mira, world.fablab, ['member', 'coordinator'], 'Cora');
  member = await buildMember(app, world.noor, world.north, ['member'], 'Mel');
  stranger = await buildPerson(app, 'Stan');
  const lent = await activeContract(world, {
    repayment: { instalments: 3, firstDueOn: '2026-12-31', everyMonths: 1, interestBasisPointsPerYear: 100 },
  });
  first = lent.contract;
  await at('2026-12-30');
  await pay(world.mira, lent.pledge.id, 100_000);
  await world.mira.client.get(PAY, { input: moneyInput(lent.pledge.id, 150_000, '2026-12-30') });
  await at('2027-02-10');
  // Recorded wrongly in one year, taken back in the next one.
  const { pledges } = await owed(world.noor.client, first.ref);
  const wrong = pledges[0]?.payments.at(-1)?.id;
  await world.mira.client.get(REVERSE_PAYMENT, {
    input: { idempotencyKey: randomUUID(), paymentId: wrong, reason: 'It was for another contract.' },
  });
  await world.mira.client.get(PAY, { input: moneyInput(lent.pledge.id, 50_000, '2027-02-09') });
  await repaid(lent.pledge.id, 30_000, '2027-02-10');
  await repaid(lent.pledge.id, 11_111, '2027-02-10');
  const events = (await owed(world.noor.client, first.ref)).pledges[0]?.obligation.events ?? [];
  const mistaken = events.findLast(({ kind }) => kind === 'repayment')?.id;
  await world.mira.client.get(REVERSE_REPAYMENT, {
    input: { idempotencyKey: randomUUID(), repaymentId: mistaken, reason: 'Paid to somebody else.' },
  });
  await world.noor.client.get(WRITE_OFF, {
    input: {
      idempotencyKey: randomUUID(),
      pledgeId: lent.pledge.id,
      amount: { amountMinor: '20000', currency: 'EUR' },
      reason: '=1+1 scratches on the trailer',
    },
  });
  const price = { amountMinor: '0', currency: 'JPY' };
  const lines = termsInput(world)['deliverables'] as Record<string, unknown>[];
  yen = await openContract(world, {
    currency: 'JPY',
    title: 'Żółte przyczepy <&>',
    deadline: '2027-06-30',
    threshold: { amountMinor: '120000', currency: 'JPY' },
    deliverables: lines.map((line) => ({ ...line, dueOn: '2027-09-30', unitPrice: price })),
    milestones: [],
  });
  await acceptByAll(world, yen);
  const inYen = { amountMinor: '120000', currency: 'JPY' };
  const { makePledge } = await world.noor.client.get<{ makePledge: { id: string } }>(
    `mutation ($input: MakePledgeInput!) { makePledge(input: $input) { id } }`,
    {
      input: { idempotencyKey: randomUUID(), contractId: yen.id, communityId: world.north.id, amount: inYen },
    },
  );
  await world.mira.client.get(PAY, {
    input: { ...moneyInput(makePledge.id, 0, '2027-02-10'), amount: inYen },
  });
  await at('2029-05-01');
}, 120_000);
afterAll(() => app?.close());

function fetched(who: BuiltPerson | null, path: string): Promise<Response> {
  return (who?.client ?? app.client()).fetch(`/statements/${path}`);
}

async function csv(who: BuiltPerson, path: string): Promise<Record<string, string>[]> {
  const [head = [], ...rows] = parseCsv(await (await fetched(who, path)).text());
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

describe('a statement as CSV', () => {
  it('lists what moved by value date, between what was owed before and after', async () => {
    const rows = await csv(member, `${world.north.slug}/2026.csv`);
    expect(rows.map((row) => [row['date'], row['what'], row['amount'], row['owed']])).toEqual([
      ['2026-01-01', 'Owed at the beginning', '', '0.00'],
      ['2026-03-01', 'Received by the fablab', '1000.00', '1000.00'],
      ['2026-12-30', 'Received by the fablab', '1500.00', '2500.00'],
      ['2026-12-31', 'Owed at the end', '', '2500.00'],
      ['2026-12-31', 'Interest due at the end', '8.39', ''],
    ]);
    const next = await csv(member, `${world.north.slug}/2027.csv`);
    expect(
      next.map((row) => [row['contract'], row['date'], row['what'], row['amount'], row['owed']]),
    ).toEqual([
      [first.ref, '2027-01-01', 'Owed at the beginning', '', '2500.00'],
      [first.ref, '2027-02-09', 'Received by the fablab', '500.00', '3000.00'],
      [first.ref, '2027-02-10', 'Receipt taken back: recorded wrongly', '-1500.00', expect.anything()],
      [first.ref, '2027-02-10', 'Returned by the fablab', expect.anything(), expect.anything()],
      [first.ref, '2027-02-10', 'Returned by the fablab', '-111.11', expect.anything()],
      [first.ref, '2027-02-10', 'Return taken back: recorded wrongly', '111.11', expect.anything()],
      [first.ref, '2027-02-10', 'Forgiven by the supporter', '-200.00', expect.anything()],
      [first.ref, '2027-12-31', 'Owed at the end', '', expect.anything()],
      [first.ref, '2027-12-31', 'Interest due at the end', expect.anything(), ''],
      [yen.ref, '2027-01-01', 'Owed at the beginning', '', '0'],
      [yen.ref, '2027-02-10', 'Received by the fablab', '120000', '120000'],
      [yen.ref, '2027-12-31', 'Owed at the end', '', '120000'],
    ]);
  });

  it.each([2026, 2027, 2028, 2029])('says for %i what the ledger’s entries say', async (year) => {
    const rows = await csv(member, `${world.north.slug}/${year}.csv`);
    const books = await app.app
      .get(Database)
      .query<{ ref: string; opening: bigint; closing: bigint; interest: bigint }>(
        `SELECT t.reference AS ref,
              (-sum(e.amount_minor) FILTER (WHERE a.code LIKE 'liabilities:%' AND t.value_date < $2))::bigint AS opening,
              (-sum(e.amount_minor) FILTER (WHERE a.code LIKE 'liabilities:%' AND t.value_date <= $3))::bigint AS closing,
              coalesce(sum(e.amount_minor) FILTER (WHERE a.code = 'expenses:interest'
                AND t.value_date BETWEEN $2 AND $3), 0)::bigint AS interest
       FROM ledger.entry e JOIN ledger.transfer t ON t.id = e.transfer_id JOIN ledger.account a ON a.id = e.account_id
       WHERE e.layer = 'posted' AND (a.code = 'liabilities:loans:' || $1 OR a.code = 'expenses:interest')
       GROUP BY t.reference ORDER BY t.reference`,
        [world.north.slug, `${year}-01-01`, `${year}-12-31`],
      );
    const minor = (text: string | undefined): bigint => BigInt((text ?? '').replace('.', ''));
    const stated = [...new Set(rows.map((row) => row['contract']))].map((ref) => {
      const own = rows.filter((row) => row['contract'] === ref);
      const find = (what: string) => minor(own.find((row) => row['what'] === what)?.['owed']);
      return {
        ref,
        opening: find('Owed at the beginning'),
        closing: find('Owed at the end'),
        interest: own.reduce((sum, row) => sum + minor(row['interest_paid']), 0n),
      };
    });
    const expected = books
      .map((row) => ({ ...row, opening: row.opening ?? 0n, closing: row.closing ?? 0n }))
      .filter(({ opening, closing }) => opening !== 0n || closing !== 0n);
    expect(stated).toEqual(expected);
    expect(stated.length).toBe(year === 2026 ? 1 : 2);
  });

  it('does not let a reason run as a formula', async () => {
    const rows = await (await fetched(member, `${world.north.slug}/2027.csv`)).text();
    expect(rows).toContain(`,'=1+1 scratches on the trailer,,,\r\n`);
  });
});

describe('a statement as PDF', () => {
  const text = async (path: string): Promise<string> => {
    const bytes = Buffer.from(await (await fetched(member, path)).arrayBuffer());
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes }).toString();
  };
  let hasPdftotext = true;
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
  } catch {
    hasPdftotext = false;
    noteSkipped('pdftotext is missing: install poppler-utils to read the PDF of statements', 2);
  }
  const whenReadable = hasPdftotext ? it : it.skip;

  whenReadable('says in words what is owed, by which rule, and until when oversight lasts', async () => {
    const words = (await text(`${world.north.slug}/2027.pdf`)).replace(/\s+/g, ' ');
    expect(words).toContain('North Village at Oakmoor Fablab');
    expect(words).toContain(
      'Returned in 3 equal instalments, the first on 31 December 2026, then one every month, with 1 % simple interest a year.',
    );
    expect(words).toContain('Oversight ends: The loans are repaid and the trailers are delivered.');
    expect(words).toContain('On 31 December 2027 Oakmoor Fablab owes 120,000 JPY.');
    expect(words).toContain(`${yen.ref} · Żółte przyczepy <&>`);
    expect(words).toContain('Receipt taken back: recorded wrongly -1,500.00');
  });

  whenReadable('of a year in which nothing moved says so', async () => {
    const words = (await text(`${world.north.slug}/2028.pdf`)).replace(/\s+/g, ' ');
    expect(words).toContain('Nothing moved in this year.');
    expect(words).toMatch(/Oversight, as of 31 December 2028: Ends after [\d,.]+ EUR more is repaid\./);
  });

  it('has the same bytes when it is made again, and is private', async () => {
    const get = async () => fetched(treasurer, `${world.north.slug}/2027.pdf`);
    const [one, two] = [await get(), await get()];
    expect(one.headers.get('cache-control')).toBe('private, no-store');
    expect(one.headers.get('content-type')).toBe('application/pdf');
    expect(one.headers.get('content-disposition')).toBe(
      `attachment; filename="statement-2027-${world.north.slug}-${world.fablab.slug}.pdf"`,
    );
    expect(Buffer.from(await one.arrayBuffer()).equals(Buffer.from(await two.arrayBuffer()))).toBe(true);
  });
});

describe('who may read a statement', () => {
  it.each([
    ['a member of the supporter', () => member, 200],
    ['a treasurer of the fablab', () => treasurer, 200],
    ['a coordinator of the fablab who keeps no books', () => coordinator, 403],
    ['a member of another supporter', () => world.sven, 403],
    ['a stranger', () => stranger, 403],
    ['nobody who is signed in', () => null, 401],
  ])('%s', async (_who, who, status) => {
    for (const format of ['pdf', 'csv'])
      expect((await fetched(who(), `${world.north.slug}/2027.${format}`)).status).toBe(status);
  });

  it.each([
    ['2025.pdf', 404, 'There are statements for 2026, 2027, 2028, 2029, not for 2025.\n'],
    ['2030.pdf', 404, 'There are statements for 2026, 2027, 2028, 2029, not for 2030.\n'],
    ['2027.ods', 404, 'Statements come as .pdf or .csv of a year, such as 2026.pdf.\n'],
    [
      '2027.pdf?fablab=nowhere',
      404,
      'There is no statement with that fablab. There are some with: oakmoor-fablab.\n',
    ],
  ])('is told about %s', async (file, status, sentence) => {
    const answer = await fetched(member, `${world.north.slug}/${file}`);
    expect([answer.status, await answer.text()]).toEqual([status, sentence]);
  });

  it('sees in the app between whom, and for which years', async () => {
    const query = `{ statementAccounts { supporter { slug } fablab { slug } years } }`;
    const account = {
      supporter: { slug: world.north.slug },
      fablab: { slug: world.fablab.slug },
      years: [2029, 2028, 2027, 2026],
    };
    for (const who of [member, treasurer])
      expect(await who.client.get(query)).toEqual({ statementAccounts: [account] });
    for (const who of [coordinator, world.sven, stranger])
      expect(await who.client.get(query)).toEqual({ statementAccounts: [] });
  });

  it('chooses the fablab where a supporter has two', async () => {
    const other = await buildContractWorld(app);
    const over = { receivingCommunityIds: [world.north.id], deadline: '2029-12-31', milestones: [] };
    const line = {
      productVersionId: other.version.id,
      receiverId: world.north.id,
      tier: 'fair',
      quantity: 1,
      unitPrice: { amountMinor: '1', currency: 'EUR' },
      dueOn: '2029-12-31',
    };
    const contract = await openContract(other, { ...over, deliverables: [line] });
    await accept(other.mira, contract, other.fablab);
    await accept(world.noor, contract, world.north);
    const made = await pledge(world.noor, contract, world.north, 300_000);
    await pay(other.mira, made.id, 777);
    const both = await fetched(member, `${world.north.slug}/2027.csv`);
    expect([both.status, await both.text()]).toEqual([
      400,
      `“${world.north.slug}” supports several fablabs; add ?fablab= and one of them: ${[world.fablab.slug, other.fablab.slug].sort().join(', ')}.\n`,
    ]);
    const one = await csv(member, `${world.north.slug}/2027.csv?fablab=${world.fablab.slug}`);
    expect(new Set(one.map((row) => row['contract']))).toEqual(new Set([first.ref, yen.ref]));
    // The treasurer of the first fablab learns nothing of the second one.
    expect((await fetched(treasurer, `${world.north.slug}/2027.csv`)).status).toBe(200);
    expect(
      (await fetched(treasurer, `${world.north.slug}/2027.csv?fablab=${other.fablab.slug}`)).status,
    ).toBe(404);
  });
});
