import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Id } from '#kernel';
import {
  connect,
  insertAccount,
  insertEntryByHand,
  insertOwner,
  insertTransferByHand,
  newId,
  type HandEntry,
} from '../support/builders/ledger.builder.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const POST = `SELECT ledger.post_transfer($1, $2, 'test', 'A test', NULL, '2026-03-02', now(), $3, $4, $5) AS id`;

describe.each(['the application’s role', 'the owner of the tables'])(
  'the ledger’s tables, for %s',
  (role) => {
    let database: TestDatabase;
    let client: pg.Client;
    let bank: Id<'account'>;
    let income: Id<'account'>;
    let purse: Id<'account'>;
    let dollars: Id<'account'>;

    const url = (): string => (role === 'the owner of the tables' ? database.ownerUrl : database.appUrl);

    beforeAll(async () => {
      database = await createTestDatabase();
      client = await connect(url());
    });

    afterAll(async () => {
      await client.end();
      await database.drop();
    });

    beforeEach(async () => {
      const owner = await insertOwner(client);
      bank = (await insertAccount(client, { owner })).id;
      income = (await insertAccount(client, { owner, normalSide: 'credit' })).id;
      purse = (await insertAccount(client, { owner, limited: true })).id;
      dollars = (await insertAccount(client, { owner, currency: 'USD' })).id;
    });

    async function post(
      accounts: readonly Id<'account'>[],
      amounts: readonly number[],
      given: { id?: Id<'transfer'>; key?: string; state?: string; by?: pg.Client } = {},
    ): Promise<Id<'transfer'>> {
      const values = [
        given.id ?? newId(),
        given.state ?? 'posted',
        given.key ?? randomUUID(),
        accounts,
        amounts,
      ];
      const { rows } = await (given.by ?? client).query<{ id: Id<'transfer'> }>(POST, values);
      return (rows[0] as { id: Id<'transfer'> }).id;
    }

    const insertTransfer = (id: Id<'transfer'>, count: number) => insertTransferByHand(client, id, count);
    const insertEntry = (id: Id<'transfer'>, entry: HandEntry) => insertEntryByHand(client, id, entry);

    /** Runs the work in a transaction of its own, and says which constraint refused it and that nothing remained. */
    async function refusedBy(work: () => Promise<unknown>): Promise<string> {
      const before = await figures();
      let name = 'nothing';
      try {
        await client.query('BEGIN');
        await work();
        await client.query('COMMIT');
      } catch (error) {
        name = (error as { constraint?: string }).constraint ?? String(error);
        await client.query('ROLLBACK');
      }
      expect(await figures()).toEqual(before);
      return name;
    }

    async function figures(): Promise<unknown> {
      const { rows } = await client.query(
        `SELECT (SELECT count(*)::int FROM ledger.transfer) AS transfers,
              (SELECT coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0)::text FROM ledger.entry) AS debits,
              (SELECT count(*)::int FROM ledger.entry) AS entries,
              (SELECT coalesce(sum(posted_minor), 0)::text || '/' || coalesce(sum(held_minor), 0)::text FROM ledger.limited_balance) AS kept`,
      );
      return rows[0];
    }

    async function purseBalance(): Promise<{ posted_minor: bigint; held_minor: bigint }> {
      const { rows } = await client.query(
        `SELECT posted_minor, held_minor FROM ledger.limited_balance WHERE account_id = $1`,
        [purse],
      );
      return rows[0] as { posted_minor: bigint; held_minor: bigint };
    }

    it('books a balanced transfer and keeps the balance of a limited account', async () => {
      await post([purse, income], [500, -500]);
      await post([bank, purse], [120, -120]);
      expect(await purseBalance()).toEqual({ posted_minor: 380n, held_minor: 0n });
    });

    it('refuses a transfer whose debits and credits differ', async () => {
      expect(await refusedBy(() => post([bank, income], [500, -499]))).toBe('transfer_balanced');
    });

    it('refuses a transfer that balances only across currencies', async () => {
      expect(await refusedBy(() => post([bank, dollars], [500, -500]))).toBe('transfer_balanced');
    });

    it('refuses a single entry', async () => {
      expect(await refusedBy(() => post([bank], [500]))).toBe('transfer_entry_count_range');
      const id = newId<'transfer'>();
      const single = async (): Promise<void> => {
        await insertTransfer(id, 2);
        await insertEntry(id, { position: 1, account: bank, amount: 500 });
      };
      expect(await refusedBy(single)).toBe('transfer_complete');
    });

    it('refuses a transfer without entries, and an entry without a transfer', async () => {
      expect(await refusedBy(() => insertTransfer(newId(), 2))).toBe('transfer_complete');
      expect(await refusedBy(() => insertEntry(newId(), { position: 1, account: bank, amount: 5 }))).toBe(
        'entry_transfer_fkey',
      );
    });

    it('refuses an entry in another currency than its account’s', async () => {
      const id = newId<'transfer'>();
      const wrong = async (): Promise<void> => {
        await insertTransfer(id, 2);
        await insertEntry(id, { position: 1, account: bank, amount: 5, currency: 'USD' });
      };
      expect(await refusedBy(wrong)).toBe('entry_account_fkey');
    });

    it('refuses entries added to a transfer that was committed, whatever they claim', async () => {
      const id = await post([bank, income], [500, -500]);
      const add = (position: number, count: number) => () =>
        insertEntry(id, { position, count, account: bank, amount: 1 });
      expect(await refusedBy(add(3, 2))).toBe('entry_position_sealed');
      expect(await refusedBy(add(3, 4))).toBe('entry_transfer_fkey');
      expect(await refusedBy(add(2, 2))).toBe('entry_pkey');
    });

    it('refuses an entry added after the check was made early in the same transaction', async () => {
      const id = newId<'transfer'>();
      const late = async (): Promise<void> => {
        await post([bank, income], [500, -500], { id });
        await client.query('SET CONSTRAINTS ALL IMMEDIATE');
        await insertEntry(id, { position: 3, count: 3, account: bank, amount: 1 });
      };
      expect(await refusedBy(late)).toBe('entry_transfer_fkey');
    });

    it.each([
      [`UPDATE ledger.entry SET amount_minor = amount_minor * 2`, 'entry_append_only'],
      [`DELETE FROM ledger.entry`, 'entry_append_only'],
      [`UPDATE ledger.transfer SET description = 'Another'`, 'transfer_append_only'],
      [`DELETE FROM ledger.transfer`, 'transfer_append_only'],
      [`UPDATE ledger.limited_balance SET posted_minor = 1000000`, 'limited_balance_derived'],
      [`DELETE FROM ledger.limited_balance`, 'limited_balance_derived'],
      [`UPDATE ledger.account SET limited = NOT limited`, 'account_fixed'],
      [`UPDATE ledger.account SET currency = 'CHF'`, 'account_fixed'],
      [`DELETE FROM ledger.account`, 'account_no_delete'],
    ])('refuses %s', async (statement, constraint) => {
      await post([purse, income], [500, -500]);
      expect(await refusedBy(() => client.query(statement))).toBe(constraint);
    });

    it.each(['entry', 'transfer', 'limited_balance', 'account'])('refuses TRUNCATE of %s', async (table) => {
      await post([purse, income], [500, -500]);
      const refusal = await refusedBy(() => client.query(`TRUNCATE ledger.${table} CASCADE`));
      // The application's role has not even the right to try.
      if (role === 'the owner of the tables') expect(refusal).toMatch(/_no_truncate$/);
      else expect(refusal).toContain('permission denied');
    });

    it('lets an account change its name', async () => {
      await client.query(`UPDATE ledger.account SET name = 'Another' WHERE id = $1`, [bank]);
    });

    it('does a key’s work once, and refuses the key with another input', async () => {
      const key = randomUUID();
      const first = await post([purse, income], [500, -500], { key });
      expect(await post([purse, income], [500, -500], { key })).toBe(first);
      expect(await purseBalance()).toEqual({ posted_minor: 500n, held_minor: 0n });
      expect(await refusedBy(() => post([purse, income], [501, -501], { key }))).toBe('transfer_key_reused');
      expect(await refusedBy(() => post([purse, income], [500, -500], { key, state: 'pending' }))).toBe(
        'transfer_key_reused',
      );
    });

    it('refuses an overdraft of a limited account, by the function and by hand', async () => {
      await post([purse, income], [100, -100]);
      expect(await refusedBy(() => post([bank, purse], [101, -101]))).toBe('limited_balance_respected');
      const id = newId<'transfer'>();
      const byHand = async (): Promise<void> => {
        await insertTransfer(id, 2);
        await insertEntry(id, { position: 1, account: bank, amount: 101 });
        await insertEntry(id, { position: 2, account: purse, amount: -101 });
      };
      expect(await refusedBy(byHand)).toBe('limited_balance_respected');
    });

    it('holds on a limited account what a pending transfer may take', async () => {
      await post([purse, income], [100, -100]);
      const pending = await post([bank, purse], [70, -70], { state: 'pending' });
      expect(await purseBalance()).toEqual({ posted_minor: 100n, held_minor: 70n });
      expect(await refusedBy(() => post([bank, purse], [31, -31]))).toBe('limited_balance_respected');
      await client.query(
        `SELECT ledger.resolve_transfer($1, $2, 'posted', 20, 'Part', '2026-03-02', now(), $3)`,
        [newId(), pending, randomUUID()],
      );
      expect(await purseBalance()).toEqual({ posted_minor: 80n, held_minor: 0n });
    });

    it('ends a pending transfer once, and never with more than was pending', async () => {
      const pending = await post([bank, income], [70, -70], { state: 'pending' });
      const resolve = (state: string, part: number | null) => () =>
        client.query(`SELECT ledger.resolve_transfer($1, $2, $3, $4, 'End', '2026-03-02', now(), $5)`, [
          newId(),
          pending,
          state,
          part,
          randomUUID(),
        ]);
      expect(await refusedBy(resolve('posted', 71))).toBe('transfer_part_within_pending');
      expect(await refusedBy(resolve('posted', 0))).toBe('transfer_part_within_pending');
      await resolve('voided', null)();
      expect(await refusedBy(resolve('posted', null))).toBe('transfer_resolved_once');
      expect(await refusedBy(resolve('expired', null))).toBe('transfer_resolved_once');
    });

    it('refuses a resolution by hand that posts more than was pending', async () => {
      const pending = await post([bank, income], [70, -70], { state: 'pending' });
      const id = newId<'transfer'>();
      const byHand = async (): Promise<void> => {
        await client.query(
          `INSERT INTO ledger.transfer (id, entry_count, state, kind, description, value_date, booked_at, idempotency_key, input_hash, pending_transfer_id)
         VALUES ($1, 4, 'posted', 'test', 'By hand', '2026-03-02', now(), $2, sha256('x'), $3)`,
          [id, randomUUID(), pending],
        );
        const entry = { count: 4 };
        await insertEntry(id, { ...entry, position: 1, account: bank, amount: -70, layer: 'released' });
        await insertEntry(id, { ...entry, position: 2, account: income, amount: 70, layer: 'released' });
        await insertEntry(id, { ...entry, position: 3, account: bank, amount: 71 });
        await insertEntry(id, { ...entry, position: 4, account: income, amount: -71 });
      };
      expect(await refusedBy(byHand)).toBe('transfer_resolves_pending');
    });

    it('reverses once, by the mirror, and refuses another mirror', async () => {
      const original = await post([purse, income], [500, -500]);
      const reverse = () =>
        client.query(`SELECT ledger.reverse_transfer($1, $2, 'Typed twice', '2026-03-02', now(), $3)`, [
          newId(),
          original,
          randomUUID(),
        ]);
      const id = newId<'transfer'>();
      const crooked = async (): Promise<void> => {
        await client.query(
          `INSERT INTO ledger.transfer (id, entry_count, state, kind, description, value_date, booked_at, idempotency_key, input_hash, reverses_transfer_id)
         VALUES ($1, 2, 'posted', 'reversal', 'By hand', '2026-03-02', now(), $2, sha256('x'), $3)`,
          [id, randomUUID(), original],
        );
        await insertEntry(id, { position: 1, account: purse, amount: -400 });
        await insertEntry(id, { position: 2, account: income, amount: 400 });
      };
      expect(await refusedBy(crooked)).toBe('transfer_mirrors_reversed');
      await reverse();
      expect(await purseBalance()).toEqual({ posted_minor: 0n, held_minor: 0n });
      expect(await refusedBy(reverse)).toBe('transfer_reversed_once');
    });

    it('never overdraws a limited account, however many sessions try at once', async () => {
      await post([purse, income], [1000, -1000]);
      const sessions = await Promise.all(Array.from({ length: 8 }, () => connect(url())));
      const tries = sessions.flatMap((by) =>
        Array.from({ length: 10 }, async (): Promise<string> => {
          try {
            await post([bank, purse], [50, -50], { by });
            return 'booked';
          } catch (error) {
            return (error as { constraint?: string }).constraint ?? String(error);
          }
        }),
      );
      const answers = await Promise.all(tries);
      await Promise.all(sessions.map((session) => session.end()));
      expect(answers.filter((answer) => answer === 'booked')).toHaveLength(20);
      expect(answers.filter((answer) => answer === 'limited_balance_respected')).toHaveLength(60);
      expect(await purseBalance()).toEqual({ posted_minor: 0n, held_minor: 0n });
    });

    it('books transfers in opposite directions between limited accounts without a deadlock', async () => {
      const owner = await insertOwner(client);
      const other = (await insertAccount(client, { owner, limited: true })).id;
      await post([purse, income], [1000, -1000]);
      await post([other, income], [1000, -1000]);
      const sessions = await Promise.all(Array.from({ length: 6 }, () => connect(url())));
      const there = sessions.flatMap((by, index) =>
        Array.from({ length: 15 }, () => post(index % 2 ? [purse, other] : [other, purse], [1, -1], { by })),
      );
      await Promise.all(there);
      await Promise.all(sessions.map((session) => session.end()));
      expect(await purseBalance()).toEqual({ posted_minor: 1000n, held_minor: 0n });
    });

    it('does the work of one key once when two sessions send it at the same time', async () => {
      const key = randomUUID();
      const second = await connect(url());
      const ids = await Promise.all([
        post([purse, income], [7, -7], { key }),
        post([purse, income], [7, -7], { key, by: second }),
      ]);
      await second.end();
      expect(ids[0]).toBe(ids[1]);
      expect(await purseBalance()).toEqual({ posted_minor: 7n, held_minor: 0n });
    });
  },
);
