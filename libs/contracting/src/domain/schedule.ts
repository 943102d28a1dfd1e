import type { Day, Problem } from '#kernel';

/** How what was lent is returned: so many equal parts, the first on a day, then one every so many months. */
export interface Rhythm {
  readonly instalments: number;
  readonly firstDueOn: Day;
  readonly everyMonths: number;
}

/** What the parties agreed for every loan of a contract. It holds no amounts, so JSON keeps it as it is. */
export interface RepaymentTerms extends Rhythm {
  /** Simple interest; 100 is one per cent a year. */
  readonly interestBasisPointsPerYear: number;
}

/** Bounds of what can be agreed: forty years of months. */
export const INSTALMENTS_MAX = 480;
export const EVERY_MONTHS_MAX = 120;

export interface Instalment {
  /** From 1 on. */
  readonly number: number;
  readonly dueOn: Day;
  readonly amountMinor: bigint;
  /** What is not returned of it yet. */
  readonly openMinor: bigint;
}

/** Terms that agree no schedule return the whole at once, a year after the deadline, without interest. */
export function defaultRepayment(deadline: Day): RepaymentTerms {
  return {
    instalments: 1,
    firstDueOn: addMonths(deadline, 12),
    everyMonths: 1,
    interestBasisPointsPerYear: 0,
  };
}

/**
 * Equal parts that sum to the whole. All but the last are the whole divided and rounded down, and the last takes the
 * rounding: people then pay the same amount each time, and the odd cents once (`allocate` would scatter them).
 * @param count at least 1
 */
export function equalParts(totalMinor: bigint, count: number): bigint[] {
  const part = totalMinor / BigInt(count);
  return Array.from({ length: count }, (_, index) =>
    index < count - 1 ? part : totalMinor - part * BigInt(count - 1),
  );
}

/** The same day so many months later; the last day of a month that is too short for it. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10) as Day;
}

/**
 * The instalments of a total, filled in their order by what was returned: who returns early is early for the next
 * one. Parts of nothing (a total of fewer cents than instalments) are left out.
 */
export function instalmentsOf(rhythm: Rhythm, totalMinor: bigint, returnedMinor: bigint): Instalment[] {
  let left = returnedMinor;
  const instalments = equalParts(totalMinor, rhythm.instalments).map((amountMinor, index) => {
    const returned = left < amountMinor ? left : amountMinor;
    left -= returned;
    return {
      number: index + 1,
      // Counted from the first day, so that the 31st comes back after a February.
      dueOn: addMonths(rhythm.firstDueOn, index * rhythm.everyMonths),
      amountMinor,
      openMinor: amountMinor - returned,
    };
  });
  return instalments.filter(({ amountMinor }) => amountMinor > 0n);
}

/** The first instalment that is not returned in full; it may be overdue. */
export function nextDue(instalments: readonly Instalment[]): Instalment | null {
  return instalments.find(({ openMinor }) => openMinor > 0n) ?? null;
}

/** What is wrong with agreed terms of repayment beyond their form. */
export function repaymentProblems(
  terms: { readonly deadline: Day; readonly repayment?: RepaymentTerms },
  interestCapBasisPoints: number,
  path = 'repayment',
): Problem[] {
  const { deadline, repayment } = terms;
  const problems: Problem[] = [];
  if (repayment && repayment.firstDueOn <= deadline) {
    problems.push({
      field: `${path}.firstDueOn`,
      message: 'The first instalment must be due after the deadline: before it nothing is lent.',
    });
  }
  if (repayment && repayment.interestBasisPointsPerYear > interestCapBasisPoints) {
    problems.push({
      field: `${path}.interestBasisPointsPerYear`,
      message: `The interest must be at most ${interestCapBasisPoints / 100} % a year here.`,
    });
  }
  return problems;
}
