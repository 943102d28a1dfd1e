import { describe, expect, it } from '@jest/globals';
import type { Day, Id } from '#kernel';
import { sampleObligation, type SampleChange } from '../../testing/sample-obligation.js';
import { scheduleSentence, statementOf, statementPeriod, type StatementSource } from './statement.js';

const contract = (changes: SampleChange = {}, over: Partial<StatementSource> = {}): StatementSource => ({
  ref: 'CSM-2026-0001',
  title: 'Trailers',
  words: ['Ten instalments.'],
  endCondition: 'The loan is repaid.',
  contributions: [],
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
      expect(
        each.openingMinor + each.receivedMinor - each.returnedMinor - each.redeemedMinor - each.forgivenMinor,
      ).toBe(each.closingMinor);
  });
});

describe('the statement of what is no loan', () => {
  it('lists a gift beside what is owed, and owes nothing of it', () => {
    const [part] = statementOf(
      [
        contract(
          {},
          {
            obligations: [
              {
                ...sampleObligation({
                  payments: [
                    ['2026-03-10', 5_000n],
                    ['2026-03-11', 700n],
                  ],
                  events: [['reversal', '2026-03-12', 700n, { payment: 1 }]],
                }),
                instrument: 'gift',
                returnKind: 'nothing',
              },
            ],
          },
        ),
      ],
      year(2026),
    ).parts;
    expect(part).toMatchObject({ openingMinor: 0n, receivedMinor: 0n, givenMinor: 5_000n, closingMinor: 0n });
    expect(part?.moves.map(({ kind, amountMinor, owedMinor }) => [kind, amountMinor, owedMinor])).toEqual([
      ['given', 5_000n, 0n],
      ['given', 700n, 0n],
      ['notGiven', -700n, 0n],
    ]);
    // No loan: there is no schedule to speak of.
    expect(part?.rule).toEqual(['Ten instalments.', 'Oversight ends: The loan is repaid.']);
  });

  it('settles what was paid beforehand by units, each in the year in which it was accepted', () => {
    const bought = {
      ...sampleObligation({ payments: [['2026-03-10', 90_000n]] }),
      instrument: 'pre-purchase',
      returnKind: 'units',
      amountMinor: 90_000n,
      line: 1,
      units: 2,
      unitPriceMinor: 45_000n,
    } as const;
    const [event] = sampleObligation({ events: [['units', '2027-02-01', 45_000n]] }).events;
    const delivered = { ...bought, events: event ? [{ ...event, units: 1 }] : [] };
    const source = contract({}, { obligations: [delivered], productOf: () => 'trailers' });
    expect(statementOf([source], year(2026)).parts).toMatchObject([
      { closingMinor: 90_000n, oversight: 'Ends after 2 more units of trailers are accepted.' },
    ]);
    expect(statementOf([source], year(2027)).parts).toMatchObject([
      {
        openingMinor: 90_000n,
        redeemedMinor: 45_000n,
        closingMinor: 45_000n,
        moves: [{ kind: 'redeemed', units: 1, amountMinor: -45_000n }],
        oversight: 'Ends after 1 more unit of trailers is accepted.',
      },
    ]);
  });

  it('lists hours and goods by their day, with no money', () => {
    const tool = {
      ...sampleObligation(),
      amountMinor: 0n,
      instrument: 'tool-loan',
      contribution: 'goods',
      returnKind: 'tool',
      item: 'Band saw',
      unit: 'piece',
      quantityMilli: 1_000n,
    } as const;
    const happened = (kind: 'received' | 'returned', day: string) => ({
      id: `${kind}` as Id<'contributionEvent'>,
      pledgeId: tool.pledgeId,
      kind,
      quantityMilli: 1_000n,
      happenedOn: day as Day,
      reason: null,
      isWork: false,
      isReversed: false,
      reversedKind: null,
    });
    const source = contract(
      {},
      {
        obligations: [tool],
        contributions: [happened('received', '2026-05-01'), happened('returned', '2027-01-09')],
      },
    );
    expect(statementOf([source], year(2026)).parts).toMatchObject([
      {
        goods: [{ kind: 'received', day: '2026-05-01', item: 'Band saw', unit: 'piece', milli: 1_000n }],
        oversight: 'Ends after 1 piece Band saw is returned.',
      },
    ]);
    expect(statementOf([source], year(2027)).parts).toMatchObject([
      { goods: [{ kind: 'returned', day: '2027-01-09' }], closingMinor: 0n },
    ]);
  });

  it('says the schedule that holds at its end, before and after a deferral', () => {
    const lent = sampleObligation({
      payments: [['2026-03-10', 200_000n]],
      events: [['deferral', '2027-03-01', 0n]],
    });
    const rhythm = { instalments: 4, firstDueOn: '2027-06-30' as Day, everyMonths: 3 };
    const obligations = [{ ...lent, events: lent.events.map((event) => ({ ...event, rhythm })) }];
    const rule = (at: number) => statementOf([contract({}, { obligations })], year(at)).parts[0]?.rule[1];
    expect(rule(2026)).toBe(
      'Returned in 10 equal instalments, the first on 31 January 2027, then one every month, without interest.',
    );
    expect(rule(2027)).toBe(
      'By the new schedule of 1 March 2027, for what was open then: returned in 4 equal instalments, the first on 30 June 2027, then one every 3 months, without interest.',
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
