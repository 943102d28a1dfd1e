import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Id } from '#kernel';
import { LedgerReader, auditLedger } from '#ledger';
import { Database } from '#platform';
import { startLedger, type LedgerApp } from '../support/builders/ledger-app.js';
import {
  connect,
  insertAccount,
  insertEntryByHand,
  insertOwner,
  insertTransferByHand,
  keepAll,
  newId,
} from '../support/builders/ledger.builder.js';

const POST = `SELECT ledger.post_transfer($1, $2, 'test', 'A test', NULL, '2026-03-02', now(), $3, $4, $5)`;

describe.each(['the application’s role', 'the owner of the tables'])('the kept sums, for %s', (role) => {
  let app: LedgerApp;
  let client: pg.Client;
  let other: pg.Client;
  let bank: Id<'account'>;
  let income: Id<'account'>;

  const url = (): string =>
    role === 'the owner of the tables' ? app.database.ownerUrl : app.database.appUrl;

  beforeAll(async () => {
    app = await startLedger();
    client = await connect(url());
    other = await connect(url());
  });

  afterAll(async () => {
    await other.end();
    await client.end();
    await app.close();
  });

  beforeEach(async () => {
    const owner = await insertOwner(client);
    bank = (await insertAccount(client, { owner })).id;
    income = (await insertAccount(client, { owner, normalSide: 'credit' })).id;
  });

  const post = (amount: number, by = client, state = 'posted') =>
    by.query(POST, [newId(), state, randomUUID(), [bank, income], [amount, -amount]]);

  const keep = (every = 2): Promise<number> => keepAll(client, every);

  async function kept(account = bank): Promise<{ n: number; posted: bigint; pending: bigint }[]> {
    const { rows } = await client.query<{ n: number; posted: bigint; pending: bigint }>(
      `SELECT (SELECT count(*)::int FROM ledger.entry e WHERE e.account_id = k.account_id AND e.number <= k.through_number) AS n,
              posted_minor AS posted, pending_minor AS pending
       FROM ledger.kept_sum k WHERE account_id = $1 ORDER BY through_number`,
      [account],
    );
    return rows;
  }

  const balance = () => app.module.get(LedgerReader).balance(bank);

  async function refusedBy(statement: string, values: unknown[] = [], by = client): Promise<string> {
    const before = await figures();
    const name = await by.query(statement, values).then(
      () => 'nothing',
      (error: { constraint?: string }) => error.constraint ?? String(error),
    );
    expect(await figures()).toEqual(before);
    return name;
  }

  async function figures(): Promise<unknown> {
    const { rows } = await other.query(
      `SELECT (SELECT json_agg(k ORDER BY account_id, through_number) FROM ledger.kept_sum k) AS kept,
              (SELECT json_agg(m ORDER BY number, writer) FROM ledger.entry_mark m) AS marks`,
    );
    return rows;
  }

  it('are kept at every so many entries, and say the same balance', async () => {
    for (const amount of [100, 20, 3, 400, 50]) await post(amount);
    await post(7, client, 'pending');
    expect(await kept()).toEqual([]);
    expect(await balance()).toBe(573n);
    expect(await keep()).toBe(6);
    expect(await kept()).toEqual([
      { n: 2, posted: 120n, pending: 0n },
      { n: 4, posted: 523n, pending: 0n },
      { n: 6, posted: 573n, pending: 7n },
    ]);
    expect((await kept(income)).at(-1)).toEqual({ n: 6, posted: -573n, pending: -7n });
    expect(await balance()).toBe(573n);
    await post(1000);
    expect(await balance()).toBe(1573n);
    expect(await app.module.get(LedgerReader).account(bank)).toMatchObject({
      balanceMinor: 1573n,
      pendingMinor: 7n,
    });
    expect(await app.module.get(LedgerReader).account(income)).toMatchObject({
      balanceMinor: 1573n,
      pendingMinor: 7n,
    });
  });

  it('stay as they are when nothing was booked, and nothing is written for it', async () => {
    for (const amount of [1, 2]) await post(amount);
    await keep();
    const before = await figures();
    expect([await keep(), await keep()]).toEqual([0, 0]);
    expect(await figures()).toEqual(before);
  });

  it('wait for a transaction that has a lower number, and then hold its entries too', async () => {
    await other.query('BEGIN');
    await post(1, other);
    for (const amount of [10, 100, 1000]) await post(amount);
    for (const _round of [1, 2, 3]) await client.query('SELECT ledger.keep_sums(2)');
    expect(await kept()).toEqual([]);
    expect(await balance()).toBe(1110n);
    await other.query('COMMIT');
    expect(await balance()).toBe(1111n);
    await keep();
    expect(await kept()).toEqual([
      { n: 2, posted: 11n, pending: 0n },
      { n: 4, posted: 1111n, pending: 0n },
    ]);
    expect(await balance()).toBe(1111n);
  });

  it('go on over a transaction that was rolled back', async () => {
    await other.query('BEGIN');
    await post(5, other);
    for (const amount of [10, 100]) await post(amount);
    await other.query('ROLLBACK');
    await keep();
    expect(await kept()).toEqual([{ n: 2, posted: 110n, pending: 0n }]);
  });

  it('are recomputed from the entries, whatever was given', async () => {
    for (const amount of [30, 12]) await post(amount);
    await client.query(`INSERT INTO ledger.entry_mark (number, writer, kept_through) VALUES (0, '3', 0)`);
    // Settles the mark above, and keeps nothing: there are no 1,000 entries.
    await keep(1_000);
    const { rows } = await client.query<{ last: bigint }>(
      `SELECT max(number) AS last FROM ledger.entry WHERE account_id = $1`,
      [bank],
    );
    await client.query(
      `INSERT INTO ledger.kept_sum (account_id, through_number, posted_minor, pending_minor) VALUES ($1, $2, 1000000, 5)`,
      [bank, rows[0]?.last],
    );
    expect(await kept()).toEqual([{ n: 2, posted: 42n, pending: 0n }]);
    expect(await balance()).toBe(42n);
  });

  it('are refused for entries that may still become more', async () => {
    await post(30);
    await keep();
    const refusal = await refusedBy(
      `INSERT INTO ledger.kept_sum (account_id, through_number, posted_minor, pending_minor)
       SELECT $1, 1 + (SELECT last_value FROM ledger.entry_number), 0, 0`,
      [bank],
    );
    expect(refusal).toBe('kept_sum_settled');
  });

  it('take no mark from a transaction that has written before', async () => {
    await client.query('BEGIN');
    await post(30);
    const refusal = await refusedBy(
      `INSERT INTO ledger.entry_mark (number, writer, kept_through) VALUES (9000000, '1', 0)`,
    );
    await client.query('ROLLBACK');
    expect(refusal).toBe('entry_mark_first');
  });

  it('are not passed by an entry whose number somebody chose', async () => {
    const id = newId<'transfer'>();
    await client.query('BEGIN');
    await insertTransferByHand(client, id, 2);
    await client.query(
      `INSERT INTO ledger.entry (number, transfer_id, entry_count, position, account_id, currency, layer, amount_minor)
       VALUES (-5, $1, 2, 1, $2, 'EUR', 'posted', 9)`,
      [id, bank],
    );
    await insertEntryByHand(client, id, { position: 2, account: income, amount: -9 });
    await client.query('COMMIT');
    const { rows } = await client.query<{ after: boolean }>(
      `SELECT min(number) > 0 AS after FROM ledger.entry WHERE transfer_id = $1`,
      [id],
    );
    expect(rows[0]?.after).toBe(true);
  });

  it.each([
    [`UPDATE ledger.kept_sum SET posted_minor = posted_minor + 1`, 'kept_sum_append_only'],
    [`DELETE FROM ledger.kept_sum`, 'kept_sum_append_only'],
    [`UPDATE ledger.entry_mark SET number = number + 1`, 'entry_mark_append_only'],
    [`DELETE FROM ledger.entry_mark`, 'entry_mark_append_only'],
  ])('refuse %s', async (statement, constraint) => {
    for (const amount of [1, 2]) await post(amount);
    await keep();
    expect(await refusedBy(statement)).toBe(constraint);
  });

  it.each(['kept_sum', 'entry_mark'])('refuse TRUNCATE of %s', async (table) => {
    const refusal = await refusedBy(`TRUNCATE ledger.${table}`);
    // The application's role has not even the right to try.
    if (role === 'the owner of the tables') expect(refusal).toBe(`${table}_no_truncate`);
    else expect(refusal).toContain('permission denied');
  });

  it('give each entry of a page what the account held after it, on every page', async () => {
    const reader = app.module.get(LedgerReader);
    for (let amount = 1; amount <= 9; amount += 1) await post(amount);
    await post(1000, client, 'pending');
    await keep(3);
    for (const amount of [50, -20]) await post(amount);
    const seen: [bigint, bigint][] = [];
    let after: readonly string[] | null = null;
    do {
      const rows = await reader.entries(bank, { first: 5, limit: 5, after });
      seen.push(...rows.map((row): [bigint, bigint] => [row.amountMinor, row.balanceMinor]));
      after = rows.length === 5 ? [String(rows.at(-1)?.number)] : null;
    } while (after);
    expect(seen.map(([amount, held]) => `${amount}: ${held}`)).toEqual([
      '-20: 75',
      '50: 95',
      '1000: 45',
      ...[9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `${n}: ${(n * (n + 1)) / 2}`),
    ]);
    const [newest] = await reader.entries(income, { first: 1, limit: 1, after: null });
    expect(newest).toMatchObject({ amountMinor: 20n, balanceMinor: 75n });
  });

  it('leave nothing for the check to find', async () => {
    expect((await auditLedger(app.module.get(Database))).findings).toEqual([]);
  });
});
