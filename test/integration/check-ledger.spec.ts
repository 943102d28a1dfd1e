import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Id } from '#kernel';
import { LedgerService, auditLedger } from '#ledger';
import { Database, UnitOfWork } from '#platform';
import { startLedger, type LedgerApp } from '../support/builders/ledger-app.js';
import { connect, insertAccount, insertOwner, keepAll } from '../support/builders/ledger.builder.js';

/** What somebody could do who may switch the triggers off, and what the check says to it. */
const TAMPERINGS = [
  {
    what: 'an entry',
    by: `UPDATE ledger.entry SET amount_minor = amount_minor + 7 WHERE transfer_id = $1 AND position = 1`,
    // Of the kept balance, and of both kept sums.
    says: { unbalanced: 1, driftMinor: 21n },
    breach: 'Debits and credits differ',
  },
  {
    what: 'both entries of a transfer alike',
    by: `UPDATE ledger.entry SET amount_minor = amount_minor * 2 WHERE transfer_id = $1`,
    // Of the kept balance of one, and of two kept sums of each.
    says: { unbalanced: 0, driftMinor: 2000n },
    breach: 'The kept balance differs',
  },
  {
    what: 'a kept balance',
    by: `UPDATE ledger.limited_balance SET posted_minor = posted_minor + 1 WHERE $1::uuid IS NOT NULL`,
    says: { unbalanced: 0, driftMinor: 1n },
    breach: 'The kept balance differs',
  },
  {
    what: 'what is held',
    by: `UPDATE ledger.limited_balance SET held_minor = held_minor - 30 WHERE $1::uuid IS NOT NULL`,
    says: { unbalanced: 0, driftMinor: 30n },
    breach: 'The kept balance differs',
  },
  {
    what: 'a kept sum',
    by: `UPDATE ledger.kept_sum SET posted_minor = posted_minor - 3 WHERE through_number = (SELECT max(through_number) FROM ledger.kept_sum) AND $1::uuid IS NOT NULL`,
    says: { unbalanced: 0, driftMinor: 3n },
    breach: 'A kept sum differs',
  },
  {
    what: 'a kept sum of what is pending',
    by: `UPDATE ledger.kept_sum SET pending_minor = pending_minor + 11 WHERE through_number = (SELECT min(through_number) FROM ledger.kept_sum) AND $1::uuid IS NOT NULL`,
    says: { unbalanced: 0, driftMinor: 11n },
    breach: 'A kept sum differs',
  },
  {
    what: 'the absence of an entry',
    by: `DELETE FROM ledger.entry WHERE transfer_id = $1 AND position = 2`,
    says: { unbalanced: 1, driftMinor: 800n },
    breach: 'an entry is missing',
  },
  {
    what: 'the absence of a transfer',
    by: `DELETE FROM ledger.transfer WHERE id = $1`,
    says: { unbalanced: 0, driftMinor: 0n },
    breach: 'An entry has no transfer',
  },
  {
    what: 'a layer',
    by: `UPDATE ledger.entry SET layer = 'pending' WHERE transfer_id = $1`,
    // Missing where it was posted, and too much where it pends.
    says: { unbalanced: 0, driftMinor: 3600n },
    breach: 'does not belong into',
  },
  {
    what: 'a reversal',
    by: `UPDATE ledger.entry SET amount_minor = sign(amount_minor) * 11 WHERE transfer_id = (SELECT id FROM ledger.transfer WHERE reverses_transfer_id IS NOT NULL) AND $1::uuid IS NOT NULL`,
    says: { unbalanced: 0 },
    breach: 'not the mirror',
  },
  {
    what: 'a posting of what was reserved',
    by: `UPDATE ledger.entry SET amount_minor = sign(amount_minor) * 999 WHERE layer = 'posted' AND transfer_id = (SELECT id FROM ledger.transfer WHERE pending_transfer_id IS NOT NULL) AND $1::uuid IS NOT NULL`,
    says: { unbalanced: 0 },
    breach: 'reserved',
  },
] as const;

