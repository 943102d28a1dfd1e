import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tableMistakes, type Currency, type Day, type Id } from '#kernel';
import {
  CONTRACT_STATES,
  CONTRACT_TRANSITIONS,
  PLEDGE_STATES,
  PLEDGE_TRANSITIONS,
  activationDue,
  assertAcceptable,
  assertContractStep,
  assertPledgeStep,
  countingPledges,
  settledMinor,
  type Contract,
  type ContractPledge,
  type PledgeState,
} from './contract.js';
import { DEEDS, MOMENTS, assertMoment, isMoment } from './moment.js';

const FABLAB = 'fablab' as Id<'community'>;
const NORTH = 'north' as Id<'community'>;
const SOUTH = 'south' as Id<'community'>;
const SHA = 'a'.repeat(64);
const accepted = (communityId: Id<'community'>) => ({ communityId, releaseNumber: 1, releaseSha256: SHA });

function pledgeOf(amountMinor: bigint, state: PledgeState = 'pledged', receivedMinor = 0n): ContractPledge {
  return {
    id: 'pledge' as Id<'pledge'>,
    communityId: NORTH,
    instrument: 'loan',
    contribution: 'money',
    line: null,
    units: 0,
    itemKey: null,
    unit: null,
    quantityMilli: 0n,
    amountMinor,
    receivedMinor,
    state,
    transferId: 'transfer' as Id<'transfer'>,
  };
}

/** An open contract that lacks nothing. */
function contractWith(over: Partial<Contract> = {}): Contract {
  return {
    id: 'contract' as Id<'contract'>,
    ref: 'CSM-2026-0001',
    state: 'open',
    fablabId: FABLAB,
    receivingCommunityIds: [NORTH, SOUTH],
    currency: 'EUR' as Currency,
    deadline: '2026-06-30' as Day,
    terms: { thresholdMinor: 300n } as Contract['terms'],
    draftRevision: 1,
    release: { number: 1, sha256: SHA },
    acceptances: [accepted(FABLAB), accepted(NORTH), accepted(SOUTH)],
    pledges: [pledgeOf(100n), pledgeOf(200n)],
    ...over,
  };
}

describe('the transition tables', () => {
  it('reach every state, and lead to known ones only', () => {
    expect(tableMistakes(CONTRACT_TRANSITIONS, 'draft')).toEqual([]);
    expect(tableMistakes(PLEDGE_TRANSITIONS, 'pledged')).toEqual([]);
  });

  it('allow what they hold and refuse every other step', () => {
    for (const state of CONTRACT_STATES)
      for (const to of CONTRACT_STATES) {
        const allowed = (CONTRACT_TRANSITIONS[state] as readonly string[]).includes(to);
        const step = (): void => assertContractStep({ ref: 'CSM-2026-0001', state }, to);
        if (allowed) expect(step).not.toThrow();
        else expect(step).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
      }
    for (const state of PLEDGE_STATES)
      for (const to of PLEDGE_STATES) {
        const allowed = (PLEDGE_TRANSITIONS[state] as readonly string[]).includes(to);
        if (allowed) expect(() => assertPledgeStep({ state }, to)).not.toThrow();
        else
          expect(() => assertPledgeStep({ state }, to)).toThrow(
            expect.objectContaining({ code: 'INVALID_STATE' }),
          );
      }
  });
});

describe('activation', () => {
  it('is due when every party accepted the release in force and the threshold is pledged', () => {
    expect(activationDue(contractWith())).toBe(true);
  });

  it.each([
    ['one party has not accepted', { acceptances: [accepted(FABLAB), accepted(NORTH)] }],
    ['the fablab has not accepted', { acceptances: [accepted(SOUTH), accepted(NORTH)] }],
    [
      'one accepted another hash',
      {
        acceptances: [
          accepted(FABLAB),
          accepted(NORTH),
          { ...accepted(SOUTH), releaseSha256: 'b'.repeat(64) },
        ],
      },
    ],
    ['one accepted an older release', { release: { number: 2, sha256: SHA } }],
    ['a cent is missing', { pledges: [pledgeOf(100n), pledgeOf(199n)] }],
    ['a pledge was withdrawn', { pledges: [pledgeOf(100n), pledgeOf(200n, 'withdrawn')] }],
    ['nothing was published', { release: null }],
    ['it is active already', { state: 'active' }],
    ['it is a draft', { state: 'draft' }],
  ] as [string, Partial<Contract>][])('is not due when %s', (_name, over) => {
    expect(activationDue(contractWith(over))).toBe(false);
  });

  it('counts what is pledged, binding or fulfilled, and nothing else', () => {
    const pledges = PLEDGE_STATES.map((state, index) => pledgeOf(10n ** BigInt(index), state));
    expect(countingPledges({ pledges }).map(({ state }) => state)).toEqual([
      'pledged',
      'active',
      'fulfilled',
    ]);
  });
});

describe('an acceptance', () => {
  it('is for the very release in force, once for each party', () => {
    const contract = contractWith({ acceptances: [accepted(NORTH)] });
    expect(() => assertAcceptable(contract, accepted(SOUTH))).not.toThrow();
    const conflict = expect.objectContaining({ code: 'CONFLICT' });
    expect(() => assertAcceptable(contract, accepted(NORTH))).toThrow(conflict);
    expect(() => assertAcceptable(contract, { ...accepted(SOUTH), releaseNumber: 2 })).toThrow(conflict);
    expect(() => assertAcceptable(contract, { ...accepted(SOUTH), releaseSha256: 'b'.repeat(64) })).toThrow(
      conflict,
    );
  });
});

describe('a moment', () => {
  it('is refused in every other state, and after the deadline where it counts', () => {
    for (const deed of DEEDS)
      for (const state of CONTRACT_STATES) {
        const contract = contractWith({ state });
        const inTime = (MOMENTS[deed].states as readonly string[]).includes(state);
        expect(isMoment(deed, contract, '2026-06-30' as Day)).toBe(inTime);
        expect(isMoment(deed, contract, '2026-07-01' as Day)).toBe(
          inTime && (state === 'active' || !MOMENTS[deed].untilDeadline),
        );
      }
  });

  it('says what would have been right', () => {
    expect(() => assertMoment('makePledge', contractWith({ state: 'active' }), '2026-06-30' as Day)).toThrow(
      'The contract CSM-2026-0001 is active; pledging is possible only while it is open.',
    );
    expect(() => assertMoment('makePledge', contractWith(), '2026-07-01' as Day)).toThrow(
      'The deadline of the contract CSM-2026-0001 was 2026-06-30; pledging is no longer possible.',
    );
  });
});

describe('what a payment settles', () => {
  it('is never more than what is outstanding, and in sum all that was pledged once enough has come', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 5_000n })),
        (amount, payments) => {
          let received = 0n;
          let settled = 0n;
          for (const paid of payments) {
            const part = settledMinor(pledgeOf(amount, 'active', received), paid);
            expect(part >= 0n && part <= paid).toBe(true);
            settled += part;
            received += paid;
          }
          expect(settled).toBe(received < amount ? received : amount);
        },
      ),
    );
  });
});
