import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day, Id } from '#kernel';
import { loanObligation } from '../../testing/obligation.js';
import { allotUnits, type AvailableUnits } from './allocation.js';
import {
  instalmentsOwed,
  moneyOwedMinor,
  owedMinor,
  settle,
  unitsOpen,
  type Obligation,
} from './obligation.js';
import { shareInstalments, sharesOf } from './premium-share.js';
import { isFulfilled, isOpen, openParts } from './returns/index.js';
import { dialsOf } from './scrutiny.js';

const NORTH = 'north' as Id<'community'>;
const SOUTH = 'south' as Id<'community'>;
const TODAY = '2026-03-02' as Day;

/** Four trailers at 450.00 EUR, paid for unless a test says otherwise. */
function bought(over: Partial<Obligation> = {}): Obligation {
  return loanObligation({
    instrument: 'pre-purchase',
    returnKind: 'units',
    amountMinor: 180_000n,
    receivedMinor: 180_000n,
    line: 1,
    units: 4,
    unitPriceMinor: 45_000n,
    ...over,
  });
}

const accepted = (units: number, over: Partial<AvailableUnits> = {}): AvailableUnits => ({
  line: 1,
  receiverId: NORTH,
  isFree: false,
  units,
  ...over,
});

describe('accepted units', () => {
  it('count for the oldest pledge first, each as far as it is paid for', () => {
    const pledges = [
      bought({ pledgeId: 'a' as Id<'pledge'>, receivedMinor: 100_000n }),
      bought({ pledgeId: 'b' as Id<'pledge'> }),
    ];
    expect(allotUnits([accepted(5)], pledges)).toEqual([
      { pledgeId: 'a', kind: 'units', line: 1, units: 2 },
      { pledgeId: 'b', kind: 'units', line: 1, units: 3 },
    ]);
  });

  it('count for their own line and receiver only', () => {
    expect(allotUnits([accepted(5, { line: 2 })], [bought()])).toEqual([]);
    expect(allotUnits([accepted(5, { receiverId: SOUTH })], [bought()])).toEqual([]);
  });

  it('of a free line count for what others were promised, and not for the receiver’s own purchase', () => {
    const premium = (id: string, communityId: Id<'community'>) =>
      bought({ pledgeId: id as Id<'pledge'>, communityId, instrument: 'premium', freeUnits: 2, line: 2 });
    expect(
      allotUnits([accepted(3, { isFree: true })], [premium('own', NORTH), premium('other', SOUTH)]),
    ).toEqual([{ pledgeId: 'other', kind: 'free-units', line: 1, units: 2 }]);
  });

  it('are never counted twice, nor for more than is open, whatever is delivered and owed', () => {
    const facts = fc.record({
      received: fc.bigInt(0n, 400_000n),
      delivered: fc.integer({ min: 0, max: 4 }),
      free: fc.integer({ min: 0, max: 3 }),
      south: fc.boolean(),
    });
    const lines = fc.uniqueArray(
      fc.record({ line: fc.integer({ min: 1, max: 3 }), units: fc.nat(6), isFree: fc.boolean() }),
      { maxLength: 3, selector: ({ line }) => line },
    );
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 5 }), lines, (pledges, given) => {
        const obligations = pledges.map(({ received, delivered, free, south }, index) => {
          const paid = received < BigInt(delivered) * 45_000n ? BigInt(delivered) * 45_000n : received;
          return bought({
            pledgeId: String(index) as Id<'pledge'>,
            communityId: south ? SOUTH : NORTH,
            receivedMinor: paid,
            unitsDelivered: delivered,
            redeemedMinor: BigInt(delivered) * 45_000n,
            freeUnits: free,
          });
        });
        const available = given.map((each) => accepted(each.units, each));
        const allotted = allotUnits(available, obligations);
        for (const { line } of available) {
          const sum = (all: readonly { readonly line: number; readonly units: number }[]): number =>
            all.filter((each) => each.line === line).reduce((total, { units }) => total + units, 0);
          expect(sum(allotted)).toBeLessThanOrEqual(sum(available));
        }
        for (const { pledgeId, kind, units } of allotted) {
          expect(units).toBeGreaterThan(0);
          const obligation = obligations.find((each) => each.pledgeId === pledgeId) as Obligation;
          if (kind === 'free-units') expect(units).toBeLessThanOrEqual(obligation.freeUnits);
        }
      }),
    );
  });
});

