import { describe, expect, it } from '@jest/globals';
import type { Currency, Day, Id } from '#kernel';
import { sampleObligation } from '../../testing/sample-obligation.js';
import { remindersOf, type ReminderFacts } from './reminder.js';
import type { Contributed } from './threshold.js';
import { loanObligation } from '../../testing/obligation.js';

const id = (name: string) => name as Id<'community'>;
const [LAB, NORTH, SOUTH] = [id('lab'), id('north'), id('south')];
const nameOf = (community: Id<'community'>): string =>
  ({ lab: 'The Lab', north: 'North', south: 'South' })[String(community)] ?? '';

const money = (amountMinor: bigint): Contributed => ({
  contribution: 'money',
  amountMinor,
  itemKey: null,
  unit: null,
  quantityMilli: 0n,
});

function facts(over: Partial<ReminderFacts> = {}): ReminderFacts {
  return {
    ref: 'CSM-2026-0001',
    title: 'Trailers',
    state: 'open',
    currency: 'EUR' as Currency,
    deadline: '2026-06-30' as Day,
    openedOn: '2026-03-01' as Day,
    activatedOn: null,
    endedOn: null,
    fablabId: LAB,
    receivingCommunityIds: [NORTH, SOUTH],
    releaseNumber: 1,
    acceptedBy: [LAB, NORTH, SOUTH],
    thresholds: [{ kind: 'money', amountMinor: 300_000n }],
    pledges: [money(300_000n)],
    proposals: [],
    obligations: [],
    questions: [],
    ...over,
  };
}

/** Who is told, and on which occasion. */
function told(given: ReminderFacts, today: string): string[] {
  return remindersOf(given, today as Day, nameOf).map(
    ({ occasion, communityId, roles }) => `${communityId} ${roles.join('+')}: ${occasion}`,
  );
}

/** 1,000.00 in ten instalments, the first due on 31 January 2027. */
const loan = { ...sampleObligation({ payments: [['2026-07-01', 100_000n]] }), receivedMinor: 100_000n };
const lent = facts({ state: 'active', activatedOn: '2026-05-01' as Day, obligations: [loan] });

describe('an instalment', () => {
  it.each([
    ['2027-01-23', []],
    ['2027-01-24', ['lab treasurer: instalment:pledge:2027-01-31:before']],
    ['2027-01-30', ['lab treasurer: instalment:pledge:2027-01-31:before']],
    ['2027-01-31', ['lab treasurer: instalment:pledge:2027-01-31:due']],
    ['2027-02-06', ['lab treasurer: instalment:pledge:2027-01-31:due']],
    [
      '2027-02-07',
      [
        'lab treasurer: instalment:pledge:2027-01-31:late',
        'north treasurer: instalment:pledge:2027-01-31:late:supporter',
      ],
    ],
  ])('on %s is spoken of to %j', (today, expected) => expect(told(lent, today)).toEqual(expected));

  it('is named with its amount, its day and its supporter', () => {
    expect(remindersOf(lent, '2027-01-25' as Day, nameOf)[0]).toMatchObject({
      kind: 'instalments',
      subject: 'CSM-2026-0001: 100.00 EUR is due to North',
      body: 'For the contract CSM-2026-0001, “Trailers”, 100.00 EUR is due to North on 31 January 2027. Please record the repayment when it is made; if it must come later, ask North for a new schedule.',
    });
  });

  it('that was returned is spoken of no more, and the next one in its time', () => {
    const returned = { ...lent, obligations: [{ ...loan, repaidMinor: 10_000n }] };
    expect(told(returned, '2027-01-31')).toEqual([]);
    expect(told(returned, '2027-02-21')).toEqual(['lab treasurer: instalment:pledge:2027-02-28:before']);
  });

  it('of a contract that was terminated is spoken of as long as something is owed', () => {
    const ended = { ...lent, state: 'terminated' as const, endedOn: '2026-06-01' as Day };
    expect(told(ended, '2027-01-31')).toEqual(['lab treasurer: instalment:pledge:2027-01-31:due']);
  });

  it('is not spoken of when nothing is owed, or when the contract is completed', () => {
    const all = { ...lent, obligations: [{ ...loan, repaidMinor: 100_000n }] };
    expect(told(all, '2027-01-31')).toEqual([]);
    expect(told({ ...lent, state: 'completed', endedOn: '2026-06-01' as Day }, '2027-01-31')).toEqual([]);
  });
});

