import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Currency, Day, Id } from '#kernel';
import {
  instalmentsOwed,
  interestDueMinor,
  outstandingMinor,
  owedMinor,
  settle,
  type Obligation,
  type ObligationEvent,
} from './obligation.js';
import { assertPaymentReversible } from './obligation-reversal.js';
import { loanObligation as obligation } from '../../testing/obligation.js';
import { isFulfilled } from './returns/index.js';
import { dialsOf, hasScrutiny } from './scrutiny.js';

const TODAY = '2026-03-02' as Day;
const NORTH = 'north' as Id<'community'>;

function payment(id: string, amountMinor: bigint, valueDate = '2026-01-01', isReversed = false) {
  return {
    id: id as Id<'payment'>,
    amountMinor,
    valueDate: valueDate as Day,
    transferId: id as Id<'transfer'>,
    isReversed,
  };
}

function event(over: Partial<ObligationEvent>): ObligationEvent {
  return {
    id: 'event' as Id<'obligationEvent'>,
    kind: 'repayment',
    amountMinor: 0n,
    interestMinor: 0n,
    units: 0,
    valueDate: TODAY,
    reason: null,
    rhythm: null,
    reversesPaymentId: null,
    reversesEventId: null,
    transferId: null,
    recordedAt: new Date(`${TODAY}T08:00:00.000Z`),
    isReversed: false,
    ...over,
  };
}

describe('an obligation', () => {
  it('is what was received, less what was repaid and forgiven', () => {
    const open = obligation({ receivedMinor: 150_000n, repaidMinor: 20_000n, forgivenMinor: 6_000n });
    expect(owedMinor(open)).toBe(124_000n);
    expect(outstandingMinor(open)).toBe(50_000n);
    expect(isFulfilled(open)).toBe(false);
  });

  it('is none of the fablab while nothing was received: that is the supporter’s promise', () => {
    const promise = obligation();
    expect([owedMinor(promise), outstandingMinor(promise), isFulfilled(promise)]).toEqual([
      0n,
      200_000n,
      false,
    ]);
    expect(isFulfilled(obligation({ waivedMinor: 200_000n }))).toBe(true);
  });

  it('is fulfilled when an over-payment is returned as well', () => {
    const over = obligation({ receivedMinor: 230_000n, repaidMinor: 200_000n });
    expect([outstandingMinor(over), isFulfilled(over)]).toEqual([0n, false]);
    expect(isFulfilled({ ...over, repaidMinor: 230_000n })).toBe(true);
  });

  it('refuses more than is owed, and says what is', () => {
    const open = obligation({ receivedMinor: 124_000n });
    expect(settle(open, 124_000n, TODAY, 'repaid')).toEqual({ amountMinor: 124_000n, interestMinor: 0n });
    expect(() => settle(open, 124_001n, TODAY, 'repaid')).toThrow(
      'The fablab owes only 1,240.00 EUR for this pledge, so 1,240.01 EUR cannot be repaid.',
    );
  });

  it('is divided anew by a deferral, also when an earlier repayment is reversed after it', () => {
    const rhythm = { instalments: 2, firstDueOn: '2028-01-01' as Day, everyMonths: 6 };
    const deferred = obligation({
      receivedMinor: 200_000n,
      repaidMinor: 50_000n,
      events: [event({ kind: 'deferral', amountMinor: 50_000n, rhythm })],
    });
    expect(instalmentsOwed(deferred)).toMatchObject([
      { dueOn: '2028-01-01', amountMinor: 75_000n, openMinor: 75_000n },
      { dueOn: '2028-07-01', amountMinor: 75_000n, openMinor: 75_000n },
    ]);
    expect(instalmentsOwed({ ...deferred, repaidMinor: 0n })).toMatchObject([
      { amountMinor: 100_000n, openMinor: 100_000n },
      { amountMinor: 100_000n, openMinor: 100_000n },
    ]);
  });

  it('has open instalments that sum to what is owed, whatever was received, repaid and forgiven', () => {
    const amount = fc.bigInt(0n, 10n ** 9n);
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.integer({ min: 1, max: 60 }),
        (owed, repaid, forgiven, instalments) => {
          const any = obligation({
            receivedMinor: owed + repaid + forgiven,
            repaidMinor: repaid,
            forgivenMinor: forgiven,
            repayment: { ...obligation().repayment, instalments },
          });
          const open = instalmentsOwed(any).reduce((sum, { openMinor }) => sum + openMinor, 0n);
          expect(open).toBe(owedMinor(any));
        },
      ),
    );
  });
});

