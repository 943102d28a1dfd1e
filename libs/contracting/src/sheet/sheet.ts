import type { Currency, Day, Id } from '#kernel';
import type { ContractState, PledgeState } from '../domain/contract.js';
import type { ContributionKind, Instrument, ReturnKind } from '../domain/instrument.js';
import type { OpenPart } from '../domain/returns/index.js';

/** From which side a sheet looks: what a fablab has received and owes, or what a community has given and is owed. */
export const SHEET_SIDES = ['fablab', 'supporter'] as const;
export type SheetSide = (typeof SHEET_SIDES)[number];

/** `standing`: neither withdrawn nor voided. */
export const SHEET_STATES = [
  'standing',
  'pledged',
  'active',
  'fulfilled',
  'withdrawn',
  'voided',
  'all',
] as const;
export type SheetState = (typeof SHEET_STATES)[number];

/**
 * `awaited`: pledged and not received; `owed`: something is owed for it, money or other; `overdue`: an instalment of
 * money past its day.
 */
export const SHEET_DUES = ['awaited', 'owed', 'overdue'] as const;
export type SheetDue = (typeof SHEET_DUES)[number];

export const SHEET_SORTS = ['contract', 'supporter', 'pledged', 'received', 'owed', 'due'] as const;
export type SheetSort = (typeof SHEET_SORTS)[number];

export interface SheetFilter {
  readonly contractRef: string | null;
  readonly supporterId: Id<'community'> | null;
  readonly state: SheetState;
  readonly due: SheetDue | null;
  readonly instrument: Instrument | null;
}

export interface SheetOrder {
  readonly sort: SheetSort;
  readonly descending: boolean;
}

/** Whose sheet it is, and how its rows are called and ordered. */
export interface SheetScope {
  readonly communityId: Id<'community'>;
  readonly side: SheetSide;
  /** In UTC: what is due before it is overdue. */
  readonly today: Day;
  /** Slugs of all supporters in it: identity's tables are not read here, and rows are ordered by them. */
  readonly supporters: readonly { readonly id: Id<'community'>; readonly slug: string }[];
}

/** The amounts of a row, and of the sums below it; minor units of its currency. */
export interface SheetAmounts {
  readonly pledgedMinor: bigint;
  readonly receivedMinor: bigint;
  /** Pledged, binding, and neither received nor waived. */
  readonly awaitedMinor: bigint;
  readonly repaidMinor: bigint;
  readonly forgivenMinor: bigint;
  readonly waivedMinor: bigint;
  /** The principal that is open. */
  readonly owedMinor: bigint;
}

/** Hours or goods; thousandths of the unit. They have no money, and are summed with nothing. */
export interface SheetGoods {
  /** The section, or the name of the goods. */
  readonly item: string;
  readonly unit: string;
  readonly pledgedMilli: bigint;
  readonly receivedMilli: bigint;
  /** Pledged, binding, and neither received nor waived. */
  readonly awaitedMilli: bigint;
  readonly returnedMilli: bigint;
}

/** One pledge with all that came of it, as the database sums it. */
export interface SheetLine extends SheetAmounts {
  readonly pledgeId: Id<'pledge'>;
  readonly contractRef: string;
  readonly contractTitle: string;
  readonly contractState: ContractState;
  readonly fablabId: Id<'community'>;
  readonly supporterId: Id<'community'>;
  readonly instrument: Instrument;
  readonly contribution: ContributionKind;
  readonly returnKind: ReturnKind;
  readonly state: PledgeState;
  readonly currency: Currency;
  /** Of the latest payment that was not taken back. */
  readonly receivedOn: Day | null;
  readonly repaidOn: Day | null;
  /** The instalment that is to be returned next; it may be overdue. */
  readonly dueOn: Day | null;
  readonly dueMinor: bigint | null;
  /** What the page's cursor holds beside the id. */
  readonly sortKey: string;
  /** Null for money. */
  readonly goods: SheetGoods | null;
  /** It is returned from premium sales: what is due follows from them, and is neither sorted nor filtered by. */
  readonly isShare: boolean;
}

/** What is owed beside money is reckoned by domain/returns, and by nobody else. */
export interface SheetRow extends SheetLine {
  readonly open: readonly OpenPart[];
}

export interface SheetTotal extends SheetAmounts {
  readonly currency: Currency;
  readonly pledges: number;
}
