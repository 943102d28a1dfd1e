import type { Currency, Day, Id } from '#kernel';
import type { ContractState, PledgeState } from '../domain/contract.js';

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

/** `awaited`: pledged and not received; `owed`: received and not returned; `overdue`: of that, past its day. */
export const SHEET_DUES = ['awaited', 'owed', 'overdue'] as const;
export type SheetDue = (typeof SHEET_DUES)[number];

export const SHEET_SORTS = ['contract', 'supporter', 'pledged', 'received', 'owed', 'due'] as const;
export type SheetSort = (typeof SHEET_SORTS)[number];

export interface SheetFilter {
  readonly contractRef: string | null;
  readonly supporterId: Id<'community'> | null;
  readonly state: SheetState;
  readonly due: SheetDue | null;
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

/** One pledge with all that came of it. */
export interface SheetRow extends SheetAmounts {
  readonly pledgeId: Id<'pledge'>;
  readonly contractRef: string;
  readonly contractTitle: string;
  readonly contractState: ContractState;
  readonly fablabId: Id<'community'>;
  readonly supporterId: Id<'community'>;
  readonly instrument: string;
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
}

export interface SheetTotal extends SheetAmounts {
  readonly currency: Currency;
  readonly pledges: number;
}
