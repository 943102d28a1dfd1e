import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { DomainError, type Day, type Id } from '#kernel';
import { LedgerReader, LedgerService, checkLedger } from '#ledger';
import { Database, UnitOfWork, violatedConstraint, type Tx } from '#platform';
import {
  balanceOf,
  book,
  type Ledger,
  type LedgerAccount,
  type LedgerCommand,
} from '../../libs/ledger/src/domain/ledger.js';
import { connect, insertAccount, insertOwner, newId } from '../support/builders/ledger.builder.js';
import { startLedger, type LedgerApp } from '../support/builders/ledger-app.js';

/** Raise it for a long night. */
const COMMANDS = Number(process.env['LEDGER_MODEL_COMMANDS'] ?? 400);
const SEED = Number(process.env['LEDGER_MODEL_SEED'] ?? Date.now() % 1_000_000);
const VALUE_DATE = '2026-03-02' as Day;

/** A command before it meets the state: numbers pick among the accounts, transfers and keys of the moment. */
interface Draw {
  readonly type: LedgerCommand['type'];
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly target: number;
  readonly reuseKey: boolean;
  readonly whole: boolean;
}

const draws = fc.record<Draw>({
  type: fc.constantFrom('transfer', 'transfer', 'pend', 'pend', 'post', 'void', 'expire', 'reverse'),
  from: fc.nat(5),
  to: fc.nat(5),
  amount: fc.integer({ min: -2, max: 400 }),
  target: fc.nat(1000),
  reuseKey: fc.nat(9).map((each) => each === 0),
  whole: fc.boolean(),
});

