import { describe, expect, it } from '@jest/globals';
import type { Currency, Day, Id } from '#kernel';
import {
  BOOKS_FORMATS,
  type BooksFormat,
  type BooksFrame,
  type BooksPending,
  type BooksTransfer,
} from './books.js';
import { commentText, journalText, oneLine, quoted } from './text.js';
import { BOOKS_WRITERS } from './writers.js';

const EUR = 'EUR' as Currency;
const JPY = 'JPY' as Currency;
const TND = 'TND' as Currency;
const ID = '01980000-0000-7000-8000-000000000001' as Id<'transfer'>;
const OTHER = '01980000-0000-7000-8000-000000000002' as Id<'transfer'>;

const frame: BooksFrame = {
  title: 'Books of “Oak” \\ Hollow\n',
  writtenAt: new Date('2026-11-20T10:00:00.000Z'),
  firstDay: '2026-03-02' as Day,
  lastDay: '2026-12-31' as Day,
  accounts: [
    { code: 'assets:bank', name: 'Bank: main', currency: EUR, balanceMinor: 1_240n },
    { code: 'assets:bank', name: 'Bank: main', currency: JPY, balanceMinor: -3n },
    { code: 'assets:bank:savings', name: 'Savings', currency: EUR, balanceMinor: 5n },
    { code: 'equity:2-other', name: 'Other', currency: TND, balanceMinor: 1n },
  ],
};

const transfer: BooksTransfer = {
  id: ID,
  kind: 'reversal',
  reference: 'CSM-2026-0001',
  description: '*paid "twice";\nsorry',
  valueDate: '2026-03-02' as Day,
  bookedAt: new Date('2026-03-05T08:09:10.000Z'),
  reversesId: OTHER,
  reversedById: null,
  entries: [
    { code: 'assets:bank', accountName: 'Bank: main', currency: EUR, amountMinor: -5n },
    { code: 'assets:bank:savings', accountName: '=Savings', currency: EUR, amountMinor: 5n },
  ],
};

const pending: BooksPending = {
  reference: null,
  description: 'Pledge\nof Birch',
  valueDate: '2026-03-03' as Day,
  from: 'liabilities:loans',
  to: 'assets:bank',
  amountMinor: 1_000_500n,
  currency: TND,
};

function whole(format: BooksFormat): string {
  const writer = BOOKS_WRITERS[format]();
  return writer.head(frame) + writer.transfer(transfer) + writer.pending(pending) + writer.tail(frame);
}

