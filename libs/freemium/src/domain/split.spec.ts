import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputCheck, type Currency, type Day } from '#kernel';
import {
  NOTHING_SERVED,
  SHARE_PARTS,
  checkNotice,
  readSplitRule,
  ruleInForce,
  splitPayment,
  splitSum,
  type SharePart,
  type SplitRule,
  type SplitRuleGiven,
} from './split.js';

const SHARES: Record<SharePart, number> = {
  sustenance: 3_000,
  reserve: 1_500,
  freePool: 4_000,
  fairPool: 1_000,
  designCommons: 300,
  network: 200,
};
const RULE = { sustenanceFloorMinor: 2_000n, shares: SHARES };

/** Random shares that sum to the whole, zeros among them. */
const anyShares = fc
  .array(fc.integer({ min: 0, max: 10_000 }), {
    minLength: SHARE_PARTS.length - 1,
    maxLength: SHARE_PARTS.length - 1,
  })
  .map((cuts) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), 10_000];
    return Object.fromEntries(
      SHARE_PARTS.map((part, index) => [part, (edges[index + 1] as number) - (edges[index] as number)]),
    ) as Record<SharePart, number>;
  });

describe('the split of a payment', () => {
  it('serves the makers’ floor first, then the cost, then the shares', () => {
    const basis = { units: 1, unitCostMinor: 30_000n };
    const { split, served } = splitPayment(RULE, basis, NOTHING_SERVED, 50_001n);
    expect(served).toEqual({ floorMinor: 2_000n, costMinor: 30_000n });
    expect(split).toEqual({
      sustenance: 2_000n + 5_400n,
      cost: 30_000n,
      reserve: 2_700n,
      freePool: 7_201n,
      fairPool: 1_800n,
      designCommons: 540n,
      network: 360n,
    });
    expect(splitPayment(RULE, basis, NOTHING_SERVED, 1_500n).split).toMatchObject({
      sustenance: 1_500n,
      cost: 0n,
      freePool: 0n,
    });
  });

  it('goes on in a second payment where the first one ended', () => {
    const basis = { units: 2, unitCostMinor: 10_000n };
    const first = splitPayment(RULE, basis, NOTHING_SERVED, 10_000n);
    expect(first.split).toMatchObject({ sustenance: 4_000n, cost: 6_000n, freePool: 0n });
    const second = splitPayment(RULE, basis, first.served, 15_000n);
    expect(second.split).toMatchObject({ sustenance: 300n, cost: 14_000n, freePool: 400n });
  });

  it('sums to the payment for every rule, cost, floor and series of part payments', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(
        anyShares,
        amount,
        amount,
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 8 }),
        (shares, sustenanceFloorMinor, unitCostMinor, units, payments) => {
          let served = NOTHING_SERVED;
          for (const paid of payments) {
            const next = splitPayment(
              { sustenanceFloorMinor, shares },
              { units, unitCostMinor },
              served,
              paid,
            );
            expect(splitSum(next.split)).toBe(paid);
            expect(Object.values(next.split).every((part) => part >= 0n)).toBe(true);
            served = next.served;
          }
          expect(served.floorMinor <= sustenanceFloorMinor * BigInt(units)).toBe(true);
          expect(served.costMinor <= unitCostMinor * BigInt(units)).toBe(true);
        },
      ),
    );
  });
});

describe('a split rule', () => {
  const given: SplitRuleGiven = {
    currency: 'EUR',
    effectiveFrom: '2026-04-01',
    sustenanceFloor: { amountMinor: 2_000n, currency: 'EUR' },
    shares: SHARES,
  };
  const problemsOf = (change: Partial<SplitRuleGiven>): string[] => {
    const check = new InputCheck();
    readSplitRule(check, { ...given, ...change });
    return check.problems.map(({ field, message }) => `${field}: ${message}`);
  };

  it('shares out the whole, no more and no less', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ shares: { ...SHARES, network: 201 } })).toEqual([
      'shares: The shares must sum to 100 %; they sum to 100.01 %.',
    ]);
    expect(problemsOf({ shares: { ...SHARES, network: -1 } })[0]).toBe(
      'shares.network: The share must be a whole number from 0 to 10000.',
    );
  });

  it('changes only ahead, and with notice', () => {
    const today = '2026-03-02' as Day;
    const latest = { number: 1, effectiveFrom: '2026-05-01' } as SplitRule;
    const problems = (effectiveFrom: string, before: SplitRule | null): string[] => {
      const check = new InputCheck();
      checkNotice(check, effectiveFrom as Day, { latest: before, today, noticeDays: 30 });
      return check.problems.map(({ message }) => message);
    };
    expect(problems('2026-03-02', null)).toEqual([]);
    expect(problems('2026-03-01', null)).toEqual(['A rule cannot begin before today, 2026-03-02.']);
    expect(problems('2026-03-31', latest)).toEqual([
      'A change needs 30 days of notice: the new rule can begin on 2026-04-01 at the earliest.',
    ]);
    expect(problems('2026-05-01', latest)).toEqual([
      'Version 1 begins on 2026-05-01; a later version must begin after it.',
    ]);
    expect(problems('2026-05-02', latest)).toEqual([]);
  });

  it('in force is the last one that has begun', () => {
    const rules = ['2026-01-01', '2026-06-01', '2026-03-01'].map((day, index) => ({
      number: index + 1,
      currency: 'EUR' as Currency,
      effectiveFrom: day as Day,
    }));
    expect(ruleInForce(rules, '2025-12-31' as Day)).toBeNull();
    expect(ruleInForce(rules, '2026-05-31' as Day)?.number).toBe(3);
    expect(ruleInForce(rules, '2026-06-01' as Day)?.number).toBe(2);
  });
});
