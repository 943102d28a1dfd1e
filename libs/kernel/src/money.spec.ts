import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addMoney,
  allocate,
  currencyExponent,
  formatMoney,
  isCurrency,
  money,
  type Currency,
} from './money.js';

describe('formatMoney', () => {
  it.each([
    [124000n, 'EUR', '1240.00 EUR'],
    [5n, 'EUR', '0.05 EUR'],
    [-5n, 'EUR', '-0.05 EUR'],
    [700n, 'JPY', '700 JPY'],
    [1n, 'TND', '0.001 TND'],
    [10n ** 18n, 'EUR', '10000000000000000.00 EUR'],
  ])('writes %p %s as %s', (amountMinor, currency, text) => {
    expect(formatMoney(money(amountMinor, currency))).toBe(text);
  });
});

describe('money', () => {
  it('refuses what is no currency code', () => {
    for (const code of ['eur', 'EURO', '€', ''])
      expect(() => money(1n, code)).toThrow('is not a currency code');
  });

  it('adds one currency and refuses two', () => {
    expect(addMoney(money(1n, 'EUR'), money(2n, 'EUR'))).toEqual({ amountMinor: 3n, currency: 'EUR' });
    expect(() => addMoney(money(1n, 'EUR'), money(2n, 'JPY'))).toThrow('EUR and JPY cannot be added.');
  });

  it('knows currencies of none and three decimals', () => {
    expect(['EUR', 'JPY', 'TND'].map((code) => currencyExponent(code as Currency))).toEqual([2, 0, 3]);
    expect([isCurrency('EUR'), isCurrency('eur')]).toEqual([true, false]);
  });
});

describe('allocate', () => {
  it('gives the rest to the largest remainders, the earlier first', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n]);
    expect(allocate(10n, [6n, 3n, 1n])).toEqual([6n, 3n, 1n]);
    expect(allocate(1n, [1n, 2n])).toEqual([0n, 1n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
  });

  it('gives nothing to a weight of nothing', () => {
    expect(allocate(7n, [0n, 1n])).toEqual([0n, 7n]);
  });

  it('refuses weights without a sum, and negative ones', () => {
    expect(() => allocate(1n, [])).toThrow('one must be above zero');
    expect(() => allocate(1n, [0n])).toThrow('one must be above zero');
    expect(() => allocate(1n, [2n, -1n])).toThrow('must not be negative');
  });

  it('sums to the whole, and is never a minor unit away from the exact share', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (amount, given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        const parts = allocate(amount, given);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        parts.forEach((part, index) => {
          const distance = part * total - amount * (given[index] ?? 0n);
          expect(distance > -total && distance < total).toBe(true);
        });
      }),
    );
  });
});