describe('an open contract', () => {
  it('asks each party that has not accepted, from the day after its opening on', () => {
    const waiting = facts({ acceptedBy: [NORTH] });
    expect(told(waiting, '2026-03-01')).toEqual([]);
    expect(told(waiting, '2026-03-02')).toEqual([
      'lab coordinator: deadline:CSM-2026-0001:1:2026-06-30:asked:lab',
      'south coordinator: deadline:CSM-2026-0001:1:2026-06-30:asked:south',
    ]);
  });

  it.each([
    ['2026-06-15', 'asked', 0],
    ['2026-06-16', 'soon', 3],
    ['2026-06-26', 'soon', 3],
    ['2026-06-27', 'last', 3],
    ['2026-06-30', 'last', 3],
    ['2026-07-01', '', 0],
  ])('that is short of money on %s is spoken of as %s', (today, stage, count) => {
    const short = told(facts({ pledges: [money(180_000n)] }), today);
    expect(short).toHaveLength(count);
    for (const each of short) expect(each).toContain(`:${stage}:`);
  });

  it('tells those who can pledge what is missing, and the fablab’s coordinator', () => {
    const short = facts({ pledges: [money(180_000n)], acceptedBy: [LAB, NORTH] });
    const said = remindersOf(short, '2026-06-28' as Day, nameOf);
    expect(said.map(({ communityId, roles }) => [communityId, roles])).toEqual([
      [LAB, ['coordinator']],
      [NORTH, ['coordinator', 'treasurer']],
      [SOUTH, ['coordinator', 'treasurer']],
    ]);
    expect(said[1]?.subject).toBe('CSM-2026-0001 still looks for 1,200.00 EUR, until 30 June 2026');
    expect(said[2]?.body).toBe(
      'The contract CSM-2026-0001, “Trailers” is open until 30 June 2026. Your community has not accepted its release yet. 1,200.00 EUR is not pledged yet. If it is not active by the end of that day, it lapses and every pledge is void.',
    );
  });

  it('that has all it needs is not spoken of', () => expect(told(facts(), '2026-06-28')).toEqual([]));
});

describe('an amendment', () => {
  const proposals = [
    { what: 'amendment' as const, number: 2, proposedOn: '2026-05-04' as Day, waitsFor: [NORTH, SOUTH] },
  ];

  it('waits for those who have said nothing: at once, and again after a week', () => {
    expect(told(facts({ proposals }), '2026-05-04')).toEqual([
      'north coordinator: amendment:CSM-2026-0001:2:asked:north',
      'south coordinator: amendment:CSM-2026-0001:2:asked:south',
    ]);
    expect(told(facts({ proposals }), '2026-05-10')[0]).toContain(':asked:');
    expect(told(facts({ proposals }), '2026-05-11')[0]).toContain(':again:');
  });
});

describe('a question', () => {
  const question = { number: 3, askedBy: NORTH, dueOn: '2026-05-20' as Day };

  it.each([
    ['2026-05-16', []],
    ['2026-05-17', ['lab coordinator: question:CSM-2026-0001:3:soon:lab']],
    ['2026-05-20', ['lab coordinator: question:CSM-2026-0001:3:soon:lab']],
    ['2026-05-21', ['lab coordinator: question:CSM-2026-0001:3:late:lab']],
  ])('on %s is spoken of to %j', (today, expected) =>
    expect(told(facts({ questions: [question] }), today)).toEqual(expected),
  );

  it('of the fablab waits for those who receive', () => {
    const asked = facts({ state: 'draft', openedOn: null, questions: [{ ...question, askedBy: LAB }] });
    expect(told(asked, '2026-05-20')).toEqual([
      'north coordinator: question:CSM-2026-0001:3:soon:north',
      'south coordinator: question:CSM-2026-0001:3:soon:south',
    ]);
  });
});

describe('a settlement', () => {
  it('waits for those whose yes it takes', () => {
    const proposals = [
      { what: 'settlement' as const, number: 1, proposedOn: '2026-05-04' as Day, waitsFor: [SOUTH] },
    ];
    const [only, ...others] = remindersOf(facts({ state: 'active', proposals }), '2026-05-04' as Day, nameOf);
    expect([only?.communityId, only?.subject, others]).toEqual([
      SOUTH,
      'CSM-2026-0001: a settlement waits for your community',
      [],
    ]);
  });
});

