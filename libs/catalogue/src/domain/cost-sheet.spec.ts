import { describe, expect, it } from '@jest/globals';
import { InputCheck } from '#kernel';
import {
  lineMinor,
  minorByKind,
  readCostSheet,
  totalMinor,
  type CostSheetGiven,
  type Form,
} from './cost-sheet.js';
import { readTierPlan, type TierPlanGiven } from './tier-plan.js';

const eur = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const SHEET: CostSheetGiven = {
  form: 'assembled',
  currency: 'EUR',
  lines: [
    { kind: 'material', name: 'Ash board', quantity: '0.5', unit: 'm²', unitPrice: eur(4_999n) },
    { kind: 'labour', name: 'Woodworking', quantity: '3', unit: 'h', unitPrice: eur(2_000n) },
    { kind: 'labour', name: 'Metalworking', quantity: '1', unit: 'h', unitPrice: eur(2_000n) },
    { kind: 'waste', name: 'Offcuts', quantity: '0.001', unit: 'm³', unitPrice: eur(1n) },
  ],
};

describe('an open cost sheet', () => {
  it('adds up line by line, each rounded up to a minor unit', () => {
    const sheet = readCostSheet(new InputCheck(), SHEET);
    expect(sheet.lines.map(lineMinor)).toEqual([2_500n, 6_000n, 2_000n, 1n]);
    expect(totalMinor(sheet)).toBe(10_501n);
    expect(minorByKind(sheet)).toEqual({
      material: 2_500n,
      labour: 8_000n,
      machine: 0n,
      reserve: 0n,
      waste: 1n,
    });
  });

  it('may be empty for plans, and for nothing else', () => {
    const check = new InputCheck();
    readCostSheet(check, { ...SHEET, form: 'plans', lines: [] });
    expect(check.problems).toEqual([]);
    readCostSheet(check, { ...SHEET, lines: [] });
    expect(check.problems[0]?.message).toBe('Lines of the cost sheet: at least 1 needed.');
  });
});

describe('a tier plan', () => {
  const costOf = (form: Form): bigint | null => (form === 'plans' ? null : 10_000n);
  const problemsOf = (given: TierPlanGiven): string[] => {
    const check = new InputCheck();
    readTierPlan(check, given, costOf);
    return check.problems.map(({ field, message }) => `${field}: ${message}`);
  };
  const premium = {
    form: 'assembled',
    distinction: 'Oiled, with two years of warranty.',
    price: eur(30_000n),
  };
  const NEEDS_FREE =
    'free: A version is offered only with a free form, or a fair one whose floor is at most its cost. Please plan one of them.';

  it('is refused without a free or an at-cost form', () => {
    expect(problemsOf({ currency: 'EUR', premium })).toEqual([NEEDS_FREE]);
    const fair = { form: 'kit', distinction: 'Without finish.', suggested: eur(15_000n) };
    expect(problemsOf({ currency: 'EUR', premium, fair: { ...fair, floor: eur(10_001n) } })).toEqual([
      NEEDS_FREE,
    ]);
    expect(problemsOf({ currency: 'EUR', premium, fair: { ...fair, floor: eur(10_000n) } })).toEqual([]);
    expect(problemsOf({ currency: 'EUR', premium, free: { form: 'kit', distinction: 'Raw.' } })).toEqual([]);
  });

  it('needs a cost sheet for each form, and a suggestion that is not below its floor', () => {
    expect(
      problemsOf({
        currency: 'EUR',
        free: { form: 'plans', distinction: 'Drawings.' },
        fair: { form: 'kit', distinction: 'Raw.', floor: eur(9_000n), suggested: eur(8_000n) },
      }),
    ).toEqual([
      'free.form: The form “plans” has no cost sheet yet. Please add one first.',
      'fair.suggested: The suggested amount is below the floor of 90.00 EUR.',
    ]);
  });
});
