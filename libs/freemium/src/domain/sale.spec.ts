import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '#kernel';
import { SALE_STATES, assertPayable, unwind } from './sale.js';
import { SPLIT_PARTS, splitSum, type Split } from './split.js';

const SPLIT: Split = {
  sustenance: 7_400n,
  cost: 30_000n,
  reserve: 2_700n,
  freePool: 7_200n,
  fairPool: 1_800n,
  designCommons: 540n,
  network: 360n,
};

describe('taking a payment back', () => {
  it('takes every part back when no grant has spent any of it', () => {
    expect(unwind(SPLIT, { freePool: 9_000n, fairPool: 1_800n })).toEqual({
      taken: SPLIT,
      spentMinor: { freePool: 0n, fairPool: 0n },
    });
  });

  it('leaves with the grants what they have spent, says so, and lets the reserve bear it', () => {
    const { taken, spentMinor } = unwind(SPLIT, { freePool: 200n, fairPool: 1_800n });
    expect(spentMinor).toEqual({ freePool: 7_000n, fairPool: 0n });
    expect(taken).toEqual({ ...SPLIT, freePool: 200n, reserve: 9_700n });
  });

  it('gives the buyer the whole payment back, whatever was spent', () => {
    const amount = fc.bigInt(0n, 10n ** 9n);
    const anySplit = fc
      .tuple(...SPLIT_PARTS.map(() => amount))
      .map((parts) => Object.fromEntries(SPLIT_PARTS.map((part, index) => [part, parts[index]])) as Split);
    fc.assert(
      fc.property(anySplit, amount, amount, (split, freePool, fairPool) => {
        const { taken, spentMinor } = unwind(split, { freePool, fairPool });
        expect(splitSum(taken)).toBe(splitSum(split));
        expect(taken.freePool <= freePool && taken.fairPool <= fairPool).toBe(true);
        expect(taken.freePool + spentMinor.freePool).toBe(split.freePool);
      }),
    );
  });
});

describe('a sale', () => {
  const sale = {
    ref: 'SALE-2026-0001',
    currency: 'EUR' as Currency,
    priceMinor: 50_000n,
    paidMinor: 20_000n,
  };

  it('takes its price in parts, and not a cent more', () => {
    expect(() => assertPayable({ ...sale, state: 'ordered' }, 30_000n)).not.toThrow();
    expect(() => assertPayable({ ...sale, state: 'ordered' }, 30_001n)).toThrow('Only 300.00 EUR of sale');
  });

  it.each(SALE_STATES.filter((state) => state !== 'ordered'))('takes no payment once it is %s', (state) => {
    expect(() => assertPayable({ ...sale, state }, 1n)).toThrow(`is ${state}; it takes no payment`);
  });
});
