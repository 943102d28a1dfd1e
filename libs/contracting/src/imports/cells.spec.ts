import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '#kernel';
import { proposeDateOrder, readAmount, readDay } from './cells.js';

const EUR = 'EUR' as Currency;

describe('an amount', () => {
  it.each([
    ['300', 30_000n],
    ['1234.5', 123_450n],
    ['1.234,50', 123_450n],
    ['1,234.50', 123_450n],
    ['1 234,50', 123_450n],
    ['1\u202f234,50 €', 123_450n],
    ['1’234.50', 123_450n],
    ['EUR 1.234', 123_400n],
    ['1,234,567.89', 123_456_789n],
    ['12,5', 1_250n],
    ['', 0n],
    ['–', 0n],
    ['0,00', 0n],
  ])('%j is read', (cell, minor) => {
    expect(readAmount(cell, EUR)?.minor).toBe(minor);
  });
  it.each([
    'abc',
    '-5',
    '(5)',
    '1.2.3',
    '1,23,456',
    '1.234.5',
    '12,345,6',
    '=1+1',
    '1e3',
    '12.345.678.901.234',
  ])('%j is none', (cell) => expect(readAmount(cell, EUR)).toBeNull());
  it('has the decimals of its currency', () => {
    expect(readAmount('1234', 'JPY' as Currency)?.minor).toBe(1_234n);
    expect(readAmount('1.5', 'JPY' as Currency)).toBeNull();
    expect(readAmount('1.2345 TND', EUR)).toBeNull();
    // Thousands or thousandths: nobody can tell, so it is asked.
    expect(readAmount('1.234', 'TND' as Currency)).toBeNull();
    expect(readAmount('12,500 CHF', EUR)).toEqual({ minor: 1_250_000n, currency: 'CHF' });
  });
  it('is the same however it is grouped', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 13n }),
        fc.constantFrom(',.', '.,', ' ,', '’.'),
        (minor, signs) => {
          const whole = (minor / 100n).toString().replace(/\B(?=(\d{3})+$)/g, signs.charAt(0));
          const cell = `${whole}${signs.charAt(1)}${(minor % 100n).toString().padStart(2, '0')}`;
          expect(readAmount(cell, EUR)?.minor).toBe(minor);
        },
      ),
    );
  });
});

describe('a day', () => {
  it.each([
    ['2026-03-31', '2026-03-31'],
    ['2026/3/1', '2026-03-01'],
    ['31.03.2026', '2026-03-31'],
    ['1.2.26', '2026-02-01'],
    ['31/03/2026', '2026-03-31'],
    ['03/31/2026', '2026-03-31'],
    ['05-05-2026', '2026-05-05'],
    ['2026-03-31T10:00:00Z', '2026-03-31'],
  ])('%j is read', (cell, day) => expect(readDay(cell, null)).toEqual({ kind: 'day', day }));
  it.each(['30.02.2026', '2026-13-01', 'March', '45678', '1/2'])('%j is none', (cell) =>
    expect(readDay(cell, null)).toEqual({ kind: 'wrong' }),
  );
  it('is asked for where it can be two, and follows the answer', () => {
    expect(readDay('03/04/2026', null)).toEqual({ kind: 'ambiguous' });
    expect(readDay('03/04/2026', 'dayFirst')).toEqual({ kind: 'day', day: '2026-04-03' });
    expect(readDay('03/04/2026', 'monthFirst')).toEqual({ kind: 'day', day: '2026-03-04' });
  });
  it('is told by another cell of the table, unless they disagree', () => {
    expect(proposeDateOrder(['03/04/2026', '31/03/2026'])).toBe('dayFirst');
    expect(proposeDateOrder(['03/04/2026', '03/31/2026'])).toBe('monthFirst');
    expect(proposeDateOrder(['31/03/2026', '03/31/2026'])).toBeNull();
    expect(proposeDateOrder(['03/04/2026', '31.03.2026'])).toBeNull();
  });
});
