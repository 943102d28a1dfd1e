import type { InputCheck } from '#kernel';
import { i18next } from '~/app/i18n';
import { checkRhythm, rhythmOf, type RhythmValues } from '~/features/contracting/rhythm';
import type { ContractShown, PledgeShown } from '~/features/contracting/use-contract';
import type { SettlementLineInput } from '~/generated/graphql';
import { editableAmount, formatAmount, parseAmount, type Amount } from '~/ui/format';

/** One obligation in the fields: amounts as typed. */
export interface LineValues {
  readonly pledgeId: string;
  readonly repaid: string;
  readonly forgiven: string;
  readonly due: string;
  readonly plan: RhythmValues;
}

export interface SettlementValues {
  readonly communityId: string;
  readonly reason: string;
  readonly questionId: string;
  readonly settlement: LineValues[];
}

export const PARTS = ['repaid', 'forgiven', 'due'] as const;

/** The pledges for which something is owed, in their order. */
export function owedPledges(contract: ContractShown): PledgeShown[] {
  return contract.pledges.filter(
    ({ state, obligation }) => state === 'active' && BigInt(obligation.owed.amountMinor) > 0n,
  );
}

/** Everything repaid, unless somebody says otherwise; the schedule in force stands in the plan already. */
export function initialSettlement(contract: ContractShown, communityId: string): SettlementValues {
  return {
    communityId,
    reason: '',
    questionId: '',
    settlement: owedPledges(contract).map((pledge) => ({
      pledgeId: pledge.id,
      repaid: editableAmount(pledge.obligation.owed),
      forgiven: '',
      due: '',
      plan: planInForce(contract, pledge),
    })),
  };
}

function planInForce({ repayment }: ContractShown, { obligation }: PledgeShown): RhythmValues {
  const deferral = obligation.events.findLast(({ kind }) => kind === 'deferral');
  return {
    instalments: deferral?.instalments ?? repayment.instalments,
    firstDueOn: deferral?.firstDueOn ?? repayment.firstDueOn,
    everyMonths: deferral?.everyMonths ?? repayment.everyMonths,
  };
}

/** Null for what is no amount; an empty field is nothing. */
export function minorOf(text: string, currency: string): bigint | null {
  return text.trim() === '' ? 0n : parseAmount(text, currency);
}

/** What is owed and not explained yet; below zero when more is explained than is owed. */
export function unexplainedMinor(line: LineValues, owed: Amount): bigint | null {
  const parts = PARTS.map((part) => minorOf(line[part], owed.currency));
  if (parts.some((part) => part === null)) return null;
  return BigInt(owed.amountMinor) - parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), 0n);
}

export function checkSettlement(check: InputCheck, values: SettlementValues, contract: ContractShown): void {
  const t = i18next.getFixedT(null, 'changes');
  for (const [index, line] of values.settlement.entries()) {
    const path = `settlement.${index}`;
    const owed = owedPledges(contract).find(({ id }) => id === line.pledgeId)?.obligation.owed;
    if (!owed) continue;
    for (const part of PARTS)
      if (minorOf(line[part], owed.currency) === null)
        check.refuse(`${path}.${part}`, t('end.amountProblem', { currency: owed.currency }));
    const missing = unexplainedMinor(line, owed);
    if (missing !== null && missing !== 0n)
      check.refuse(`${path}.repaid`, t('end.sumProblem', { amount: formatAmount(owed) }));
    if ((minorOf(line.due, owed.currency) ?? 0n) > 0n) checkRhythm(check, line.plan, `${path}.plan.`);
  }
}

/** The checked values as the API takes them. */
export function linesOf(values: SettlementValues, currency: string): SettlementLineInput[] {
  return values.settlement.map((line) => {
    const amount = (text: string) => ({ amountMinor: `${minorOf(text, currency) ?? 0n}`, currency });
    const plan = (minorOf(line.due, currency) ?? 0n) > 0n ? rhythmOf(line.plan) : null;
    return {
      pledgeId: line.pledgeId,
      repaid: amount(line.repaid),
      forgiven: amount(line.forgiven),
      due: amount(line.due),
      ...(plan && { plan }),
    };
  });
}
