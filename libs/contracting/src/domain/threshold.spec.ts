import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '#kernel';
import { itemKey } from './instrument.js';
import { readTerms, storedTerms, type Terms } from './terms.js';
import {
  neededOf,
  pledgedOf,
  thresholdWords,
  thresholdsMet,
  thresholdsOf,
  type Contributed,
  type Threshold,
} from './threshold.js';

const hours = (section: string, milli: bigint): Contributed => ({
  contribution: 'hours',
  amountMinor: 0n,
  itemKey: itemKey(section),
  unit: 'h',
  quantityMilli: milli,
});
const money = (amountMinor: bigint): Contributed => ({
  contribution: 'money',
  amountMinor,
  itemKey: null,
  unit: null,
  quantityMilli: 0n,
});
const goods = (name: string, unit: string, milli: bigint): Contributed => ({
  contribution: 'goods',
  amountMinor: 0n,
  itemKey: itemKey(name),
  unit,
  quantityMilli: milli,
});

const MIXED: Threshold[] = [
  { kind: 'money', amountMinor: 300_000n },
  { kind: 'hours', section: 'Woodworking', milli: 60_000n },
  { kind: 'material', name: 'Ash', unit: 'm³', milli: 2_000n },
];
const ALL = [money(300_000n), hours(' woodworking', 60_000n), goods('ash', 'm³', 2_000n)];

describe('thresholds', () => {
  it('must all be met, each by pledges of its own kind', () => {
    expect(thresholdsMet(MIXED, ALL)).toBe(true);
    for (const [index] of ALL.entries())
      expect(
        thresholdsMet(
          MIXED,
          ALL.filter((_, at) => at !== index),
        ),
      ).toBe(false);
    expect(thresholdsMet(MIXED, [money(10n ** 9n), ...ALL.slice(1, 2)])).toBe(false);
  });

  it('count hours of their section only, and material of their name and unit only', () => {
    expect(pledgedOf(MIXED[1] as Threshold, [hours('Metalworking', 60_000n)])).toBe(0n);
    expect(pledgedOf(MIXED[1] as Threshold, [hours('WOODWORKING ', 1n)])).toBe(1n);
    expect(pledgedOf(MIXED[2] as Threshold, [goods('Ash', 'kg', 2_000n)])).toBe(0n);
    expect(pledgedOf(MIXED[2] as Threshold, [goods('Oak', 'm³', 2_000n)])).toBe(0n);
  });

  it('are met by nothing at all where there is none', () => {
    expect(thresholdsMet(thresholdsOf({ thresholdMinor: 0n }), [])).toBe(true);
  });

  it('are met exactly when none lacks anything, for every mix', () => {
    const milli = fc.bigInt(0n, 4n);
    fc.assert(
      fc.property(milli, milli, milli, milli, milli, milli, (a, b, c, x, y, z) => {
        const thresholds: Threshold[] = [
          { kind: 'money', amountMinor: a },
          { kind: 'hours', section: 'Wood', milli: b },
          { kind: 'material', name: 'Ash', unit: 'm³', milli: c },
        ];
        const pledges = [money(x), hours('wood', y), goods('ash', 'm³', z)];
        expect(thresholdsMet(thresholds, pledges)).toBe(x >= a && y >= b && z >= c);
        expect(thresholds.map((each) => pledgedOf(each, pledges))).toEqual([x, y, z]);
        expect(thresholds.map(neededOf)).toEqual([a, b, c]);
      }),
    );
  });

  it('are read as they were stored, and older terms as they were written', () => {
    const terms = { thresholdMinor: 300_000n, thresholds: MIXED.slice(1), deliverables: [] };
    const stored = storedTerms(terms as unknown as Terms);
    expect(readTerms(JSON.parse(JSON.stringify(stored)))).toEqual(terms);
    expect(thresholdsOf(readTerms(stored))).toEqual(MIXED);
    const old = readTerms({ thresholdMinor: '300000', deliverables: [] } as unknown as Parameters<
      typeof readTerms
    >[0]);
    expect(thresholdsOf(old)).toEqual(MIXED.slice(0, 1));
  });

  it('are said in words', () => {
    expect(MIXED.map((each) => thresholdWords(each, 'EUR' as Currency))).toEqual([
      '3,000.00 EUR',
      '60 h Woodworking',
      '2 m³ Ash',
    ]);
  });
});
