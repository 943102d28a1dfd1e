import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Id } from '#kernel';
import { LedgerReader, LedgerService, SumKeeper, auditLedger } from '#ledger';
import { Database, UnitOfWork } from '#platform';
import {
  balanceOf,
  book,
  type Ledger,
  type LedgerAccount,
  type LedgerCommand,
} from '../../libs/ledger/src/domain/ledger.js';
import { startLedger, type LedgerApp } from '../support/builders/ledger-app.js';
import { connect, insertAccount, insertOwner } from '../support/builders/ledger.builder.js';
import {
  CommandSender,
  commandOf,
  drawMany,
  isCode,
  isLostConnection,
  outcome,
} from '../support/builders/ledger-commands.js';

/** Raise it for a long night. */
const COMMANDS = Number(
  process.env['LEDGER_MODEL_COMMANDS'] ?? (process.env['CI'] === 'true' ? 100_000 : 10_000),
);
const SEED = Number(process.env['LEDGER_MODEL_SEED'] ?? Date.now() % 1_000_000);
const SESSIONS = 8;
/** The model folds all it holds for every answer, so worlds are many and small. */
const WORLD_COMMANDS = 250;
const ARENA_COMMANDS = 1_000;
const KILL_EVERY_MILLISECONDS = 400;
/** Few enough that the accounts of a world have several kept sums. */
const ENTRIES_PER_SUM = 5;

