import type { DomainEvent, Id } from '#kernel';
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

/** Something that the contract's page shows is different now. */
export type ContractChanged = DomainEvent<'contracting.contract-changed', { ref: string }>;

export type ContractingEvent = ReleasePublished | ContractActivated | ContractChanged;
