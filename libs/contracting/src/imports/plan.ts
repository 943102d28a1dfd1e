import type { Currency, Day, Id } from '#kernel';
import { INSTRUMENT_RULES } from '../domain/instrument.js';
import { readRow, type RowProblem, type RowRead } from './plan-row.js';
import type { ImportTable } from './csv-table.js';
import { PledgeFinder } from './pledge-finder.js';
import type { ImportSettings } from './settings.js';
import type { ImportSnapshot, SnapshotContract } from './snapshot.js';
import { inOrder, refuseImpossible } from './plan-sums.js';

export type DeedKind = 'proposal' | 'payment' | 'repayment';

/** One thing that a row asks for. */
export interface PlannedDeed {
  readonly row: number;
  readonly kind: DeedKind;
  /** `exists`: it stands in the books already, and is not done again. */
  readonly status: 'new' | 'exists';
  readonly contractId: Id<'contract'>;
  readonly contractRef: string;
  readonly communityId: Id<'community'>;
  /** Null for a proposal. */
  readonly pledgeId: Id<'pledge'> | null;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Null for a proposal. */
  readonly valueDate: Day | null;
}

export interface PlannedRow {
  readonly row: number;
  readonly state: 'ready' | 'exists' | 'problem' | 'leftOut';
  readonly supporter: string;
  readonly contract: string;
  readonly problems: readonly RowProblem[];
  readonly deeds: readonly PlannedDeed[];
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  /** What is to be done, in the order in which it is done: by value date, payments before repayments. */
  readonly deeds: readonly PlannedDeed[];
  /** Dates of which the day cannot be told from the month. */
  readonly asksDateOrder: boolean;
  /** Names that are none of a community here. */
  readonly unknownSupporters: readonly string[];
}

/**
 * What a table would do, compared with what is there. Pure: the preview shows it, and applying it plans again and
 * compares, so that nothing is done that was not shown.
 */
export function planImport(
  table: ImportTable,
  settings: ImportSettings,
  snapshot: ImportSnapshot,
  today: Day,
): ImportPlan {
  const finder = new PledgeFinder(snapshot);
  const unknown = new Map<string, string>();
  let asksDateOrder = false;
  const rows = table.rows.map(({ number, cells }): PlannedRow => {
    const shown = (field: 'supporter' | 'contract'): string => cells[settings.mapping[field] ?? -1] ?? '';
    const base = { row: number, supporter: shown('supporter'), contract: shown('contract') };
    if (settings.leftOut.has(number)) return { ...base, state: 'leftOut', problems: [], deeds: [] };
    const read = readRow(cells, settings, { finder, today });
    if (read.unknownSupporter !== null)
      unknown.set(read.unknownSupporter.toLowerCase(), read.unknownSupporter);
    asksDateOrder ||= read.asksDateOrder;
    if (read.problems.length > 0 || !read.row)
      return { ...base, state: 'problem', problems: read.problems, deeds: [] };
    const { deeds, problems } = deedsOf(number, read.row, finder, today);
    if (problems.length > 0) return { ...base, state: 'problem', problems, deeds: [] };
    const state = deeds.some(({ status }) => status === 'new') ? 'ready' : 'exists';
    return { ...base, state, problems: [], deeds };
  });
  const checked = refuseImpossible(rows, snapshot);
  return {
    rows: checked,
    deeds: inOrder(checked.flatMap(({ deeds }) => deeds.filter(({ status }) => status === 'new'))),
    asksDateOrder,
    unknownSupporters: [...unknown.values()],
  };
}

function deedsOf(
  row: number,
  read: RowRead,
  finder: PledgeFinder,
  today: Day,
): { readonly deeds: PlannedDeed[]; readonly problems: RowProblem[] } {
  const { contract, community, instrument, pledged, received, repaid } = read;
  const base = {
    row,
    contractId: contract.id,
    contractRef: contract.ref,
    communityId: community.id,
    currency: contract.currency,
  };
  const deeds: PlannedDeed[] = [];
  const problems: RowProblem[] = [];
  if (pledged !== null) {
    const found = finder.find(contract, community, pledged, instrument);
    if (found.kind === 'pledge' || found.kind === 'proposed') deeds.push(proposal(base, pledged, 'exists'));
    else if (mayPropose(contract, today) && !takesLoan(read)) problems.push(noSuchProposal(read));
    else if (mayPropose(contract, today)) {
      deeds.push(proposal(base, pledged, 'new'));
      finder.propose(contract, community, pledged);
    } else problems.push({ column: 'pledged', ...noNewPledge(contract, found.words, today) });
  }
  for (const [kind, move] of [
    ['payment', received],
    ['repayment', repaid],
  ] as const) {
    if (!move || problems.length > 0) continue;
    const found = finder.binding(contract, community, { pledged, instrument });
    if (found.kind === 'problem') {
      problems.push({ column: kind === 'payment' ? 'received' : 'repaid', ...found });
      continue;
    }
    const status = finder.take(found.pledge.id, kind, move.amountMinor, move.day) ? 'exists' : 'new';
    deeds.push({
      ...base,
      kind,
      status,
      pledgeId: found.pledge.id,
      amountMinor: move.amountMinor,
      valueDate: move.day,
    });
  }
  return { deeds, problems };
}

function proposal(
  base: Omit<PlannedDeed, 'kind' | 'status' | 'pledgeId' | 'amountMinor' | 'valueDate'>,
  amountMinor: bigint,
  status: PlannedDeed['status'],
): PlannedDeed {
  return { ...base, kind: 'proposal', status, pledgeId: null, amountMinor, valueDate: null };
}

function mayPropose(contract: SnapshotContract, today: Day): boolean {
  return contract.state === 'open' && today <= contract.deadline;
}

/** A table proposes loans, by the one loan that a contract offers: everything else is a choice of the supporter. */
function takesLoan({ contract, instrument }: RowRead): boolean {
  const loans = contract.instruments.filter((each) => each === 'loan').length;
  return (instrument === null || instrument === 'loan') && loans === 1;
}

function noSuchProposal({ contract, instrument }: RowRead): RowProblem {
  const loans = contract.instruments.filter((each) => each === 'loan').length;
  const isLoan = instrument === null || instrument === 'loan';
  return {
    column: 'instrument',
    message: !isLoan
      ? `${INSTRUMENT_RULES[instrument].words} cannot be proposed by a table, and no such pledge is there.`
      : loans === 0
        ? `${contract.ref} offers no loan.`
        : `${contract.ref} offers several loans, and a table cannot say which one is meant.`,
    remedy:
      'Leave the row out and ask the supporter to pledge on the contract’s page; its payments can be imported afterwards.',
  };
}

function noNewPledge(
  contract: SnapshotContract,
  has: string,
  today: Day,
): { readonly message: string; readonly remedy: string } {
  const why =
    contract.state === 'open' && today > contract.deadline
      ? `its deadline was ${contract.deadline}`
      : `it is ${contract.state}`;
  return {
    message: `${contract.ref} takes no new pledges (${why}), and ${has}`,
    remedy:
      contract.state === 'draft'
        ? 'Open the contract first.'
        : 'Give the amount of a pledge that is there, or leave the cell empty.',
  };
}
