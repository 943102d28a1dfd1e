import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currencyExponent, formatMoney, type Currency, type Day } from '#kernel';
import {
  addMonths,
  defaultRepayment,
  equalParts,
  instalmentsOf,
  nextDue,
  repaymentProblems,
} from './schedule.js';

const day = (text: string) => text as Day;
const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);

describe('equal parts', () => {
  it.each(['JPY', 'EUR', 'TND'])(
    'of an amount in %s sum to it exactly, and differ in the last alone',
    (code) => {
      const one = 10n ** BigInt(currencyExponent(code as Currency));
      fc.assert(
        fc.property(fc.bigInt(0n, 10n ** 9n), fc.integer({ min: 1, max: 480 }), (whole, count) => {
          for (const total of [whole, whole * one]) {
            const parts = equalParts(total, count);
            expect(parts).toHaveLength(count);
            expect(sum(parts)).toBe(total);
            const [first = 0n] = parts;
            expect(parts.slice(0, -1).every((part) => part === first)).toBe(true);
            const last = parts.at(-1) ?? 0n;
            expect(last >= first || count === 1).toBe(true);
            expect(last - first < BigInt(count) || count === 1).toBe(true);
          }
        }),
      );
    },
  );

  it('give the rounding to the last one', () => {
    const parts = equalParts(100_000n, 3).map((amountMinor) =>
      formatMoney({ amountMinor, currency: 'EUR' as Currency }),
    );
    expect(parts).toEqual(['333.33 EUR', '333.33 EUR', '333.34 EUR']);
  });
});

describe('instalments', () => {
  const rhythm = { instalments: 4, firstDueOn: day('2027-01-31'), everyMonths: 1 };

  it('keep the day of the month, but for months that are too short', () => {
    expect(instalmentsOf(rhythm, 400n, 0n).map(({ dueOn }) => dueOn)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
    expect(addMonths(day('2027-12-31'), 2)).toBe('2028-02-29');
  });

  it('are filled in their order by what was returned', () => {
    const instalments = instalmentsOf(rhythm, 402n, 150n);
    expect(instalments.map(({ openMinor }) => openMinor)).toEqual([0n, 50n, 100n, 102n]);
    expect(nextDue(instalments)).toMatchObject({ number: 2, openMinor: 50n });
    expect(nextDue(instalmentsOf(rhythm, 402n, 402n))).toBeNull();
  });

  it('of nothing are left out', () => {
    expect(instalmentsOf(rhythm, 0n, 0n)).toEqual([]);
    expect(instalmentsOf(rhythm, 3n, 0n)).toMatchObject([{ number: 4, amountMinor: 3n }]);
  });

  it('have open parts that sum to what is not returned', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.bigInt(0n, 10n ** 12n),
        fc.integer({ min: 1, max: 480 }),
        (a, b, instalments) => {
          const [returned, total] = a < b ? [a, b] : [b, a];
          const parts = instalmentsOf({ ...rhythm, instalments }, total, returned);
          expect(sum(parts.map(({ openMinor }) => openMinor))).toBe(total - returned);
        },
      ),
    );
  });
});

describe('terms of repayment', () => {
  const deadline = day('2026-06-30');

  it('that say nothing return the whole a year after the deadline', () => {
    expect(defaultRepayment(deadline)).toEqual({
      instalments: 1,
      firstDueOn: '2027-06-30',
      everyMonths: 1,
      interestBasisPointsPerYear: 0,
    });
    expect(repaymentProblems({ deadline }, 0)).toEqual([]);
  });

  it('are refused above the cap of the instance, and before the deadline has passed', () => {
    const repayment = {
      ...defaultRepayment(deadline),
      firstDueOn: deadline,
      interestBasisPointsPerYear: 301,
    };
    expect(repaymentProblems({ deadline, repayment }, 300)).toEqual([
      {
        field: 'repayment.firstDueOn',
        message: 'The first instalment must be due after the deadline: before it nothing is lent.',
      },
      {
        field: 'repayment.interestBasisPointsPerYear',
        message: 'The interest must be at most 3 % a year here.',
      },
    ]);
    expect(
      repaymentProblems(
        { deadline, repayment: { ...defaultRepayment(deadline), interestBasisPointsPerYear: 300 } },
        300,
      ),
    ).toEqual([]);
  });
});
