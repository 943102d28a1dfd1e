import type { InputCheck } from '#kernel';
import { EVERY_MONTHS_MAX, INSTALMENTS_MAX, type RepaymentTerms, type Rhythm } from './schedule.js';

/** A schedule as somebody typed it. */
export interface RhythmGiven {
  readonly instalments: number;
  readonly firstDueOn: string;
  readonly everyMonths: number;
}

export interface RepaymentGiven extends RhythmGiven {
  readonly interestBasisPointsPerYear?: number | null;
}

/** Reads a schedule; every problem is put down with its field. */
export function readRhythm(check: InputCheck, given: RhythmGiven, path = ''): Rhythm {
  return {
    instalments: check.integer(`${path}instalments`, given.instalments, {
      min: 1,
      max: INSTALMENTS_MAX,
      name: 'the number of instalments',
    }),
    firstDueOn: check.day(`${path}firstDueOn`, given.firstDueOn, 'the day of the first instalment'),
    everyMonths: check.integer(`${path}everyMonths`, given.everyMonths, {
      min: 1,
      max: EVERY_MONTHS_MAX,
      name: 'the months between instalments',
    }),
  };
}

/** Reads instalments with their interest; every problem is put down with its field. */
export function readRepayment(check: InputCheck, given: RepaymentGiven, path: string): RepaymentTerms {
  const field = `${path}.interestBasisPointsPerYear`;
  return {
    ...readRhythm(check, given, `${path}.`),
    // The instance's own cap is looked at by the terms checker, which knows it.
    interestBasisPointsPerYear: check.integer(field, given.interestBasisPointsPerYear ?? 0, {
      min: 0,
      max: 10_000,
      name: 'the interest',
    }),
  };
}
