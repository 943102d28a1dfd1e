import { describe, expect, it } from '@jest/globals';
import type { Day } from '#kernel';
import { sampleObligation, type SampleChange } from '../../testing/sample-obligation.js';
import { scheduleSentence, statementOf, statementPeriod, type StatementSource } from './statement.js';

const contract = (changes: SampleChange = {}, over: Partial<StatementSource> = {}): StatementSource => ({
  ref: 'CSM-2026-0001',
  title: 'Trailers',
  rule: ['Ten instalments.'],
  obligations: [sampleObligation(changes)],
  ...over,
});

const year = (number: number, today = '2030-06-01') => statementPeriod(number, today as Day);

describe('the statement of a year', () => {
  const life: SampleChange = {
    payments: [
      ['2026-03-10', 200_000n],
      ['2026-11-02', 100_000n],
    ],
    events: [
      ['repayment', '2026-12-31', 50_000n],
      ['repayment', '2027-01-01', 60_000n],
      ['write-off', '2027-02-01', 40_000n],
    ],
  };

  it('begins with what was owed, lists what moved by value date, and ends with what is owed', () => {
    const [first] = statementOf([contract(life)], year(2026)).parts;
    expect(first).toMatchObject({
      openingMinor: 0n,
      receivedMinor: 300_000n,
      returnedMinor: 50_000n,
      forgivenMinor: 0n,
      closingMinor: 250_000n,
    });
    expect(first?.moves.map(({ kind, balanceMinor }) => [kind, balanceMinor])).toEqual([
      ['received', 200_000n],
      ['received', 300_000n],
      ['returned', 250_000n],
    ]);
    expect(statementOf([contract(life)], year(2027)).parts).toMatchObject([
      { openingMinor: 250_000n, returnedMinor: 60_000n, forgivenMinor: 40_000n, closingMinor: 150_000n },
    ]);
  });

  it('of a year in which nothing moved carries what is owed over, and names no contract that owes nothing', () => {
    expect(statementOf([contract(life)], year(2029)).parts).toMatchObject([
      { openingMinor: 150_000n, moves: [], closingMinor: 150_000n },
    ]);
    expect(statementOf([contract(life)], year(2025))).toEqual({
      period: { from: '2025-01-01', until: '2025-12-31' },
      parts: [],
      totals: [],
    });
  });

  it('ends today while its year runs, and knows nothing of what is dated later', () => {
    const running = statementOf([contract(life)], year(2026, '2026-11-01'));
    expect(running.period.until).toBe('2026-11-01');
    expect(running.parts).toMatchObject([{ receivedMinor: 200_000n, closingMinor: 200_000n }]);
  });

  it('shows a payment that was recorded wrongly and its taking back, each in the year of its own date', () => {
    const reversed: SampleChange = {
      payments: [
        ['2026-12-30', 70_000n],
        ['2027-01-05', 30_000n],
      ],
      events: [['reversal', '2027-01-04', 70_000n, { payment: 0 }]],
    };
    expect(statementOf([contract(reversed)], year(2026)).parts).toMatchObject([{ closingMinor: 70_000n }]);
    expect(statementOf([contract(reversed)], year(2027)).parts).toMatchObject([
      {
        openingMinor: 70_000n,
        receivedMinor: -40_000n,
        closingMinor: 30_000n,
        moves: [
          { kind: 'notReceived', owedMinor: -70_000n },
          { kind: 'received', balanceMinor: 30_000n },
        ],
      },
    ]);
  });

  it('says the interest that was paid, and the interest that has grown until its last day', () => {
    const lent: SampleChange = {
      interestBasisPointsPerYear: 100,
      payments: [['2026-01-01', 365_000n]],
      events: [
        ['repayment', '2026-07-01', 0n, { interest: 1_810n }],
        ['reversal', '2027-03-01', 0n, { event: 0, interest: 1_810n }],
      ],
    };
    // 1 % of 3,650.00 is 10 cents a day: 364 days until 31 December, of which 18.10 was paid.
    expect(statementOf([contract(lent)], year(2026)).parts).toMatchObject([
      { interestPaidMinor: 1_810n, interestDueMinor: 1_830n, closingMinor: 365_000n },
    ]);
    // The repayment was taken back in the next year: all 729 days are due.
    expect(statementOf([contract(lent)], year(2027)).parts).toMatchObject([
      { interestPaidMinor: -1_810n, interestDueMinor: 7_290n },
    ]);
  });

  it('sums contracts in each currency, and never across', () => {
    const sources = [
      contract(life),
      contract({ payments: [['2026-05-01', 1_000n]] }, { ref: 'CSM-2026-0002' }),
      contract({ currency: 'JPY', payments: [['2026-05-01', 120_000n]] }, { ref: 'CSM-2026-0003' }),
    ];
    expect(statementOf(sources, year(2026)).totals).toMatchObject([
      { currency: 'EUR', receivedMinor: 301_000n, returnedMinor: 50_000n, closingMinor: 251_000n },
      { currency: 'JPY', receivedMinor: 120_000n, closingMinor: 120_000n },
    ]);
  });

  it('adds up for every contract: opening, received, returned, forgiven, closing', () => {
    for (const each of [2025, 2026, 2027, 2028].flatMap(
      (at) => statementOf([contract(life)], year(at)).totals,
    ))
      expect(each.openingMinor + each.receivedMinor - each.returnedMinor - each.forgivenMinor).toBe(
        each.closingMinor,
      );
  });
});

describe('the schedule in words', () => {
  const terms = {
    instalments: 10,
    firstDueOn: '2027-01-31' as Day,
    everyMonths: 1,
    interestBasisPointsPerYear: 0,
  };

  it.each([
    [
      terms,
      'Returned in 10 equal instalments, the first on 31 January 2027, then one every month, without interest.',
    ],
    [
      { ...terms, instalments: 4, everyMonths: 3, interestBasisPointsPerYear: 150 },
      'Returned in 4 equal instalments, the first on 31 January 2027, then one every 3 months, with 1.5 % simple interest a year.',
    ],
    [
      { ...terms, instalments: 1, interestBasisPointsPerYear: 1000 },
      'Returned at once on 31 January 2027, with 10 % simple interest a year.',
    ],
  ])('%#', (given, sentence) => expect(scheduleSentence(given)).toBe(sentence));
});
