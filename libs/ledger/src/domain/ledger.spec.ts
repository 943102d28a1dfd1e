import { describe, expect, it } from '@jest/globals';
import type { Currency, Day, Id } from '#kernel';
import { balanceOf, book, type Ledger, type LedgerCommand, type Leg } from './ledger.js';

const BANK = 'bank' as Id<'account'>;
const LOAN = 'loan' as Id<'account'>;
const PURSE = 'purse' as Id<'account'>;
const EUR = 'EUR' as Currency;
const VALUE = { description: 'Test', valueDate: '2026-03-02' as Day };
const id = (name: string): Id<'transfer'> => name as Id<'transfer'>;
const legs = (to: Id<'account'>, from: Id<'account'>, amountMinor: bigint): Leg[] => [
  { accountId: to, amountMinor },
  { accountId: from, amountMinor: -amountMinor },
];
const move = (name: string, to: Id<'account'>, from: Id<'account'>, amount: bigint): LedgerCommand => ({
  ...VALUE,
  id: id(name),
  key: `key-${name}`,
  type: 'transfer',
  legs: legs(to, from, amount),
});

const empty: Ledger = {
  accounts: new Map([
    [BANK, { id: BANK, currency: EUR, normalSide: 'debit', limited: false }],
    [LOAN, { id: LOAN, currency: EUR, normalSide: 'credit', limited: false }],
    [PURSE, { id: PURSE, currency: EUR, normalSide: 'debit', limited: true }],
  ]),
  transfers: new Map(),
};

const after = (...commands: LedgerCommand[]): Ledger =>
  commands.reduce((ledger, command) => book(ledger, command).ledger, empty);

describe('the pure ledger', () => {
  it('shows balances on each account’s normal side', () => {
    const ledger = after(move('a', BANK, LOAN, 500n));
    expect(balanceOf(ledger, BANK).postedMinor).toBe(500n);
    expect(balanceOf(ledger, LOAN).postedMinor).toBe(500n);
  });

  it('never takes a limited account below zero, reservations included', () => {
    const pend: LedgerCommand = {
      ...move('p', BANK, PURSE, 70n),
      type: 'pend',
      legs: legs(BANK, PURSE, 70n),
    } as LedgerCommand;
    const ledger = after(move('a', PURSE, LOAN, 100n), pend);
    expect(balanceOf(ledger, PURSE)).toEqual({ postedMinor: 100n, heldMinor: 70n, pendingMinor: -70n });
    expect(() => book(ledger, move('b', BANK, PURSE, 31n))).toThrow(
      expect.objectContaining({ code: 'INSUFFICIENT_FUNDS' }),
    );
    const post: LedgerCommand = {
      ...VALUE,
      id: id('q'),
      key: 'key-q',
      type: 'post',
      pendingId: id('p'),
      amountMinor: 20n,
    };
    expect(balanceOf(book(ledger, post).ledger, PURSE)).toEqual({
      postedMinor: 80n,
      heldMinor: 0n,
      pendingMinor: 0n,
    });
    const again: LedgerCommand = { ...VALUE, id: id('r'), key: 'key-r', type: 'void', pendingId: id('p') };
    expect(() => book(book(ledger, post).ledger, again)).toThrow(
      expect.objectContaining({ code: 'INVALID_STATE' }),
    );
  });

  it('does a key’s work once', () => {
    const ledger = after(move('a', BANK, LOAN, 500n));
    const replay = book(ledger, { ...move('b', BANK, LOAN, 500n), key: 'key-a' });
    expect(replay).toEqual({ ledger, transferId: 'a' });
    expect(() => book(ledger, { ...move('b', BANK, LOAN, 501n), key: 'key-a' })).toThrow(
      expect.objectContaining({ code: 'KEY_REUSED' }),
    );
  });

  it.each<[string, readonly Leg[]]>([
    ['a single entry', [{ accountId: BANK, amountMinor: 5n }]],
    ['an entry of zero', legs(BANK, LOAN, 0n)],
    ['one account on both sides', legs(BANK, BANK, 5n)],
    [
      'unequal sides',
      [
        { accountId: BANK, amountMinor: 5n },
        { accountId: LOAN, amountMinor: -4n },
      ],
    ],
  ])('refuses %s', (_name, given) => {
    const command = { ...move('a', BANK, LOAN, 1n), legs: given } as LedgerCommand;
    expect(() => book(empty, command)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('reverses by the mirror, once, and no reversal', () => {
    const reverse = (original: string, name: string): LedgerCommand => ({
      ...VALUE,
      id: id(name),
      key: `key-${name}`,
      type: 'reverse',
      transferId: id(original),
    });
    const ledger = after(move('a', BANK, LOAN, 500n), reverse('a', 'b'));
    expect(balanceOf(ledger, BANK).postedMinor).toBe(0n);
    for (const name of ['a', 'b'])
      expect(() => book(ledger, reverse(name, 'c'))).toThrow(
        expect.objectContaining({ code: 'INVALID_STATE' }),
      );
  });
});