describe('interest', () => {
  const bearing = (over: Partial<Obligation>) =>
    obligation({ ...over, repayment: { ...obligation().repayment, interestBasisPointsPerYear: 200 } });

  it('of zero per cent is zero, and divides nothing', () => {
    expect(interestDueMinor(obligation({ payments: [payment('a', 10n ** 15n, '1970-01-01')] }), TODAY)).toBe(
      0n,
    );
  });

  it('is simple, by the days that each amount was owed', () => {
    const payments = [payment('a', 300_000n, '2025-03-02')];
    expect(interestDueMinor(bearing({ payments }), TODAY)).toBe(6_000n);
    const events = [event({ amountMinor: 150_000n, interestMinor: 1_000n, valueDate: '2025-12-19' as Day })];
    // 292 days of 3,000.00 EUR and 73 of 1,500.00 EUR, less the 10.00 EUR that were paid.
    expect(interestDueMinor(bearing({ payments, events }), TODAY)).toBe(4_800n + 600n - 1_000n);
  });

  it('comes before the principal, so that a principal of zero ends all', () => {
    const open = bearing({ receivedMinor: 300_000n, payments: [payment('a', 300_000n, '2025-03-02')] });
    expect(settle(open, 5_000n, TODAY, 'repaid')).toEqual({ amountMinor: 0n, interestMinor: 5_000n });
    expect(settle(open, 306_000n, TODAY, 'repaid')).toEqual({ amountMinor: 300_000n, interestMinor: 6_000n });
    expect(() => settle(open, 306_001n, TODAY, 'repaid')).toThrow('The fablab owes only 3,060.00 EUR');
  });
});

describe('reversing a payment', () => {
  it('begins with the latest, and is refused for what was returned meanwhile', () => {
    const [first, second] = [payment('a', 100n), payment('b', 50n)];
    const paid = obligation({ receivedMinor: 150n, payments: [first, second] });
    expect(() => assertPaymentReversible(paid, second)).not.toThrow();
    expect(() => assertPaymentReversible(paid, first)).toThrow(
      'A later payment of this pledge was recorded.',
    );
    expect(() => assertPaymentReversible({ ...paid, repaidMinor: 101n }, second)).toThrow(
      'only 0.49 EUR is not yet repaid or forgiven',
    );
    expect(() => assertPaymentReversible(paid, { ...second, isReversed: true })).toThrow('reversed before');
  });
});

describe('scrutiny', () => {
  it('is there if and only if something is owed', () => {
    const amount = fc.bigInt(0n, 1_000n);
    fc.assert(
      fc.property(amount, amount, amount, (owed, repaid, forgiven) => {
        const any = obligation({
          receivedMinor: owed + repaid + forgiven,
          repaidMinor: repaid,
          forgivenMinor: forgiven,
        });
        expect(hasScrutiny([any], [NORTH])).toBe(owed > 0n);
        expect(hasScrutiny([any], ['south' as Id<'community'>])).toBe(false);
        expect(dialsOf([any], TODAY)[0]?.state === 'open').toBe(owed > 0n);
      }),
    );
  });

  it.each([
    [{}, 'begins', 'Begins when the first money of the pledge is received.'],
    [{ receivedMinor: 124_000n }, 'open', 'Ends after 1,240.00 EUR more is repaid.'],
    [{ receivedMinor: 123_456_789n }, 'open', 'Ends after 1,234,567.89 EUR more is repaid.'],
    [
      { receivedMinor: 100n, repaidMinor: 100n },
      'paused',
      'Nothing is owed now. Begins again if more of the pledge is received.',
    ],
    [
      { state: 'fulfilled', waivedMinor: 200_000n, endedAt: new Date('2026-02-09T23:59:59.000Z') },
      'ended',
      'Ended on 9 February 2026.',
    ],
    [{ receivedMinor: 5_000n, currency: 'JPY' as Currency }, 'open', 'Ends after 5,000 JPY more is repaid.'],
  ] as const)('says in plain words when it ends: %j', (over, state, sentence) => {
    expect(dialsOf([obligation(over as Partial<Obligation>)], TODAY)).toMatchObject([{ state, sentence }]);
  });

  it('has one dial for each supporter, and none for pledges that do not count', () => {
    const dials = dialsOf(
      [
        obligation({ receivedMinor: 200n }),
        obligation({ receivedMinor: 300n, repaidMinor: 50n }),
        obligation({ communityId: 'south' as Id<'community'>, state: 'withdrawn' }),
      ],
      TODAY,
    );
    expect(dials).toMatchObject([{ communityId: NORTH, openMinor: 450n, nextDue: { dueOn: '2027-01-31' } }]);
  });
});