describe('the check of the ledger', () => {
  let app: LedgerApp;
  let client: pg.Client;
  let superuser: pg.Client;
  let paid: Id<'transfer'>;

  beforeAll(async () => {
    app = await startLedger();
    client = await connect(app.database.appUrl);
    superuser = await connect(app.database.superuserUrl);
    await superuser.query(`SET session_replication_role = replica`);
    const owner = await insertOwner(client);
    const purse = await insertAccount(client, { owner, limited: true });
    const income = await insertAccount(client, { owner, normalSide: 'credit' });
    const legs = (amountMinor: bigint) => [
      { accountId: purse.id, amountMinor },
      { accountId: income.id, amountMinor: -amountMinor },
    ];
    const ledger = app.module.get(LedgerService);
    let key = 0;
    const booking = () => ({
      key: `check-key-${key++}`,
      description: 'Checked',
      valueDate: '2026-03-02' as never,
    });
    const order = (amountMinor: bigint) => ({
      ...booking(),
      kind: 'payment',
      reference: null,
      legs: legs(amountMinor),
    });
    paid = await app.module.get(UnitOfWork).run(async (tx) => {
      const first = await ledger.transfer(tx, order(400n));
      await ledger.reverse(tx, await ledger.transfer(tx, order(150n)), booking());
      await ledger.post(tx, await ledger.pend(tx, order(-60n)), { ...booking(), amountMinor: 20n });
      await ledger.pend(tx, order(-30n));
      return first;
    });
    expect(await keepAll(client, 3)).toBe(4);
  });

  afterAll(async () => {
    await superuser.end();
    await client.end();
    await app.close();
  });

  const audit = () => auditLedger(app.module.get(Database));

  it('finds nothing in books that were only booked', async () => {
    expect(await audit()).toEqual({
      check: { transfers: 6, entries: 14, driftMinor: 0n, unbalanced: 0 },
      findings: [],
    });
  });

  it.each(TAMPERINGS)('finds $what that was altered past the triggers', async ({ by, says, breach }) => {
    await superuser.query('CREATE SCHEMA kept');
    for (const table of ['transfer', 'entry', 'limited_balance', 'kept_sum'])
      await superuser.query(`CREATE TABLE kept.${table} AS TABLE ledger.${table}`);
    try {
      expect((await superuser.query(by, [paid])).rowCount).toBeGreaterThan(0);
      const { check, findings } = await audit();
      expect(check).toMatchObject(says);
      expect(findings.map((finding) => finding.breach).join('; ')).toContain(breach);
      for (const { count, examples } of findings) expect(examples).toHaveLength(Math.min(5, count));
    } finally {
      for (const table of ['entry', 'transfer', 'limited_balance', 'kept_sum']) {
        await superuser.query(`DELETE FROM ledger.${table}`);
        await superuser.query(`INSERT INTO ledger.${table} SELECT * FROM kept.${table}`);
      }
      await superuser.query('DROP SCHEMA kept CASCADE');
    }
    expect((await audit()).findings).toEqual([]);
  });

  describe('by its command', () => {
    function command(
      name: string,
      args: readonly string[],
    ): Promise<{ code: number | null; stdout: string; stderr: string }> {
      return new Promise((resolve, reject) => {
        const env = { ...process.env, DATABASE_URL: app.database.appUrl };
        const child = spawn(process.execPath, ['tools/on-database.mjs', name, ...args], { env });
        let [stdout, stderr] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
        child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout, stderr }));
      });
    }

    it('ends with one line of JSON, or with a sentence', async () => {
      const json = await command('check-ledger', ['--json']);
      expect(json).toMatchObject({
        code: 0,
        stdout: '{ "transfers": 6, "entries": 14, "driftMinor": 0, "unbalanced": 0 }\n',
      });
      const words = await command('check-ledger', []);
      expect(words).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('The ledger is clean: 6 transfers'),
      });
    }, 180_000);

    it('ends with code 1, and says what and where, when a balance was altered', async () => {
      const change = (by: number) =>
        superuser.query(`UPDATE ledger.limited_balance SET posted_minor = posted_minor + $1`, [by]);
      await change(5);
      try {
        const { code, stdout, stderr } = await command('check-ledger', ['--json']);
        expect({ code, stdout }).toEqual({
          code: 1,
          stdout: '{ "transfers": 6, "entries": 14, "driftMinor": 5, "unbalanced": 0 }\n',
        });
        expect(stderr).toMatch(/The kept balance differs from the entries of account [0-9a-f-]{36}\./);
      } finally {
        await change(-5);
      }
    }, 60_000);

    it('exports the books of the one fablab, and asks which where there are two', async () => {
      const one = await command('export', ['--format', 'hledger']);
      expect(one).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^; Books of Books\n[^]* = 3\.80 EUR\n/),
      });
      const second = await insertOwner(client);
      const unsaid = await command('export', ['--format', 'csv']);
      expect(unsaid).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^There are several fablabs; name one of them: books-\S+, books-\S+\.\n$/,
        ),
      });
      const { rows } = await client.query<{ slug: string }>(
        'SELECT slug FROM identity.community WHERE id = $1',
        [second],
      );
      const empty = await command('export', ['--format', 'csv', '--fablab', rows[0]?.slug ?? '']);
      expect(empty).toMatchObject({ code: 0, stdout: expect.stringMatching(/^date,[^\n]*\r\n$/) });
      expect(await command('export', ['--format', 'csv', '--fablab', 'nowhere'])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('There is no community “nowhere”. The fablabs are: books-'),
      });
      expect(await command('export', ['--format', 'ods'])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('“ods” is none of the formats'),
      });
    }, 60_000);
  });
});
