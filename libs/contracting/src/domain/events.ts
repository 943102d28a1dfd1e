import type { DomainEvent, Id } from '#kernel';
import type { AmendmentState } from './amendment.js';
import type { Tier } from './terms.js';

/** A release was stored, with its hash, in the same transaction. */
export type ReleasePublished = DomainEvent<
  'contracting.release-published',
  { contractId: Id<'contract'>; ref: string; number: number; sha256: string }
>;

/** The last threshold was met and the last party has accepted: pledges bind, and work orders are due. */
export type ContractActivated = DomainEvent<
  'contracting.contract-activated',
  {
    contractId: Id<'contract'>;
    ref: string;
    fablabId: Id<'community'>;
    lines: readonly {
      position: number;
      productVersionId: Id<'productVersion'>;
      receiverId: Id<'community'>;
      tier: Tier;
      quantity: number;
      dueOn: string;
    }[];
  }
>;

/** The deadline passed before the contract was active: its pledges are void. */
export type ContractLapsed = DomainEvent<
  'contracting.contract-lapsed',
  { contractId: Id<'contract'>; ref: string; deadline: string }
>;

/** Everybody asked has accepted a settlement: the contract ended before its time, and its work ends with it. */
export type ContractTerminated = DomainEvent<
  'contracting.contract-terminated',
  { contractId: Id<'contract'>; ref: string; fablabId: Id<'community'> }
>;

/**
 * A proposed release came into force, was declined, or is proposed now. `lines` tell those who plan the work which
 * days are agreed after it.
 */
export type AmendmentChanged = DomainEvent<
  'contracting.amendment-changed',
  {
    contractId: Id<'contract'>;
    ref: string;
    number: number;
    state: AmendmentState;
    lines: readonly { position: number; dueOn: string }[];
  }
>;

/** Something that the contract's page shows is different now. */
export type ContractChanged = DomainEvent<'contracting.contract-changed', { ref: string }>;

export type ContractingEvent =
  | ReleasePublished
  | ContractActivated
  | ContractLapsed
  | ContractTerminated
  | AmendmentChanged
  | ContractChanged;
