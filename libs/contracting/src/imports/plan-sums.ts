import type { ReturnKind } from '../domain/instrument.js';
import { amountWords } from '../domain/words.js';
import type { PlannedDeed, PlannedRow } from './plan.js';
import type { RowProblem } from './plan-row.js';
import type { ImportSnapshot, SnapshotPledge } from './snapshot.js';

/** By value date, payments before repayments, then as in the table. */
export function inOrder(deeds: readonly PlannedDeed[]): PlannedDeed[] {
  const key = ({ valueDate, kind, row }: PlannedDeed): string =>
    `${valueDate ?? ''} ${kind === 'repayment' ? 1 : 0} ${String(row).padStart(6, '0')}`;
  return deeds.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** A pledge while the table's deeds are done one after the other. */
interface Running {
  owedMinor: bigint;
  awaitedMinor: bigint;
  fulfilled: boolean;
  /** Only what is returned in money is fulfilled by money, and of a gift nothing is owed. */
  readonly returnKind: ReturnKind;
}

/**
 * Goes through what would be done in its order, and tells what the books would refuse: more repaid than is owed, or
 * money for a pledge of which everything was returned. Rows that are told so do nothing in the sums of the next.
 */
export function refuseImpossible(rows: readonly PlannedRow[], snapshot: ImportSnapshot): PlannedRow[] {
  const pledges = new Map(snapshot.pledges.map((pledge) => [pledge.id, pledge]));
  const contracts = new Map(snapshot.contracts.map((contract) => [contract.id, contract]));
  const running = new Map<string, Running>();
  const told = new Map<number, RowProblem[]>();
  const deeds = rows.flatMap((row) => row.deeds.filter(({ status }) => status === 'new'));
  for (const deed of inOrder(deeds)) {
    const pledge = deed.pledgeId && pledges.get(deed.pledgeId);
    if (!pledge) continue;
    const sums = running.get(pledge.id) ?? begin(pledge);
    running.set(pledge.id, sums);
    const bears = contracts.get(deed.contractId)?.bearsInterest ?? false;
    const problem = problemOf(deed, sums, bears);
    if (problem) told.set(deed.row, [...(told.get(deed.row) ?? []), problem]);
    else step(deed, sums);
  }
  if (told.size === 0) return [...rows];
  return rows.map((row) => {
    const problems = told.get(row.row);
    return problems ? { ...row, state: 'problem', problems, deeds: [] } : row;
  });
}

function begin(pledge: SnapshotPledge): Running {
  const awaited = pledge.amountMinor - pledge.waivedMinor - pledge.receivedMinor;
  return {
    owedMinor: pledge.owedMinor,
    awaitedMinor: awaited > 0n ? awaited : 0n,
    fulfilled: pledge.state === 'fulfilled',
    returnKind: pledge.returnKind,
  };
}

function problemOf(deed: PlannedDeed, sums: Running, bearsInterest: boolean): RowProblem | null {
  if (deed.kind === 'payment' && sums.fulfilled) {
    return {
      column: 'received',
      message: 'Everything that was received for this pledge has been returned by then; it is fulfilled.',
      remedy: 'Correct the dates, or leave the row out.',
    };
  }
  if (deed.kind === 'repayment' && deed.amountMinor > sums.owedMinor && !bearsInterest) {
    return {
      column: 'repaid',
      message: `Only ${amountWords(sums.owedMinor, deed.currency)} is owed for this pledge on ${deed.valueDate ?? ''}.`,
      remedy: 'Correct the amount or the date, or record what came in before it.',
    };
  }
  return null;
}

function step(deed: PlannedDeed, sums: Running): void {
  if (deed.kind === 'payment') {
    if (sums.returnKind !== 'nothing') sums.owedMinor += deed.amountMinor;
    sums.awaitedMinor = sums.awaitedMinor > deed.amountMinor ? sums.awaitedMinor - deed.amountMinor : 0n;
  } else sums.owedMinor -= deed.amountMinor;
  sums.fulfilled = sums.returnKind === 'money' && sums.owedMinor <= 0n && sums.awaitedMinor === 0n;
}