describe(`the ledger against its pure model, seed ${SEED}`, () => {
  let app: LedgerApp;
  let client: pg.Client;
  let killer: pg.Client;
  let sender: CommandSender;
  let killed = 0;
  let storm = true;
  let killing: Promise<void>;
  let keeping: Promise<number>;
  /** Of every acknowledged key, in all worlds and arenas: the transfer it was told to be. */
  const acknowledged = new Map<string, string>();

  beforeAll(async () => {
    app = await startLedger();
    client = await connect(app.database.appUrl);
    killer = await connect(app.database.superuserUrl);
    sender = new CommandSender(app.module.get(LedgerService), app.module.get(UnitOfWork));
    killing = killBackends();
    keeping = keepSums();
  });

  afterAll(async () => {
    storm = false;
    await killing;
    await keeping;
    await killer.end();
    await client.end();
    await app.close();
  });

  /** Ends the connection of a session, whatever it is doing, again and again. */
  async function killBackends(): Promise<void> {
    while (storm) {
      await sleep(KILL_EVERY_MILLISECONDS);
      const { rowCount } = await killer.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'commonwright test' AND state <> 'idle'
         ORDER BY random() LIMIT 1`,
      );
      killed += rowCount ?? 0;
    }
  }

  /** As the worker does, and as often as it can: each of its transactions may be killed, too. @returns sums kept */
  async function keepSums(): Promise<number> {
    const keeper = new SumKeeper(app.module.get(UnitOfWork));
    let kept = 0;
    while (storm) {
      kept += await keeper.keep(ENTRIES_PER_SUM).catch((error: unknown) => {
        if (!isLostConnection(error)) throw error;
        return 0;
      });
      await sleep(20);
    }
    return kept;
  }

  async function openAccounts(): Promise<LedgerAccount[]> {
    const owner = await insertOwner(client);
    const accounts: LedgerAccount[] = [];
    for (const limited of [false, true, true, false, true]) {
      const normalSide = accounts.length % 2 ? 'credit' : 'debit';
      accounts.push(await insertAccount(client, { owner, limited, normalSide }));
    }
    accounts.push(await insertAccount(client, { owner, currency: 'USD' }));
    return accounts;
  }

  const ledgerOf = (accounts: readonly LedgerAccount[]): Ledger => ({
    accounts: new Map(accounts.map((each) => [each.id, each])),
    transfers: new Map(),
  });

  async function expectSameBalances(ledger: Ledger, limited: ReadonlySet<string>): Promise<void> {
    const reader = app.module.get(LedgerReader);
    for (const { id } of ledger.accounts.values()) {
      const expected = balanceOf(ledger, id);
      const read = await untilAnswered(() => reader.account(id));
      expect([read?.balanceMinor, read?.pendingMinor]).toEqual([expected.postedMinor, expected.pendingMinor]);
      const { rows } = await client.query(
        `SELECT posted_minor AS "postedMinor", held_minor AS "heldMinor" FROM ledger.limited_balance WHERE account_id = $1`,
        [id],
      );
      const { postedMinor, heldMinor } = expected;
      expect(rows).toEqual(limited.has(id) ? [{ postedMinor, heldMinor }] : []);
    }
  }

  /** Reads go through the pool whose connections are being killed. */
  async function untilAnswered<Result>(read: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await read();
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  }

  const limitedOf = (accounts: readonly LedgerAccount[]): ReadonlySet<string> =>
    new Set(accounts.filter(({ limited }) => limited).map(({ id }) => id));

  /** One world: a model, a session, and the same answer from both after every command. */
  async function runWorld(seed: number, seen: Set<string>): Promise<void> {
    const accounts = await openAccounts();
    let ledger = ledgerOf(accounts);
    const commands: LedgerCommand[] = [];
    const realIds = new Map<string, Id<'transfer'>>();
    const real = (id: Id<'transfer'>): Id<'transfer'> => realIds.get(id) ?? id;
    for (const [step, draw] of drawMany(WORLD_COMMANDS, seed).entries()) {
      const command = commandOf(draw, { accounts, transferIds: [...ledger.transfers.keys()], commands });
      let next = ledger;
      const expected = await outcome(() => {
        const booked = book(ledger, command);
        next = booked.ledger;
        return booked.transferId;
      });
      const sent =
        'pendingId' in command
          ? { ...command, pendingId: real(command.pendingId) }
          : 'transferId' in command
            ? { ...command, transferId: real(command.transferId) }
            : command;
      const actual = await sender.send(sent, draw.alone);
      // The database gives its own ids: what is new on one side is new on the other, a replay is a replay.
      if (next !== ledger && !isCode(actual)) realIds.set(expected, actual as Id<'transfer'>);
      // Where two things are wrong, the database may name the other one: it finds a mix of currencies last.
      const either = expected === 'BAD_INPUT' && 'legs' in command && isCode(actual);
      const same = either ? actual : (realIds.get(expected) ?? expected);
      if (actual !== same)
        expect({ seed, step, draw, answer: actual }).toEqual({ seed, step, draw, answer: same });
      seen.add(`${draw.key === 'replay' ? 'replay' : draw.type} ${isCode(actual) ? actual : 'booked'}`);
      if (!isCode(actual)) {
        acknowledged.set(command.key, actual);
        commands.push(command);
      }
      ledger = next;
    }
    await expectSameBalances(ledger, limitedOf(accounts));
  }

  it(`answers every command as the model does, in ${SESSIONS} worlds at a time, though backends are killed`, async () => {
    const worlds = Math.ceil((COMMANDS * 0.7) / WORLD_COMMANDS);
    const seen = new Set<string>();
    let next = 0;
    await Promise.all(
      Array.from({ length: SESSIONS }, async () => {
        while (next < worlds) await runWorld(SEED + next++, seen);
      }),
    );
    // A run that meets no refusal or no success of a kind would show nothing about it.
    const booked = ['transfer', 'pend', 'post', 'void', 'expire', 'reverse', 'replay'].map(
      (each) => `${each} booked`,
    );
    const refused = [
      'transfer INSUFFICIENT_FUNDS',
      'pend INSUFFICIENT_FUNDS',
      'post INVALID_STATE',
      'reverse INVALID_STATE',
      'transfer BAD_INPUT',
      'post BAD_INPUT',
      'transfer KEY_REUSED',
    ];
    expect([...seen]).toEqual(expect.arrayContaining([...booked, ...refused]));
  }, 900_000);

  /** One arena: eight sessions on the same accounts, transfers and keys, each free to be in the others' way. */
  async function runArena(seed: number, seen: Set<string>): Promise<void> {
    const accounts = await openAccounts();
    const transferIds: Id<'transfer'>[] = [];
    const commands: LedgerCommand[] = [];
    const booked = new Map<string, LedgerCommand>();
    const drawn = drawMany(ARENA_COMMANDS, seed);
    await Promise.all(
      Array.from({ length: SESSIONS }, async () => {
        for (let draw = drawn.pop(); draw; draw = drawn.pop()) {
          const command = commandOf(draw, { accounts, transferIds, commands });
          // Told before it is answered, so that another session may send the same key at the same time.
          if (!commands.includes(command)) commands.push(command);
          const answer = await sender.send(command, draw.alone);
          seen.add(isCode(answer) ? answer : 'booked');
          if (isCode(answer)) continue;
          const before = acknowledged.get(command.key);
          if (before !== undefined && before !== answer)
            throw new Error(`Key ${command.key} was acknowledged as ${before}, and now as ${answer}.`);
          if (before !== undefined) continue;
          acknowledged.set(command.key, answer);
          booked.set(answer, command);
          transferIds.push(answer as Id<'transfer'>);
        }
      }),
    );
    // In which order limited accounts were served is the database's own; what was booked adds up in any order. So
    // the model replays it without limits: it still refuses what is ended twice, reversed twice or not balanced.
    let ledger = ledgerOf(accounts.map((account) => ({ ...account, limited: false })));
    for (const [id, command] of booked) ({ ledger } = book(ledger, { ...command, id: id as Id<'transfer'> }));
    for (const account of accounts) {
      const { postedMinor, heldMinor } = balanceOf(ledger, account.id);
      if (account.limited) expect(postedMinor >= heldMinor && heldMinor >= 0n).toBe(true);
    }
    await expectSameBalances(ledger, limitedOf(accounts));
  }

  it(`adds up when ${SESSIONS} sessions meet on the same accounts, and is clean at every moment`, async () => {
    const arenas = Math.ceil((COMMANDS * 0.3) / ARENA_COMMANDS);
    const seen = new Set<string>();
    let [running, moments] = [true, 0];
    // On a connection of its own, which is left alone: what it reads takes longer than the next kill is away.
    const pool = new pg.Pool({ connectionString: app.database.appUrl, max: 1 });
    const observer = (async () => {
      while (running) {
        expect((await auditLedger({ pool })).findings).toEqual([]);
        moments += 1;
        await sleep(2_000);
      }
    })();
    for (let arena = 0; arena < arenas; arena += 1) await runArena(SEED + 1_000_000 + arena, seen);
    running = false;
    await observer;
    await pool.end();
    expect(moments).toBeGreaterThan(0);
    expect([...seen]).toEqual(
      expect.arrayContaining(['booked', 'INSUFFICIENT_FUNDS', 'INVALID_STATE', 'KEY_REUSED', 'BAD_INPUT']),
    );
  }, 900_000);

  it('holds each acknowledged key once and nothing else, and has lost nothing to the killed backends', async () => {
    storm = false;
    await killing;
    expect(await keeping).toBeGreaterThan(COMMANDS / 100);
    expect(killed).toBeGreaterThan(0);
    expect(sender.resent).toBeGreaterThan(0);
    const { rows } = await client.query<{ key: string; id: string }>(
      `SELECT idempotency_key AS key, id FROM ledger.transfer`,
    );
    expect(rows).toHaveLength(acknowledged.size);
    expect(rows.filter(({ key, id }) => acknowledged.get(key) !== id)).toEqual([]);
    const { check, findings } = await auditLedger(app.module.get(Database));
    expect(findings).toEqual([]);
    expect(check).toMatchObject({ transfers: acknowledged.size, driftMinor: 0n, unbalanced: 0 });
    expect(check.entries).toBeGreaterThan(acknowledged.size * 2 - 1);
    const sums = await client.query(
      `SELECT currency FROM ledger.entry GROUP BY currency, layer HAVING sum(amount_minor) <> 0`,
    );
    expect(sums.rows).toEqual([]);
  }, 120_000);
});