describe('the ledger, against its pure model', () => {
  let app: LedgerApp;
  let client: pg.Client;
  let service: LedgerService;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    app = await startLedger();
    client = await connect(app.database.appUrl);
    service = app.module.get(LedgerService);
    unitOfWork = app.module.get(UnitOfWork);
  });

  afterAll(async () => {
    await client.end();
    await app.close();
  });

  function execute(tx: Tx, command: LedgerCommand): Promise<Id<'transfer'>> {
    const { key, description, valueDate } = command;
    const booking = { key, description, valueDate };
    switch (command.type) {
      case 'transfer':
        return service.transfer(tx, { ...booking, kind: 'test', reference: null, legs: command.legs });
      case 'pend':
        return service.pend(tx, { ...booking, kind: 'test', reference: null, legs: command.legs });
      case 'post':
        return service.post(tx, command.pendingId, {
          ...booking,
          ...(command.amountMinor !== null && { amountMinor: command.amountMinor }),
        });
      case 'void':
        return service.void(tx, command.pendingId, booking);
      case 'expire':
        return service.expire(tx, command.pendingId, booking);
      case 'reverse':
        return service.reverse(tx, command.transferId, booking);
    }
  }

  function commandOf(
    draw: Draw,
    ledger: Ledger,
    accounts: readonly LedgerAccount[],
    keys: readonly string[],
  ): LedgerCommand {
    const transfers = [...ledger.transfers.keys()];
    const target = transfers[draw.target % Math.max(1, transfers.length)] ?? newId<'transfer'>();
    const key =
      draw.reuseKey && keys.length > 0 ? (keys[draw.target % keys.length] as string) : `key-${newId()}`;
    const frame = { id: newId<'transfer'>(), key, description: 'Drawn', valueDate: VALUE_DATE };
    const amount = BigInt(draw.amount);
    const account = (index: number): Id<'account'> => (accounts[index] as LedgerAccount).id;
    switch (draw.type) {
      case 'transfer':
      case 'pend':
        return {
          ...frame,
          type: draw.type,
          legs: [
            { accountId: account(draw.to), amountMinor: amount },
            { accountId: account(draw.from), amountMinor: -amount },
          ],
        };
      case 'post':
        return { ...frame, type: 'post', pendingId: target, amountMinor: draw.whole ? null : amount };
      case 'void':
      case 'expire':
        return { ...frame, type: draw.type, pendingId: target };
      case 'reverse':
        return { ...frame, type: 'reverse', transferId: target };
    }
  }

  /** The transfer's id, or the refusal's code: what both sides must say alike. */
  async function outcome(work: () => Promise<Id<'transfer'>> | Id<'transfer'>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      // Two currencies in one transfer: a caller's mistake, which the database finds at commit.
      if (violatedConstraint(error) === 'transfer_balanced') return 'BAD_INPUT';
      throw error;
    }
  }

  it(`says and holds the same after each of ${COMMANDS} random commands (seed ${SEED})`, async () => {
    const owner = await insertOwner(client);
    const accounts: LedgerAccount[] = [];
    for (const limited of [false, true, true, false, true]) {
      const normalSide = accounts.length % 2 ? 'credit' : 'debit';
      accounts.push(await insertAccount(client, { owner, limited, normalSide }));
    }
    accounts.push(await insertAccount(client, { owner, currency: 'USD' }));
    let ledger: Ledger = { accounts: new Map(accounts.map((each) => [each.id, each])), transfers: new Map() };
    const keys: string[] = [];
    const ids = new Map<string, string>();
    const seen = new Set<string>();
    for (const [step, draw] of fc.sample(draws, { numRuns: COMMANDS, seed: SEED }).entries()) {
      const command = commandOf(draw, ledger, accounts, keys);
      let next = ledger;
      const expected = await outcome(() => {
        const booked = book(ledger, command);
        next = booked.ledger;
        return booked.transferId;
      });
      const actual = await outcome(() => unitOfWork.run((tx) => execute(tx, translate(command, ids))));
      // The database gives its own ids: what is new on one side is new on the other, a replay is a replay.
      if (next !== ledger) ids.set(expected, actual);
      // Where two things are wrong, the database may name the other one: it finds a mix of currencies last.
      const same =
        expected === 'BAD_INPUT' && 'legs' in command && isCode(actual)
          ? actual
          : (ids.get(expected) ?? expected);
      expect({ step, type: command.type, answer: actual }).toEqual({
        step,
        type: command.type,
        answer: same,
      });
      seen.add(isCode(actual) ? `${draw.type} ${actual}` : draw.type);
      ledger = next;
      if (!isCode(actual)) keys.push(command.key);
    }
    await expectSameBalances(ledger);
    expect(await checkLedger(app.module.get(Database))).toEqual({
      transfers: ledger.transfers.size,
      entries: [...ledger.transfers.values()].reduce((sum, { entries }) => sum + entries.length, 0),
      driftMinor: 0n,
      unbalanced: 0,
    });
    // A run that meets no refusal or no success of a kind would show nothing about it.
    for (const kind of [
      'transfer',
      'pend',
      'post',
      'void',
      'expire',
      'reverse',
      'transfer INSUFFICIENT_FUNDS',
      'post INVALID_STATE',
    ])
      expect([...seen]).toContain(kind);
  }, 600_000);

  function isCode(text: string): boolean {
    return /^[A-Z_]+$/.test(text);
  }

  function translate(command: LedgerCommand, ids: ReadonlyMap<string, string>): LedgerCommand {
    const real = (id: Id<'transfer'>): Id<'transfer'> => (ids.get(id) ?? id) as Id<'transfer'>;
    if ('pendingId' in command) return { ...command, pendingId: real(command.pendingId) };
    if ('transferId' in command) return { ...command, transferId: real(command.transferId) };
    return command;
  }

  async function expectSameBalances(ledger: Ledger): Promise<void> {
    const reader = app.module.get(LedgerReader);
    for (const account of ledger.accounts.values()) {
      const expected = balanceOf(ledger, account.id);
      const read = await reader.account(account.id);
      expect([read?.balanceMinor, read?.pendingMinor]).toEqual([expected.postedMinor, expected.pendingMinor]);
      const { rows } = await client.query(
        `SELECT posted_minor AS "postedMinor", held_minor AS "heldMinor" FROM ledger.limited_balance WHERE account_id = $1`,
        [account.id],
      );
      if (account.limited)
        expect(rows).toEqual([{ postedMinor: expected.postedMinor, heldMinor: expected.heldMinor }]);
      else expect(rows).toEqual([]);
    }
  }

  it('loses nothing and drifts nowhere when sessions book, resolve and reverse at the same time', async () => {
    const owner = await insertOwner(client);
    const income = await insertAccount(client, { owner, normalSide: 'credit' });
    const purses = [
      await insertAccount(client, { owner, limited: true }),
      await insertAccount(client, { owner, limited: true }),
    ];
    const booked: string[] = [];
    const sessions = Array.from({ length: 6 }, async (_session, session) => {
      for (let step = 0; step < 25; step += 1) {
        const [one, other] = session % 2 ? [purses[0], purses[1]] : [purses[1], purses[0]];
        if (!one || !other) throw new Error('Two purses were opened.');
        const key = `parallel-${session}-${step}`;
        const booking = {
          key,
          description: 'Parallel',
          valueDate: VALUE_DATE,
          kind: 'test',
          reference: null,
        };
        const legs =
          step % 3 === 0
            ? [
                { accountId: one.id, amountMinor: 40n },
                { accountId: income.id, amountMinor: -40n },
              ]
            : [
                { accountId: other.id, amountMinor: 25n },
                { accountId: one.id, amountMinor: -25n },
              ];
        const answer = await outcome(() =>
          unitOfWork.run(async (tx) => {
            if (step % 2) return service.transfer(tx, { ...booking, legs });
            const pending = await service.pend(tx, { ...booking, legs });
            return service.post(tx, pending, { ...booking, key: `${key}-post`, amountMinor: 20n });
          }),
        );
        if (!isCode(answer)) booked.push(answer);
        else expect(answer).toBe('INSUFFICIENT_FUNDS');
      }
    });
    await Promise.all(sessions);
    expect(new Set(booked).size).toBe(booked.length);
    expect(await checkLedger(app.module.get(Database))).toMatchObject({ driftMinor: 0n, unbalanced: 0 });
  });
});
