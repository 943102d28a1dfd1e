import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDay } from './clock.js';
import { formatMilli, parseMilli } from './quantity.js';
import { assertTransition, tableMistakes, type TransitionTable } from './transitions.js';

describe('milli', () => {
  it.each([
    ['2', 2000n],
    ['0.5', 500n],
    ['12.125', 12125n],
    ['0', 0n],
  ])('reads %p', (text, milli) => expect(parseMilli(text)).toBe(milli));

  it.each(['', '-1', '1,5', '1.2345', '.5', '1.', '1e3', ' 1', '9'.repeat(13)])('refuses %p', (text) =>
    expect(parseMilli(text)).toBeNull(),
  );

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        (milli) => parseMilli(formatMilli(milli)) === milli,
      ),
    );
  });
});

describe('isDay', () => {
  it('knows the calendar', () => {
    expect(['2028-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
    expect(['2027-02-29', '2026-13-01', '2026-1-1', '20260101', '', null].map(isDay)).toEqual(
      Array(6).fill(false),
    );
  });
});

describe('transition tables', () => {
  const table = { draft: ['open'], open: ['closed'], closed: [] } as const;

  it('let a listed step pass and refuse any other, naming what may come next', () => {
    expect(() => assertTransition(table, 'contract X', 'draft', 'open')).not.toThrow();
    expect(() => assertTransition(table, 'contract X', 'draft', 'closed')).toThrow(
      'The contract X is draft; it can become open, not closed.',
    );
    expect(() => assertTransition(table, 'contract X', 'closed', 'open')).toThrow(
      'The contract X is closed; nothing follows, not open.',
    );
  });

  it('are checked for rows that cannot be reached and targets without a row', () => {
    expect(tableMistakes(table, 'draft')).toEqual([]);
    const withIsland: TransitionTable<'a' | 'b' | 'c'> = { a: ['b'], b: [], c: [] };
    expect(tableMistakes(withIsland, 'a')).toEqual(['c is unreachable']);
    expect(tableMistakes({ a: ['z'] } as never, 'a' as never)).toEqual(['z has no row']);
  });
});
