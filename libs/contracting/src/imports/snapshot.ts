import type { Currency, Day, Id } from '#kernel';
import type { ContractState, PledgeState } from '../domain/contract.js';
import type { Instrument, ReturnKind } from '../domain/instrument.js';

/** What a fablab has already: a table is compared with it, and nothing else is asked. */
export interface ImportSnapshot {
  readonly contracts: readonly SnapshotContract[];
  readonly pledges: readonly SnapshotPledge[];
  /** Payments and repayments that were not taken back. */
  readonly moves: readonly SnapshotMove[];
  /** Proposed pledges that nobody has answered. */
  readonly proposals: readonly SnapshotProposal[];
  readonly communities: readonly SnapshotCommunity[];
}

export interface SnapshotContract {
  readonly id: Id<'contract'>;
  readonly ref: string;
  readonly title: string;
  readonly state: ContractState;
  readonly currency: Currency;
  readonly deadline: Day;
  readonly receiverIds: readonly Id<'community'>[];
  /** With interest, what can be repaid is known only when it is booked. */
  readonly bearsInterest: boolean;
  /** Of each way to pledge that it offers, in their order. */
  readonly instruments: readonly Instrument[];
}

export interface SnapshotPledge {
  readonly id: Id<'pledge'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly state: PledgeState;
  readonly instrument: Instrument;
  readonly returnKind: ReturnKind;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  readonly waivedMinor: bigint;
  readonly owedMinor: bigint;
}

export interface SnapshotMove {
  readonly pledgeId: Id<'pledge'>;
  readonly kind: 'payment' | 'repayment';
  readonly amountMinor: bigint;
  readonly valueDate: Day;
}

export interface SnapshotProposal {
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly amountMinor: bigint;
}

export interface SnapshotCommunity {
  readonly id: Id<'community'>;
  readonly slug: string;
  readonly name: string;
}
