import { LIMITS, type Currency, type Id, type InputCheck } from '#kernel';
import type { SettlementLine } from './settlement.js';
import { readRhythm, type RhythmGiven } from './schedule-input.js';

interface MoneyGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** What somebody proposes for one obligation; what is left out is nothing. */
export interface SettlementLineGiven {
  readonly pledgeId: string;
  readonly repaid?: MoneyGiven | null;
  readonly forgiven?: MoneyGiven | null;
  readonly due?: MoneyGiven | null;
  readonly plan?: RhythmGiven | null;
}

/** Beyond this many pledges of one contract nobody could read what is agreed. */
const LINES_MAX = LIMITS.pageRowsMax;

/** Reads a settlement; what is owed is filled in where it is known. */
export function readSettlement(
  check: InputCheck,
  given: readonly SettlementLineGiven[],
): (Omit<SettlementLine, 'owedMinor'> & { readonly currencies: readonly Currency[] })[] {
  return check.list('settlement', given, { max: LINES_MAX, name: 'lines' }, (line, path) => {
    const parts = (['repaid', 'forgiven', 'due'] as const).map((part) => {
      const amount = line[part];
      return amount ? check.money(`${path}.${part}`, amount, { zero: true }) : null;
    });
    const [repaid = null, forgiven = null, due = null] = parts;
    const dueMinor = due?.amountMinor ?? 0n;
    return {
      pledgeId: check.id<'pledge'>(`${path}.pledgeId`, line.pledgeId, 'the pledge') as Id<'pledge'>,
      repaidMinor: repaid?.amountMinor ?? 0n,
      forgivenMinor: forgiven?.amountMinor ?? 0n,
      dueMinor,
      plan: line.plan && dueMinor > 0n ? readRhythm(check, line.plan, `${path}.plan.`) : null,
      currencies: parts.flatMap((part) => (part ? [part.currency] : [])),
    };
  });
}
