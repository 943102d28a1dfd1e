import { describe, expect, it } from '@jest/globals';
import { tableMistakes, type Currency, type Day, type Id } from '#kernel';
import { loanObligation } from '../../testing/obligation.js';
import type { PledgeState } from './contract.js';
import {
  changesObligation,
  openObligations,
  settlementProblems,
  stillSettles,
  type OpenObligation,
  type SettlementLine,
} from './settlement.js';
import {
  TERMINATION_STATES,
  TERMINATION_TRANSITIONS,
  askedFor,
  assertEndsContract,
  assertTerminationAcceptable,
  assertTerminationStep,
  terminationAgreed,
  type EndedDispute,
  type Termination,
} from './termination.js';

const FABLAB = 'fablab' as Id<'community'>;
const NORTH = 'north' as Id<'community'>;
const SOUTH = 'south' as Id<'community'>;
const PATRON = 'patron' as Id<'community'>;
const FIRST = 'first' as Id<'pledge'>;
const SECOND = 'second' as Id<'pledge'>;
const TODAY = '2026-05-01' as Day;
const PLAN = { instalments: 10, firstDueOn: '2027-01-31' as Day, everyMonths: 1 };
const contract = { fablabId: FABLAB, receivingCommunityIds: [NORTH, SOUTH] };

const open: OpenObligation[] = [
  { pledgeId: FIRST, communityId: NORTH, currency: 'EUR' as Currency, owedMinor: 100_000n, plan: PLAN },
  { pledgeId: SECOND, communityId: PATRON, currency: 'EUR' as Currency, owedMinor: 50_000n, plan: PLAN },
];

function line(pledgeId: Id<'pledge'>, parts: Partial<SettlementLine>): SettlementLine {
  return { pledgeId, owedMinor: 0n, repaidMinor: 0n, forgivenMinor: 0n, dueMinor: 0n, plan: null, ...parts };
}

const repaid = line(FIRST, { owedMinor: 100_000n, repaidMinor: 100_000n });
const stays = line(SECOND, { owedMinor: 50_000n, dueMinor: 50_000n, plan: PLAN });
const forgiven = line(SECOND, { owedMinor: 50_000n, repaidMinor: 10_000n, forgivenMinor: 40_000n });
const replanned = line(SECOND, { ...stays, plan: { ...PLAN, instalments: 20 } });

describe('what a settlement must speak of', () => {
  it('is every pledge that binds and for which something is owed', () => {
    const repayment = { ...PLAN, interestBasisPointsPerYear: 0 };
    const pledge = (id: string, state: PledgeState, receivedMinor: bigint) =>
      loanObligation({ pledgeId: id as Id<'pledge'>, state, receivedMinor, repayment });
    const found = openObligations([
      pledge('owed', 'active', 5n),
      pledge('unpaid', 'active', 0n),
      pledge('void', 'voided', 0n),
    ]);
    expect(found).toEqual([
      { pledgeId: 'owed', communityId: NORTH, currency: 'EUR', owedMinor: 5n, plan: PLAN },
    ]);
  });
});

describe('a settlement', () => {
  it.each([
    ['repaid and due', [repaid, stays]],
    ['repaid, and forgiven in part', [repaid, forgiven]],
    ['due by another plan', [repaid, replanned]],
  ])('that explains everything is in order: %s', (_what, lines) => {
    expect(settlementProblems(open, lines, TODAY)).toEqual([]);
  });

  it.each([
    ['nothing at all', [], ['settlement', 'settlement']],
    ['an obligation left out', [repaid], ['settlement']],
    [
      'a pledge for which nothing is owed',
      [repaid, stays, line('other' as Id<'pledge'>, {})],
      ['settlement.2.pledgeId'],
    ],
    ['a pledge twice', [repaid, stays, repaid], ['settlement.2.pledgeId']],
    ['less than is owed', [repaid, line(SECOND, { ...stays, dueMinor: 49_999n })], ['settlement.1']],
    ['more than is owed', [repaid, line(SECOND, { ...stays, repaidMinor: 1n })], ['settlement.1']],
    ['something due without a plan', [repaid, line(SECOND, { ...stays, plan: null })], ['settlement.1.plan']],
    [
      'a new plan that begins yesterday',
      [repaid, line(SECOND, { ...stays, plan: { ...PLAN, firstDueOn: '2026-04-30' as Day } })],
      ['settlement.1.plan.firstDueOn'],
    ],
  ])('is refused with %s', (_what, lines, fields) => {
    expect(settlementProblems(open, lines, TODAY).map(({ field }) => field)).toEqual(fields);
  });

  it('says how much it leaves unexplained', () => {
    expect(settlementProblems(open, [stays], TODAY)[0]?.message).toContain('the 1,000.00 EUR that is owed');
  });

  it('keeps an old plan although its first part was due before today', () => {
    const before = { ...PLAN, firstDueOn: '2026-04-01' as Day };
    const [first, second] = open as [OpenObligation, OpenObligation];
    const running = [first, { ...second, plan: before }];
    expect(settlementProblems(running, [repaid, { ...stays, plan: before }], TODAY)).toEqual([]);
  });

  it('changes an obligation by forgiving and by another plan, not by repaying early', () => {
    const [first, second] = open as [OpenObligation, OpenObligation];
    expect(changesObligation(first, repaid)).toBe(false);
    expect(changesObligation(second, stays)).toBe(false);
    expect(changesObligation(second, forgiven)).toBe(true);
    expect(changesObligation(second, replanned)).toBe(true);
  });

  it('is stale when anything of it is another thing now', () => {
    const lines = [
      { ...repaid, isChanged: false },
      { ...stays, isChanged: false },
    ];
    const [first, second] = open as [OpenObligation, OpenObligation];
    expect(stillSettles(open, lines)).toBe(true);
    expect(stillSettles([first], lines)).toBe(false);
    expect(stillSettles([first, { ...second, owedMinor: 49_999n }], lines)).toBe(false);
    expect(stillSettles([first, { ...second, plan: { ...PLAN, everyMonths: 2 } }], lines)).toBe(false);
  });
});

