import { isDay, type InputCheck } from '#kernel';
import { i18next } from '~/app/i18n';
import type { Rhythm } from './schedule-words';

/** Forty years of months: what the server takes at most. */
const INSTALMENTS_MAX = 480;
const EVERY_MONTHS_MAX = 120;

/** A schedule as it stands in the fields. */
export interface RhythmValues {
  readonly instalments: number | string;
  readonly firstDueOn: string;
  readonly everyMonths: number | string;
}

/** The rhythm in an editor's fields, and the interest in per cent; the server's name lets its sentences find the field. */
export interface RepaymentValues extends RhythmValues {
  readonly interestBasisPointsPerYear: string;
}

export const NO_REPAYMENT: RepaymentValues = {
  instalments: '',
  firstDueOn: '',
  everyMonths: '',
  interestBasisPointsPerYear: '0',
};

export function isAgreed(values: RepaymentValues): boolean {
  return (
    values.instalments !== '' ||
    values.firstDueOn !== '' ||
    values.everyMonths !== '' ||
    basisPointsOf(values.interestBasisPointsPerYear) !== 0
  );
}

function whole(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

export function checkRhythm(check: InputCheck, values: RhythmValues, path = ''): void {
  const t = i18next.getFixedT(null, 'obligations');
  check.integer(`${path}instalments`, whole(values.instalments), {
    min: 1,
    max: INSTALMENTS_MAX,
    name: t('rhythm.instalmentsName'),
  });
  check.day(`${path}firstDueOn`, values.firstDueOn, t('rhythm.firstDueOnName'));
  check.integer(`${path}everyMonths`, whole(values.everyMonths), {
    min: 1,
    max: EVERY_MONTHS_MAX,
    name: t('rhythm.everyMonthsName'),
  });
}

/** Refuses what the server refuses, but for the instance's own cap of interest, which only the server knows. */
export function checkRepayment(
  check: InputCheck,
  values: RepaymentValues,
  deadline: string,
  path: string,
): void {
  if (!isAgreed(values)) return;
  const t = i18next.getFixedT(null, 'obligations');
  checkRhythm(check, values, path);
  if (isDay(values.firstDueOn) && values.firstDueOn <= deadline)
    check.refuse(`${path}firstDueOn`, t('rhythm.firstDueOnProblem'));
  if (basisPointsOf(values.interestBasisPointsPerYear) === null)
    check.refuse(`${path}interestBasisPointsPerYear`, t('rhythm.interestProblem'));
}

/** `1.5` and `1,5` are 150; null for what is no rate with at most two decimals. */
function basisPointsOf(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** Null while a field is empty or wrong. */
export function rhythmOf(values: RhythmValues): Rhythm | null {
  const { instalments, firstDueOn, everyMonths } = values;
  if (typeof instalments !== 'number' || typeof everyMonths !== 'number') return null;
  return isDay(firstDueOn) && instalments >= 1 && everyMonths >= 1
    ? { instalments, firstDueOn, everyMonths }
    : null;
}

/** Null while a field is empty or wrong. */
export function repaymentOf(
  values: RepaymentValues,
): (Rhythm & { interestBasisPointsPerYear: number }) | null {
  const rhythm = rhythmOf(values);
  const points = basisPointsOf(values.interestBasisPointsPerYear);
  return rhythm && points !== null ? { ...rhythm, interestBasisPointsPerYear: points } : null;
}