describe('the news of a contract', () => {
  it('is told to everybody who speaks or keeps books for a party, for a week', () => {
    const lapsed = facts({ state: 'lapsed', endedOn: '2026-07-01' as Day });
    expect(told(lapsed, '2026-07-01')).toEqual([
      'lab coordinator+treasurer: news:CSM-2026-0001:lapsed',
      'north coordinator+treasurer: news:CSM-2026-0001:lapsed',
      'south coordinator+treasurer: news:CSM-2026-0001:lapsed',
    ]);
    expect(told(lapsed, '2026-07-07')).toHaveLength(3);
    expect(told(lapsed, '2026-07-08')).toEqual([]);
  });

  it('is none for a draft that was withdrawn before anybody saw it', () => {
    expect(
      told(facts({ state: 'withdrawn', openedOn: null, endedOn: '2026-07-01' as Day }), '2026-07-01'),
    ).toEqual([]);
  });
});

describe('a threshold of hours or material', () => {
  const thresholds = [
    { kind: 'money', amountMinor: 100_000n },
    { kind: 'hours', section: 'Woodworking', milli: 60_000n },
    { kind: 'material', name: 'Ash', unit: 'm³', milli: 2_000n },
  ] as const;
  const hours = { ...money(0n), contribution: 'hours', itemKey: 'woodworking', unit: 'h' } as const;

  it('is missing with what it lacks, beside the money', () => {
    const short = facts({ thresholds, pledges: [money(40_000n), { ...hours, quantityMilli: 45_500n }] });
    expect(remindersOf(short, '2026-06-20' as Day, nameOf)[0]).toMatchObject({
      subject:
        'CSM-2026-0001 still looks for 600.00 EUR, 14.5 h Woodworking and 2 m³ Ash, until 30 June 2026',
    });
  });

  it('is spoken of no more when it is met, though more money was pledged than asked for', () => {
    const others = [{ ...hours, quantityMilli: 60_000n }];
    const ash = { ...money(0n), contribution: 'goods', itemKey: 'ash', unit: 'm³' } as const;
    const met = facts({
      thresholds,
      pledges: [money(100_000n), ...others, { ...ash, quantityMilli: 2_000n }],
    });
    expect(told(met, '2026-06-20')).toEqual([]);
    const more = facts({ thresholds, pledges: [money(999_000n), ...others] });
    expect(remindersOf(more, '2026-06-20' as Day, nameOf)[0]?.subject).toBe(
      'CSM-2026-0001 still looks for 2 m³ Ash, until 30 June 2026',
    );
  });
});

describe('what is no loan', () => {
  const labour = loanObligation({
    instrument: 'labour',
    contribution: 'hours',
    returnKind: 'nothing',
    amountMinor: 0n,
    item: 'Woodworking',
    unit: 'h',
    quantityMilli: 24_000n,
    receivedMilli: 6_500n,
  });
  const active = (obligation: typeof labour) =>
    facts({ state: 'active', activatedOn: '2026-05-01' as Day, obligations: [obligation] });

  it('is asked for once, thirty days after the contract became active', () => {
    expect(told(active(labour), '2026-05-30')).toEqual([]);
    expect(told(active(labour), '2026-05-31')).toEqual(['north coordinator: contribution:pledge']);
    expect(remindersOf(active(labour), '2026-05-31' as Day, nameOf)[0]?.subject).toBe(
      'CSM-2026-0001: 17.5 h Woodworking of your pledge is not worked yet',
    );
  });

  it.each([
    ['all of it has come', { receivedMilli: 24_000n }],
    ['the rest was waived', { waivedMilli: 17_500n }],
    ['the pledge is fulfilled', { state: 'fulfilled' as const }],
  ])('is not asked for where %s', (_why, over) =>
    expect(told(active({ ...labour, ...over }), '2026-07-01')).toEqual([]),
  );

  it.each([
    ['a gift', { instrument: 'gift', returnKind: 'nothing' } as const],
    [
      'units that were paid for',
      {
        instrument: 'pre-purchase',
        returnKind: 'units',
        line: 1,
        units: 4,
        unitPriceMinor: 50_000n,
      } as const,
    ],
  ])('has no instalments: %s', (_what, over) =>
    expect(told(active(loanObligation({ ...over, receivedMinor: 200_000n })), '2030-01-01')).toEqual([]),
  );
});