describe('whose yes a termination takes', () => {
  const dispute: EndedDispute = {
    number: 3,
    state: 'closed',
    isPrivate: false,
    objectedBy: SOUTH,
    wasMediated: true,
  };

  it('is that of every party, and of a supporter whose obligation is changed', () => {
    expect(askedFor(contract, null, { open, lines: [repaid, stays] })).toEqual([FABLAB, NORTH, SOUTH]);
    expect(askedFor(contract, null, { open, lines: [repaid, forgiven] })).toEqual([
      FABLAB,
      NORTH,
      SOUTH,
      PATRON,
    ]);
  });

  it('is that of the two sides where a mediated dispute ended so, and never passes over who is owed', () => {
    expect(askedFor(contract, dispute, { open, lines: [repaid, stays] })).toEqual([FABLAB, SOUTH]);
    expect(askedFor(contract, dispute, { open, lines: [repaid, replanned] })).toEqual([
      FABLAB,
      SOUTH,
      PATRON,
    ]);
  });

  it.each([
    ['not closed', { state: 'mediation' as const }],
    ['never mediated', { wasMediated: false }],
    ['private', { isPrivate: true }],
  ])('is not narrowed by a dispute that is %s', (_what, over) => {
    expect(() => assertEndsContract(dispute)).not.toThrow();
    expect(() => assertEndsContract({ ...dispute, ...over })).toThrow(
      'no dispute that was mediated and closed',
    );
  });
});

describe('an acceptance of a termination', () => {
  const SHA = 'a'.repeat(64);
  const termination: Termination = {
    contractId: 'contract' as Id<'contract'>,
    number: 1,
    sha256: SHA,
    ends: 1,
    state: 'proposed',
    reason: 'The saw burned down.',
    questionId: null,
    proposedBy: FABLAB,
    asked: [FABLAB, NORTH],
    acceptedBy: [FABLAB],
    lines: [
      { ...repaid, isChanged: false },
      { ...stays, isChanged: false },
    ],
  };
  const inForce = { release: { number: 1, sha256: SHA } };
  const accept =
    (over: Partial<Termination>, given: object = {}, release = inForce, owed = open) =>
    () =>
      assertTerminationAcceptable({ ...termination, ...over }, release, owed, {
        communityId: NORTH,
        sha256: SHA,
        ...given,
      });

  it('is of this text, by somebody who is asked, once, while what is owed is what it was', () => {
    expect(accept({})).not.toThrow();
    expect(accept({}, { sha256: 'b'.repeat(64) })).toThrow('not the hash');
    expect(accept({}, { communityId: FABLAB })).toThrow('accepted this termination already');
    expect(accept({}, { communityId: SOUTH })).toThrow('not asked');
    expect(accept({}, {}, inForce, open.slice(1))).toThrow('Please propose it anew.');
    expect(accept({}, {}, { release: { number: 2, sha256: SHA } })).toThrow('Please propose it anew.');
  });

  it.each(TERMINATION_STATES.filter((state) => state !== 'proposed'))(
    'comes too late once it is %s',
    (state) => {
      expect(accept({ state })).toThrow('nothing follows');
      for (const next of TERMINATION_STATES)
        expect(() => assertTerminationStep({ number: 1, state }, next)).toThrow();
    },
  );

  it('agrees when everybody asked has said yes', () => {
    expect(tableMistakes(TERMINATION_TRANSITIONS, 'proposed')).toEqual([]);
    expect(terminationAgreed(termination, [FABLAB])).toBe(false);
    expect(terminationAgreed(termination, [NORTH, FABLAB])).toBe(true);
  });
});