describe('an obligation in units', () => {
  it('is the whole units that were paid for, and the change in money', () => {
    expect(openParts(bought({ receivedMinor: 100_000n }))).toEqual([
      { kind: 'units', line: 1, units: 2 },
      { kind: 'money', amountMinor: 10_000n },
    ]);
  });

  it('never exceeds what was promised, however much was paid over', () => {
    expect(openParts(bought({ receivedMinor: 300_000n }))).toEqual([
      { kind: 'units', line: 1, units: 4 },
      { kind: 'money', amountMinor: 120_000n },
    ]);
  });

  it('always has parts that sum to the principal, and is open exactly while one of them is', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 500_000n), fc.nat(4), fc.nat(4), (received, delivered, waived) => {
        const unitsDelivered = Math.min(delivered, Number(received / 45_000n));
        const obligation = bought({
          receivedMinor: received,
          unitsDelivered,
          redeemedMinor: BigInt(unitsDelivered) * 45_000n,
          unitsWaived: Math.min(waived, 4 - unitsDelivered),
        });
        const sum = openParts(obligation).reduce(
          (total, part) =>
            total +
            (part.kind === 'units'
              ? BigInt(part.units) * 45_000n
              : part.kind === 'money'
                ? part.amountMinor
                : 0n),
          0n,
        );
        expect(sum).toBe(owedMinor(obligation));
        expect(isOpen(obligation)).toBe(owedMinor(obligation) > 0n);
        if (isFulfilled(obligation)) expect(isOpen(obligation)).toBe(false);
      }),
    );
  });

  it('without a price is no unit, and divides nothing', () => {
    const free = bought({ unitPriceMinor: 0n });
    expect([unitsOpen(free), openParts(free)]).toEqual([0, [{ kind: 'money', amountMinor: 180_000n }]]);
  });

  it('of a purchase goes back in money only as far as it buys no whole unit; a loan whenever the fablab likes', () => {
    expect(moneyOwedMinor(bought({ receivedMinor: 100_000n }))).toBe(10_000n);
    expect(() => settle(bought(), 1n, TODAY, 'repaid')).toThrow('The fablab owes only 0.00 EUR');
    expect(moneyOwedMinor(bought({ instrument: 'loan' }))).toBe(180_000n);
  });

  it('for hours is in proportion to what was worked, rounded up', () => {
    const labour = (receivedMilli: bigint) =>
      unitsOpen(
        bought({
          instrument: 'labour',
          contribution: 'hours',
          amountMinor: 0n,
          receivedMinor: 0n,
          unitPriceMinor: 0n,
          units: 2,
          quantityMilli: 24_000n,
          receivedMilli,
        }),
      );
    expect([0n, 1n, 12_000n, 12_001n, 30_000n].map(labour)).toEqual([0, 1, 1, 2, 2]);
  });
});

describe('a dial', () => {
  const sentences = (...own: Obligation[]): string[] =>
    dialsOf(own, TODAY, () => 'Cargo trailer').map(({ sentence }) => sentence);

  it('says what mixes of pledges hang on', () => {
    expect(sentences(bought({ instrument: 'loan', receivedMinor: 135_000n }))).toEqual([
      'Ends after 1,350.00 EUR more is repaid or 3 more units of Cargo trailer are accepted.',
    ]);
    expect(
      sentences(
        loanObligation({ receivedMinor: 124_000n }),
        bought({ receivedMinor: 55_000n }),
        bought({ instrument: 'premium', freeUnits: 4, receivedMinor: 45_000n }),
      ),
    ).toEqual([
      'Ends after 1,340.00 EUR more is repaid, 2 more units of Cargo trailer are accepted and 1 more free unit for others is accepted.',
    ]);
    const gift = { instrument: 'gift', returnKind: 'nothing', receivedMinor: 1n } as const;
    expect(sentences(loanObligation(gift))).toEqual(['Ends after all deliverables are accepted.']);
    expect(sentences(loanObligation({ ...gift, deliverablesDone: true, state: 'fulfilled' }))).toEqual([
      'Ended.',
    ]);
  });
});

describe('a share of premium sales', () => {
  const sales = [
    { toDay: '2026-04-30' as Day, amountMinor: 9_999n },
    { toDay: '2026-05-31' as Day, amountMinor: 10_001n },
  ];

  it('loses nothing to rounding, over periods and pledges', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 6 }),
        fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 6 }),
        (basisPoints, amounts, received) => {
          const lent = received.map((receivedMinor, index) => ({
            pledgeId: String(index) as Id<'pledge'>,
            receivedMinor,
          }));
          const given = amounts.map((amountMinor) => ({ toDay: TODAY, amountMinor }));
          const shares = lent.map(({ pledgeId }) => sharesOf(pledgeId, { basisPoints, sales: given, lent }));
          const total = shares.flat().reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          const sold = amounts.reduce((sum, each) => sum + each, 0n);
          expect(total).toBe((sold * BigInt(basisPoints)) / 10_000n);
        },
      ),
    );
  });

  it('makes instalments due that never exceed the loan', () => {
    const lent = [{ pledgeId: 'pledge' as Id<'pledge'>, receivedMinor: 1_500n }];
    const shares = sharesOf('pledge' as Id<'pledge'>, { basisPoints: 1_000, sales, lent });
    expect(shares.map(({ amountMinor }) => amountMinor)).toEqual([999n, 1_001n]);
    expect(shareInstalments(shares, 1_500n, 1_000n)).toEqual([
      { number: 1, dueOn: '2026-04-30', amountMinor: 999n, openMinor: 0n },
      { number: 2, dueOn: '2026-05-31', amountMinor: 501n, openMinor: 500n },
    ]);
    expect(instalmentsOwed(loanObligation({ receivedMinor: 1_500n, shares }))).toHaveLength(2);
    expect(instalmentsOwed(loanObligation({ receivedMinor: 1_500n, shares: [] }))).toEqual([]);
  });

  it('is nothing for a pledge of which nothing came in', () => {
    const lent = [{ pledgeId: 'pledge' as Id<'pledge'>, receivedMinor: 0n }];
    expect(sharesOf('pledge' as Id<'pledge'>, { basisPoints: 1_000, sales, lent })).toEqual([]);
  });
});
