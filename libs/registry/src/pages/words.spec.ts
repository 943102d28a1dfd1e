import { describe, expect, it } from '@jest/globals';
import { money } from '#kernel';
import { count, dayWords, instantWords, isPublicState, minorWords, moneyWords, percent } from './words.js';

describe('words of the public pages', () => {
  it('write money with the digits of its currency, grouped', () => {
    expect(moneyWords(money(300_000n, 'EUR'))).toBe('3,000.00\u00a0EUR');
    expect(moneyWords(money(5n, 'EUR'))).toBe('0.05\u00a0EUR');
    expect(moneyWords(money(1_234_567n, 'JPY'))).toBe('1,234,567\u00a0JPY');
    expect(moneyWords(money(-123_456n, 'TND'))).toBe('−123.456\u00a0TND');
    expect(minorWords('12345678901234567890', 'EUR')).toBe('123,456,789,012,345,678.90\u00a0EUR');
  });

  it('write days and instants in UTC', () => {
    expect(dayWords('2027-03-31')).toBe('31 March 2027');
    expect(instantWords(new Date('2026-03-02T23:59:59.999Z'))).toBe('2 March 2026, 23:59 UTC');
  });

  it('count', () => {
    expect([0, 1, 2, 1200].map((each) => count(each, 'pledge'))).toEqual([
      '0 pledges',
      '1 pledge',
      '2 pledges',
      '1,200 pledges',
    ]);
    expect(count(2, 'community', 'communities')).toBe('2 communities');
  });

  it('say 100 percent only when nothing is missing', () => {
    expect(percent(299_999n, 300_000n)).toBe(99);
    expect(percent(300_000n, 300_000n)).toBe(100);
    expect(percent(360_000n, 300_000n)).toBe(120);
    expect(percent(0n, 0n)).toBe(100);
  });

  it('know no draft', () => {
    expect(isPublicState('open')).toBe(true);
    expect(isPublicState('draft')).toBe(false);
  });
});
