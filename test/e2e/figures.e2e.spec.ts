import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  activeContract,
  buildContractWorld,
  type BuiltContract,
  type BuiltPledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { buildMember, type BuiltPerson } from '../support/builders/identity.builder.js';
import { REVERSE_REPAYMENT, pay, repay } from '../support/builders/obligation.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ENTRIES = `query ($ref: String!, $figure: ContractFigure, $supporter: String) {
  contractEntries(contractRef: $ref, figure: $figure, supporter: $supporter, first: 100) {
    nodes { transferId kind accountCode amountMinor state } } }`;
const OF_CONTRACT = `query ($ref: String!, $id: ID!) { contractTransfer(contractRef: $ref, id: $id) {
  kind reversesId reversedById entries { accountId accountCode amountMinor state } } }`;
const IN_BOOKS = `query ($id: ID!) { ledgerTransfer(id: $id) { kind entries { accountId accountCode amountMinor } } }`;
const ACCOUNTS = `query ($id: ID!) { ledgerAccounts(communityId: $id) { id code balanceMinor } }`;
const ACCOUNT = `query ($id: ID!) { ledgerAccount(id: $id) { code balanceMinor }
  ledgerEntries(accountId: $id, first: 100) { nodes { amountMinor balanceMinor transferId reversesId reversedById } } }`;

interface Entry {
  readonly transferId: string;
  readonly kind: string;
  readonly accountCode: string;
  readonly amountMinor: string;
  readonly state: string;
}

describe('any figure leads to what is behind it', () => {
  let app: TestApp;
  let world: ContractWorld;
  let contract: BuiltContract;
  let loan: BuiltPledge;
  let member: BuiltPerson;
  let treasurer: BuiltPerson;

  beforeAll(async () => {
    app = await startTestApp({ worker: false });
    world = await buildContractWorld(app);
    member = await buildMember(app, world.noor, world.north, ['member'], 'Ann Lindqvist');
    treasurer = await buildMember(app, world.mira, world.fablab, ['treasurer'], 'Tom Barber');
    ({ contract, pledge: loan } = await activeContract(world));
    await pay(world.mira, loan.id, 300_000);
    const done = await repay(world.mira, loan.id, 1_000);
    await world.mira.client.get(REVERSE_REPAYMENT, {
      input: {
        idempotencyKey: randomUUID(),
        repaymentId: done.obligation.events[0]?.id,
        reason: 'A trial.',
      },
    });
    await repay(world.mira, loan.id, 2_500);
  }, 60_000);
  afterAll(() => app?.close());

  async function behind(figure: string | null, supporter: string | null): Promise<Entry[]> {
    const { contractEntries } = await member.client.get<{ contractEntries: { nodes: Entry[] } }>(ENTRIES, {
      ref: contract.ref,
      figure,
      supporter,
    });
    return contractEntries.nodes;
  }
  const sumOf = (entries: readonly Entry[], code: string): bigint =>
    entries
      .filter((each) => each.state === 'posted' && each.accountCode.startsWith(code))
      .reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
  const kindsOf = (entries: readonly Entry[]): string[] =>
    [...new Set(entries.map(({ kind }) => kind))].sort();

  it('by its entries alone, which add up to it', async () => {
    const { slug } = world.north;
    const [received, repaid, owed, outstanding, waived] = [
      await behind('received', slug),
      await behind('repaid', slug),
      await behind('owed', slug),
      await behind('outstanding', slug),
      await behind('waived', slug),
    ];
    expect([kindsOf(received), sumOf(received, 'assets:bank')]).toEqual([['payment'], 300_000n]);
    expect([kindsOf(repaid), sumOf(repaid, 'assets:bank')]).toEqual([['repayment', 'reversal'], -2_500n]);
    expect([kindsOf(owed), sumOf(owed, 'liabilities:loans')]).toEqual([
      ['payment', 'repayment', 'reversal'],
      -297_500n,
    ]);
    expect([kindsOf(outstanding), sumOf(outstanding, 'assets:pledges')]).toEqual([['payment', 'pledge'], 0n]);
    expect(waived).toEqual([]);
    expect(await behind('received', null)).toEqual(received);
  });

  it('of the supporter that is meant, and of no other', async () => {
    expect(await behind('received', world.south.slug)).toEqual([]);
    // A part of a name is no name.
    expect(await behind('received', world.north.slug.slice(1))).toEqual([]);
  });

  it('and each entry to its transfer with both sides, and to what took it back', async () => {
    const [first] = await behind('received', null);
    const reversal = (await behind('repaid', null)).find(({ kind }) => kind === 'reversal');
    const transfer = async (client: BuiltPerson['client'], id: string | undefined) =>
      (
        await client.get<{ contractTransfer: Record<string, unknown> }>(OF_CONTRACT, {
          ref: contract.ref,
          id,
        })
      ).contractTransfer;
    const { slug } = world.north;
    const sides = [
      ['assets:bank', '300000'],
      [`liabilities:loans:${slug}`, '-300000'],
      [`liabilities:pledges:${slug}`, '300000'],
      [`assets:pledges:${slug}`, '-300000'],
    ];
    const seen = await transfer(member.client, first?.transferId);
    expect(seen).toEqual({
      kind: 'payment',
      reversesId: null,
      reversedById: null,
      entries: sides.map(([accountCode, amountMinor]) => ({
        accountId: null,
        accountCode,
        amountMinor,
        state: 'posted',
      })),
    });
    const taken = await transfer(member.client, reversal?.transferId);
    expect(await transfer(member.client, taken['reversesId'] as string)).toMatchObject({
      reversedById: reversal?.transferId,
    });
    // Who keeps the books can go on to the accounts.
    const kept = await transfer(treasurer.client, first?.transferId);
    expect((kept['entries'] as { accountId: string | null }[]).every(({ accountId }) => accountId)).toBe(
      true,
    );
    const { ledgerTransfer } = await treasurer.client.get<{ ledgerTransfer: { entries: object[] } }>(
      IN_BOOKS,
      {
        id: first?.transferId,
      },
    );
    expect(ledgerTransfer.entries).toHaveLength(4);
  });

  it('and to nobody who may not', async () => {
    const [first] = await behind('received', null);
    const of = { ref: contract.ref, id: first?.transferId };
    expect((await world.sven.client.refusal(OF_CONTRACT, of)).extensions.code).toBe('FORBIDDEN');
    expect((await app.client().refusal(OF_CONTRACT, of)).extensions.code).toBe('UNAUTHENTICATED');
    expect((await member.client.refusal(IN_BOOKS, { id: of.id })).extensions.code).toBe('NOT_FOUND');
    expect((await app.client().refusal(IN_BOOKS, { id: of.id })).extensions.code).toBe('UNAUTHENTICATED');
    expect((await member.client.refusal(OF_CONTRACT, { ...of, id: randomUUID() })).extensions.code).toBe(
      'NOT_FOUND',
    );
    const { contract: other } = await activeContract(world);
    expect((await treasurer.client.refusal(OF_CONTRACT, { ...of, ref: other.ref })).extensions.code).toBe(
      'NOT_FOUND',
    );
  });

  it('a balance to the account, with what it held after each entry, on the screen and as CSV', async () => {
    const { ledgerAccounts } = await treasurer.client.get<{
      ledgerAccounts: { id: string; code: string; balanceMinor: string }[];
    }>(ACCOUNTS, { id: world.fablab.id });
    const owed = ledgerAccounts.find(({ code }) => code === `liabilities:loans:${world.north.slug}`);
    const page = await treasurer.client.get<{
      ledgerAccount: object;
      ledgerEntries: { nodes: { amountMinor: string; balanceMinor: string; reversesId: string | null }[] };
    }>(ACCOUNT, { id: owed?.id });
    expect(page.ledgerAccount).toEqual({ code: owed?.code, balanceMinor: owed?.balanceMinor });
    const { nodes } = page.ledgerEntries;
    expect(nodes.map(({ amountMinor, balanceMinor }) => [amountMinor, balanceMinor])).toEqual([
      ['2500', '297500'],
      ['-1000', '300000'],
      ['1000', '299000'],
      ['-300000', '300000'],
    ]);
    expect(nodes.map(({ reversesId }) => reversesId !== null)).toEqual([false, true, false, false]);
    const file = await treasurer.client.fetch(`/books/accounts/${owed?.id}.csv`);
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="liabilities-loans-\S+-eur-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = (await file.text())
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(lines.map((cells) => cells.slice(7, 11).join(' '))).toEqual([
      'debit credit currency balance',
      ' 3000.00 EUR 3000.00',
      '10.00  EUR 2990.00',
      ' 10.00 EUR 3000.00',
      '25.00  EUR 2975.00',
    ]);
    const path = `/books/accounts/${owed?.id}.csv`;
    expect([
      (await member.client.fetch(path)).status,
      (await app.client().fetch(path)).status,
      (await treasurer.client.fetch('/books/accounts/nothing.csv')).status,
    ]).toEqual([404, 401, 404]);
    expect((await member.client.refusal(ACCOUNT, { id: owed?.id })).extensions.code).toBe('NOT_FOUND');
  });

  it('for everybody else to totals by value date in the registry, without persons or single transfers', async () => {
    const html = await (await fetch(`${app.url}/registry/contracts/${contract.ref}`)).text();
    expect(html).toContain('href="#money"');
    const card = /<section class="card" aria-labelledby="money">[^]*?<\/section>/.exec(html)?.[0] ?? '';
    const text = card.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('received 3,000.00 EUR');
    // Both repayments of one day together; what was taken back is of the day on which that was done.
    expect(text).toContain('repaid 35.00 EUR');
    expect(text).toContain('repaid −10.00 EUR');
    for (const entry of await behind(null, null)) expect(html).not.toContain(entry.transferId);
    for (const person of [world.mira, world.noor, member, treasurer])
      expect(html).not.toContain(person.displayName);
  });
});
