import { DomainError, type Currency, type Day, type Id, type Problem } from '#kernel';
import { outstandingMinor, owedMinor, type Obligation } from './obligation.js';
import { openParts } from './returns/index.js';
import type { Rhythm } from './schedule.js';
import { amountWords } from './words.js';

/** Something that the fablab still owes for a pledge when a contract is to end before its time. */
export interface OpenObligation {
  readonly pledgeId: Id<'pledge'>;
  readonly communityId: Id<'community'>;
  readonly currency: Currency;
  /** The principal. */
  readonly owedMinor: bigint;
  /** The schedule in force. */
  readonly plan: Rhythm;
}

/**
 * What becomes of one open obligation. The three parts sum to what is owed. Interest that is due goes the way of the
 * principal: paid with what is repaid, else kept with what stays due, else forgiven with the rest.
 */
export interface SettlementLine {
  readonly pledgeId: Id<'pledge'>;
  readonly owedMinor: bigint;
  /** Given back on the day on which the settlement is agreed. */
  readonly repaidMinor: bigint;
  readonly forgivenMinor: bigint;
  readonly dueMinor: bigint;
  /** In which parts, and when, what stays due is returned; null when nothing does. */
  readonly plan: Rhythm | null;
}

/** What is still owed for the pledges that bind, in the order in which they were pledged. */
export function openObligations(obligations: readonly Obligation[]): OpenObligation[] {
  return obligations
    .filter((obligation) => obligation.state === 'active' && owedMinor(obligation) > 0n)
    .map((obligation) => ({
      pledgeId: obligation.pledgeId,
      communityId: obligation.communityId,
      currency: obligation.currency,
      owedMinor: owedMinor(obligation),
      plan: planInForce(obligation),
    }));
}

/** What supporters promised and did not pay: with the end of the contract nobody waits for it any more. */
export function unpaidPromises(obligations: readonly Obligation[]): Obligation[] {
  return obligations.filter(
    (obligation) => obligation.state === 'active' && outstandingMinor(obligation) > 0n,
  );
}

function planInForce(obligation: Obligation): Rhythm {
  const deferral = obligation.events.findLast(({ kind }) => kind === 'deferral');
  const { instalments, firstDueOn, everyMonths } = deferral?.rhythm ?? obligation.repayment;
  return { instalments, firstDueOn, everyMonths };
}

/** A settlement leaves no open obligation unexplained, and speaks of nothing else. */
export function settlementProblems(
  open: readonly OpenObligation[],
  lines: readonly SettlementLine[],
  today: Day,
): Problem[] {
  const byPledge = new Map(open.map((each) => [each.pledgeId, each]));
  const problems = lines.flatMap((line, index) => {
    const field = `settlement.${index}`;
    if (lines.findIndex(({ pledgeId }) => pledgeId === line.pledgeId) < index)
      return [{ field: `${field}.pledgeId`, message: 'Each pledge is settled once.' }];
    const obligation = byPledge.get(line.pledgeId);
    return obligation
      ? lineProblems(obligation, line, { field, today })
      : [{ field: `${field}.pledgeId`, message: 'Nothing is owed for this pledge of this contract.' }];
  });
  const settled = new Set(lines.map(({ pledgeId }) => pledgeId));
  for (const each of open.filter(({ pledgeId }) => !settled.has(pledgeId)))
    problems.push({
      field: 'settlement',
      message: `The settlement must say what becomes of the ${amountWords(each.owedMinor, each.currency)} that is owed for pledge ${each.pledgeId}.`,
    });
  return problems;
}

function lineProblems(
  { owedMinor: owed, currency, plan }: OpenObligation,
  line: SettlementLine,
  { field, today }: { readonly field: string; readonly today: Day },
): Problem[] {
  const sum = line.repaidMinor + line.forgivenMinor + line.dueMinor;
  if (sum !== owed)
    return [
      {
        field,
        message: `What is repaid, forgiven and stays due must be ${amountWords(owed, currency)} together, which is what is owed; it is ${amountWords(sum, currency)}.`,
      },
    ];
  if (line.dueMinor > 0n && line.plan === null)
    return [{ field: `${field}.plan`, message: 'What stays due needs a plan: in which parts, and when.' }];
  if (line.plan && !samePlan(line.plan, plan) && line.plan.firstDueOn < today)
    return [
      { field: `${field}.plan.firstDueOn`, message: `The first part cannot be due before today, ${today}.` },
    ];
  return [];
}

/**
 * A settlement is about money. Units for work, free units for others and tools have to be delivered, given back or let
 * go of before it, so that it leaves no obligation unexplained. A gift wants nothing back, and ends with the contract.
 * @throws DomainError `INVALID_STATE`
 */
export function assertOnlyMoneyOwed(obligations: readonly Obligation[]): void {
  const isOther = (obligation: Obligation): boolean =>
    obligation.state === 'active' &&
    openParts(obligation).some(
      ({ kind }) =>
        kind === 'tool' || kind === 'freeUnits' || (kind === 'units' && obligation.contribution !== 'money'),
    );
  const found = obligations.find(isOther);
  if (!found) return;
  throw new DomainError(
    'INVALID_STATE',
    'Units or tools are still owed for a pledge, and a settlement is about money. Please deliver them, give them back, or have the supporter let go of them first.',
    { pledgeId: found.pledgeId },
  );
}

/** True where the supporter has a say that nobody can take for it: it is to get less, or to get it at other times. */
export function changesObligation(open: OpenObligation, line: SettlementLine): boolean {
  return line.forgivenMinor > 0n || plansAnew(open, line);
}

/** What stays due gets another schedule than the one in force. */
export function plansAnew(open: OpenObligation, line: SettlementLine): boolean {
  return line.plan !== null && !samePlan(line.plan, open.plan);
}

function samePlan(a: Rhythm, b: Rhythm): boolean {
  return a.instalments === b.instalments && a.firstDueOn === b.firstDueOn && a.everyMonths === b.everyMonths;
}

/** Is this the settlement of what is open now? It is not when something was received, returned or deferred meanwhile. */
export function stillSettles(
  open: readonly OpenObligation[],
  lines: readonly (SettlementLine & { readonly isChanged: boolean })[],
): boolean {
  const owed = new Map(open.map((each) => [each.pledgeId, each]));
  return (
    open.length === lines.length &&
    lines.every((line) => {
      const each = owed.get(line.pledgeId);
      return each?.owedMinor === line.owedMinor && changesObligation(each, line) === line.isChanged;
    })
  );
}
