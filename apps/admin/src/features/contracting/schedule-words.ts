import type { TFunction } from 'i18next';
import { formatDay } from '~/ui/format';

export interface Rhythm {
  readonly instalments: number;
  readonly firstDueOn: string;
  readonly everyMonths: number;
}

/** The same day so many months later; the last day of a month that is too short for it. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** `In 12 equal instalments, one every month, the first on 1 January 2027, the last on 1 December 2027`. */
export function rhythmWords(t: TFunction<'obligations'>, rhythm: Rhythm): string {
  const { instalments, firstDueOn, everyMonths } = rhythm;
  const first = formatDay(firstDueOn);
  if (instalments === 1) return t('rhythm.once', { first });
  const last = formatDay(addMonths(firstDueOn, (instalments - 1) * everyMonths));
  return t('rhythm.parts', { count: everyMonths, parts: instalments, first, last });
}

/** The schedule and what it costs, in one sentence. */
export function repaymentWords(
  t: TFunction<'obligations'>,
  terms: Rhythm & { readonly interestBasisPointsPerYear: number },
): string {
  const schedule = rhythmWords(t, terms);
  const { interestBasisPointsPerYear: points } = terms;
  return points === 0
    ? t('rhythm.withoutInterest', { schedule })
    : t('rhythm.withInterest', { schedule, rate: points / 100 });
}