describe('what is written', () => {
  it('for hledger', () => {
    expect(whole('hledger')).toBe(`; Books of “Oak” \\ Hollow
; Written for hledger on 2026-11-20T10:00:00.000Z. Debits are above zero, credits below.

decimal-mark .
commodity 1000.00 EUR
commodity 1000. JPY
commodity 1000.000 TND
account assets:bank  ; Bank - main
account assets:bank:savings  ; Savings
account equity:2-other  ; Other

2026-03-02 * (CSM-2026-0001) *paid "twice", sorry
    ; transfer: ${ID}
    ; booked: 2026-03-05T08:09:10.000Z
    ; kind: reversal
    ; reverses: ${OTHER}
    assets:bank  -0.05 EUR
    assets:bank:savings  0.05 EUR
; reserved, no money yet: 2026-03-03 1000.500 TND from liabilities:loans to assets:bank Pledge of Birch

2026-12-31 * (balances) What each account holds
    assets:bank  0.00 EUR = 12.40 EUR
    assets:bank  0 JPY = -3 JPY
    assets:bank:savings  0.00 EUR = 0.05 EUR
    equity:2-other  0.000 TND = 0.001 TND
`);
  });

  it('for ledger differs in what is declared only', () => {
    const [head = ''] = whole('ledger').split('\n2026-03-02');
    expect(head).toContain('tag transfer\n');
    expect(head).toContain('commodity JPY\n    format 1000 JPY\n');
    expect(head).toContain('account assets:bank\n    note Bank - main\n');
    const body = (text: string): string => text.slice(text.indexOf('\n2026-03-02'));
    expect(body(whole('ledger'))).toBe(body(whole('hledger')));
  });

  it('for beancount, where a parent is asserted with what is below it, on the next morning', () => {
    expect(whole('beancount'))
      .toBe(`; Written for beancount on 2026-11-20T10:00:00.000Z. Debits are above zero, credits below.
option "title" "Books of “Oak” \\\\ Hollow"
option "operating_currency" "EUR"
option "operating_currency" "JPY"
option "operating_currency" "TND"

2026-03-02 commodity EUR
2026-03-02 commodity JPY
2026-03-02 commodity TND
2026-03-02 open Assets:Bank EUR,JPY
  name: "Bank: main"
2026-03-02 open Assets:Bank:Savings EUR
  name: "Savings"
2026-03-02 open Equity:2-other TND
  name: "Other"

2026-03-02 * "*paid \\"twice\\"; sorry"
  transfer: "${ID}"
  booked: "2026-03-05T08:09:10.000Z"
  kind: "reversal"
  reference: "CSM-2026-0001"
  reverses: "${OTHER}"
  Assets:Bank  -0.05 EUR
  Assets:Bank:Savings  0.05 EUR
; reserved, no money yet: 2026-03-03 1000.500 TND from Liabilities:Loans to Assets:Bank Pledge of Birch

2027-01-01 balance Assets:Bank  12.45 ~ 0 EUR
2027-01-01 balance Assets:Bank  -3 ~ 0 JPY
2027-01-01 balance Assets:Bank:Savings  0.05 ~ 0 EUR
2027-01-01 balance Equity:2-other  0.001 ~ 0 TND
`);
  });

  it('as CSV, with a running balance and no formula', () => {
    const writer = BOOKS_WRITERS.csv();
    const twice =
      writer.transfer(transfer) +
      writer.transfer({ ...transfer, reference: '@x', reversesId: null, reversedById: OTHER });
    const booked = '2026-03-05T08:09:10.000Z';
    const described = '"*paid ""twice"";\nsorry"';
    expect(twice.split('\r\n')).toEqual([
      `2026-03-02,${booked},${ID},reversal,CSM-2026-0001,${described},assets:bank,Bank: main,-0.05,EUR,-0.05,${OTHER},`,
      `2026-03-02,${booked},${ID},reversal,CSM-2026-0001,${described},assets:bank:savings,'=Savings,0.05,EUR,0.05,${OTHER},`,
      `2026-03-02,${booked},${ID},reversal,'@x,${described},assets:bank,Bank: main,-0.05,EUR,-0.10,,${OTHER}`,
      `2026-03-02,${booked},${ID},reversal,'@x,${described},assets:bank:savings,'=Savings,0.05,EUR,0.10,,${OTHER}`,
      '',
    ]);
  });

  it('is nothing but declarations when nothing was booked', () => {
    const empty = { ...frame, accounts: [] };
    for (const format of BOOKS_FORMATS) {
      const writer = BOOKS_WRITERS[format]();
      expect((writer.head(empty) + writer.tail(empty)).match(/^\d{4}-/m)).toBeNull();
    }
  });
});

describe('a description', () => {
  it('is one line in every journal', () => {
    expect(oneLine(' a\r\n\tb\u2028c\u0085d\u0000e\u00a0f ')).toBe('a b c d e f');
  });

  it('is not cut by a semicolon, and never empty', () => {
    expect([journalText('a;b ;  c', 'x'), journalText(' \n', 'payment')]).toEqual(['a,b , c', 'payment']);
  });

  it('makes neither tag nor date of a comment', () => {
    expect(commentText('type:X [2026-01-01] :a:')).toBe('type -X (2026-01-01)  -a -');
  });

  it('cannot end a quoted string', () => {
    expect(quoted('say "hi\\"\n')).toBe('"say \\"hi\\\\\\""');
  });
});
