import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { CommunityDirectory } from '#identity';
import { formatMoney, systemClock, type Currency, type Id } from '#kernel';
import { BooksService, LedgerService, type BooksFormat } from '#ledger';
import { Database, UnitOfWork } from '#platform';
import { requireProgram } from '../../tools/embedded/programs.mjs';
import { seedBooks } from '../support/builders/books.builder.js';
import { connect, insertAccount, insertOwner } from '../support/builders/ledger.builder.js';
import { startLedger, type LedgerApp } from '../support/builders/ledger-app.js';
import { parseCsv } from '../support/csv.js';
import { noteSkipped } from '../support/skip.js';

const SEEDS = [1, 20_261_120];
const STEPS = 400;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, in a locale that reads UTF-8. */
function run(path: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('the books that leave', () => {
  let app: LedgerApp;
  let client: pg.Client;
  let books: BooksService;
  let folder: string;
  const owners: { seed: number; mine: Id<'community'>; other: Id<'community'> }[] = [];

  beforeAll(async () => {
    app = await startLedger();
    client = await connect(app.database.appUrl);
    folder = mkdtempSync(join(tmpdir(), 'commonwright-books-'));
    const database = app.module.get(Database);
    books = new BooksService(database, new CommunityDirectory(database), systemClock);
    for (const seed of SEEDS) {
      const pair = { seed, mine: await insertOwner(client), other: await insertOwner(client) };
      owners.push(pair);
      await seedBooks(app, pair, { seed, steps: STEPS });
    }
  }, 120_000);

  afterAll(async () => {
    await client.end();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function written(owner: Id<'community'>, format: BooksFormat): Promise<string> {
    const community = await new CommunityDirectory(app.module.get(Database)).byId(owner);
    if (!community) throw new Error('The community was inserted.');
    let text = '';
    for await (const piece of books.write(community, format)) text += piece;
    return text;
  }

  async function file(owner: Id<'community'>, format: BooksFormat): Promise<string> {
    const path = join(folder, `${owner}.${format}`);
    writeFileSync(path, await written(owner, format));
    return path;
  }

  /** `code currency` with its balance as text: what SQL says of every account with something on it. */
  async function balances(owner: Id<'community'>): Promise<Map<string, string>> {
    const { rows } = await client.query<{ code: string; currency: Currency; total: bigint }>(
      `SELECT CASE WHEN a.owner_community_id = $1 THEN a.code ELSE 'equity:elsewhere:' || c.slug END AS code,
              a.currency, sum(e.amount_minor)::bigint AS total
       FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id JOIN identity.community c ON c.id = a.owner_community_id
       WHERE e.layer = 'posted' AND e.transfer_id IN (
         SELECT x.transfer_id FROM ledger.entry x JOIN ledger.account y ON y.id = x.account_id
         WHERE x.layer = 'posted' AND y.owner_community_id = $1)
       GROUP BY 1, 2 HAVING sum(e.amount_minor) <> 0 ORDER BY 1, 2`,
      [owner],
    );
    expect(rows.length).toBeGreaterThan(25);
    return new Map(
      rows.map(({ code, currency, total }) => [
        `${code} ${currency}`,
        formatMoney({ amountMinor: total, currency }),
      ]),
    );
  }

  function sorted(map: ReadonlyMap<string, string>): [string, string][] {
    return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  describe.each(SEEDS)('of seed %d', (seed) => {
    const owner = (): Id<'community'> =>
      (owners.find((each) => each.seed === seed) as (typeof owners)[number]).mine;

    it('are accepted by hledger, strictly, which finds the balances that SQL finds', async () => {
      const hledger = await requireProgram('hledger');
      if (hledger.missing !== undefined) return noteSkipped(hledger.missing);
      const path = await file(owner(), 'hledger');
      const check = await run(hledger.path, ['-f', path, 'check', '--strict', 'ordereddates'], hledger.env);
      expect(check).toEqual({ code: 0, stdout: '', stderr: '' });
      const args = ['-f', path, 'balance', '--flat', '--no-total', '--layout=bare', '--output-format=csv'];
      const { stdout } = await run(hledger.path, args, hledger.env);
      const found = new Map<string, string>();
      for (const [account, currency, amount] of parseCsv(stdout).slice(1))
        if (Number(amount) !== 0) found.set(`${account} ${currency}`, `${amount} ${currency}`);
      expect(sorted(found)).toEqual(sorted(await balances(owner())));
    });

    it('are accepted by ledger, pedantically, which finds the balances that SQL finds', async () => {
      const ledger = await requireProgram('ledger');
      if (ledger.missing !== undefined) return noteSkipped(ledger.missing);
      const path = await file(owner(), 'ledger');
      const args = ['--args-only', '-f', path, '--pedantic', '--explicit'];
      const format = '%(account)\t%(quantity(scrub(display_amount)))\t%(commodity(scrub(display_amount)))\n';
      const { code, stdout, stderr } = await run(
        ledger.path,
        [...args, 'register', '--format', format],
        ledger.env,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const sums = new Map<string, bigint>();
      for (const [account = '', quantity = '', currency = ''] of stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t'))) {
        const key = `${account} ${currency.replaceAll('"', '')}`;
        sums.set(key, (sums.get(key) ?? 0n) + minorOf(quantity, key.slice(-3) as Currency));
      }
      const found = new Map<string, string>();
      for (const [key, amountMinor] of sums)
        if (amountMinor !== 0n)
          found.set(key, formatMoney({ amountMinor, currency: key.slice(-3) as Currency }));
      expect(sorted(found)).toEqual(sorted(await balances(owner())));
    });

    it('are accepted by bean-check, whose balances SQL confirms', async () => {
      const beanCheck = await requireProgram('bean-check');
      if (beanCheck.missing !== undefined) return noteSkipped(beanCheck.missing);
      const path = await file(owner(), 'beancount');
      expect(await run(beanCheck.path, [path], beanCheck.env)).toEqual({ code: 0, stdout: '', stderr: '' });
      // Every account is asserted without tolerance, so that its word on the assertions is its word on each balance.
      const asserted = new Map<string, string>();
      const text = await written(owner(), 'beancount');
      for (const [, account = '', amount = '', currency = ''] of text.matchAll(
        / balance (\S+) {2}(\S+) ~ 0 (\S+)/g,
      ))
        asserted.set(`${account.toLowerCase()} ${currency}`, `${amount} ${currency}`);
      const own = await balances(owner());
      for (const parent of ['assets:bank', 'liabilities:loans'])
        for (const currency of ['EUR', 'JPY', 'TND', 'USD'] as Currency[])
          own.set(`${parent} ${currency}`, await subtree(owner(), parent, currency));
      const found = new Map([...asserted].filter(([, amount]) => !/^[0.]+ /.test(amount)));
      expect(sorted(found)).toEqual(sorted(own));
      // One minor unit off is not accepted.
      const wrong = text.replace(
        /( balance Equity:Opening {2}-?\d+)\.(\d)(\d)( ~ 0 EUR)/,
        (_all, whole: string, tenth: string, last: string, rest: string) =>
          `${whole}.${tenth}${(Number(last) + 1) % 10}${rest}`,
      );
      expect(wrong).not.toBe(text);
      writeFileSync(path, wrong);
      expect((await run(beanCheck.path, [path], beanCheck.env)).code).toBe(1);
    });

    it('sum in the CSV, and stand beside each account’s last row, as SQL says', async () => {
      const rows = parseCsv(await written(owner(), 'csv'));
      const header = rows[0] as string[];
      const cell = (row: readonly string[], name: string): string => row[header.indexOf(name)] as string;
      const sums = new Map<string, bigint>();
      const last = new Map<string, string>();
      for (const row of rows.slice(1)) {
        expect(row).toHaveLength(header.length);
        const currency = cell(row, 'currency') as Currency;
        const key = `${cell(row, 'account')} ${currency}`;
        sums.set(key, (sums.get(key) ?? 0n) + minorOf(cell(row, 'amount'), currency));
        last.set(key, `${cell(row, 'balance')} ${currency}`);
      }
      const found = new Map(
        [...sums]
          .filter(([, sum]) => sum !== 0n)
          .map(([key, amountMinor]) => [
            key,
            formatMoney({ amountMinor, currency: key.slice(-3) as Currency }),
          ]),
      );
      const wanted = sorted(await balances(owner()));
      expect(sorted(found)).toEqual(wanted);
      expect(sorted(last).filter(([, amount]) => !/^[0.]+ /.test(amount))).toEqual(wanted);
      // A cell of text never begins as a formula.
      for (const row of rows.slice(1))
        for (const name of ['description', 'account_name', 'reference'])
          expect(cell(row, name)).not.toMatch(/^[=+\-@]/);
    });
  });

  function minorOf(text: string, currency: Currency): bigint {
    const digits = formatMoney({ amountMinor: 0n, currency }).split(' ')[0]?.split('.')[1]?.length ?? 0;
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits));
  }

  async function subtree(owner: Id<'community'>, code: string, currency: Currency): Promise<string> {
    const { rows } = await client.query<{ total: bigint }>(
      `SELECT sum(e.amount_minor)::bigint AS total FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
       WHERE e.layer = 'posted' AND a.owner_community_id = $1 AND a.currency = $3 AND (a.code = $2 OR a.code LIKE $2 || ':%')`,
      [owner, code, currency],
    );
    return formatMoney({ amountMinor: rows[0]?.total ?? 0n, currency });
  }

  it('show a reversal, its reason and what it reverses, and what is reserved as a comment only', async () => {
    const mine = await insertOwner(client);
    const [bank, loans] = [
      await insertAccount(client, { owner: mine }),
      await insertAccount(client, { owner: mine }),
    ];
    const legs = [
      { accountId: bank.id, amountMinor: 1_250n },
      { accountId: loans.id, amountMinor: -1_250n },
    ];
    const ledger = app.module.get(LedgerService);
    const booking = (key: string, description: string) => ({
      key: `${mine}-${key}`,
      description,
      valueDate: '2026-03-02' as never,
    });
    const order = (key: string, description: string) => ({
      ...booking(key, description),
      kind: 'payment',
      reference: 'CSM-2026-0007',
      legs,
    });
    const [paid, reversal] = await app.module.get(UnitOfWork).run(async (tx) => {
      const id = await ledger.transfer(tx, order('paid', 'Loan paid in'));
      await ledger.pend(tx, order('pledged', 'Loan pledged'));
      return [id, await ledger.reverse(tx, id, booking('back', 'Booked twice; by mistake'))];
    });
    const hledger = await written(mine, 'hledger');
    expect(hledger).toContain(
      `2026-03-02 * (CSM-2026-0007) Booked twice, by mistake\n    ; transfer: ${reversal}\n`,
    );
    expect(hledger).toContain(`    ; reverses: ${paid}\n`);
    expect(hledger).toContain(`    ; reversed-by: ${reversal}\n`);
    expect(hledger).toMatch(
      /^; reserved, no money yet: 2026-03-02 12\.50 EUR from assets:test:\S+ to assets:test:\S+ \(CSM-2026-0007\) Loan pledged$/m,
    );
    const beancount = await written(mine, 'beancount');
    expect(beancount).toContain(`2026-03-02 * "Booked twice; by mistake"\n  transfer: "${reversal}"\n`);
    expect(beancount).toContain(`  reverses: "${paid}"\n`);
    expect(parseCsv(await written(mine, 'csv')).map((row) => row[8])).toEqual([
      'amount',
      '12.50',
      '-12.50',
      '-12.50',
      '12.50',
    ]);
  });

  it('can be empty', async () => {
    const nobody = await insertOwner(client);
    for (const [name, args] of [
      ['hledger', ['check', '--strict']],
      ['ledger', ['balance']],
      ['bean-check', []],
    ] as const) {
      const program = await requireProgram(name);
      if (program.missing !== undefined) {
        noteSkipped(program.missing);
        continue;
      }
      const path = await file(nobody, name === 'bean-check' ? 'beancount' : name);
      expect(
        await run(program.path, name === 'bean-check' ? [path] : ['-f', path, ...args], program.env),
      ).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('give the connection back when the reader leaves early', async () => {
    const { mine } = owners[0] as (typeof owners)[number];
    const community = await new CommunityDirectory(app.module.get(Database)).byId(mine);
    const { pool } = app.module.get(Database);
    for (let reader = 0; reader < 20; reader += 1) {
      for await (const piece of books.write(community as never, 'hledger')) {
        expect(piece).not.toBe('');
        break;
      }
    }
    expect(pool.totalCount).toBe(pool.idleCount);
    expect(pool.waitingCount).toBe(0);
  });
});
