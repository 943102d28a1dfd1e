import type { Day, Id, Money } from '#kernel';
import type { Role } from '#platform';
import type { ReleaseStatus } from './domain/amendment.js';
import type { ContractState, PledgeState } from './domain/contract.js';
import type { MovementKind } from './domain/movements.js';
import type { ReleaseChange } from './domain/release-difference.js';
import type { ReleaseDocument } from './domain/release-document.js';
import type { SettlementDocument } from './domain/settlement-document.js';

/** A community as the public sees it. */
export interface PublicParty {
  readonly communityId: Id<'community'>;
  readonly slug: string;
  readonly name: string;
}

export interface PublicFunding {
  readonly threshold: Money;
  readonly pledged: Money;
  readonly received: Money;
  readonly pledgeCount: number;
}

export interface PublicRelease {
  readonly number: number;
  /** 64 hexadecimal digits: the SHA-256 of `canonicalJson`. */
  readonly sha256: string;
  readonly publishedAt: Date;
}

/** A release among the others of its contract: only one is in force, and a proposed one is not yet. */
export interface PublicReleaseEntry extends PublicRelease {
  readonly status: ReleaseStatus;
  /** What follows is null but for releases that were proposed in the place of another one. */
  readonly amends: number | null;
  readonly reason: string | null;
  readonly proposedBy: PublicParty | null;
  readonly decidedAt: Date | null;
  readonly declinedBy: PublicParty | null;
  readonly declineReason: string | null;
}

/** One release beside the one in whose place it was proposed. */
export interface PublicReleasePage {
  readonly ref: string;
  readonly title: string;
  readonly release: PublicReleaseEntry & { readonly document: ReleaseDocument };
  /** From the release it amends to this one; empty for the first. */
  readonly changes: readonly ReleaseChange[];
  readonly acceptances: readonly { readonly party: PublicParty; readonly acceptedAt: Date }[];
}

/** A row of the public list. Only contracts that were published have one: a draft never appears. */
export interface PublicContractSummary {
  readonly id: Id<'contract'>;
  readonly ref: string;
  readonly state: ContractState;
  readonly title: string;
  readonly summary: string;
  readonly deadline: Day;
  readonly openedAt: Date;
  readonly activatedAt: Date | null;
  readonly fablab: PublicParty;
  readonly receivingCommunities: readonly PublicParty[];
  readonly funding: PublicFunding;
}

/** One contract as anybody may see it. */
export interface PublicContract extends PublicContractSummary {
  /** Why it was withdrawn; null while it was not. */
  readonly withdrawnReason: string | null;
  /** The release in force, with the very text that was hashed. */
  readonly release: PublicRelease & {
    readonly document: ReleaseDocument;
    readonly canonicalJson: string;
  };
  /** Every release, oldest first. */
  readonly releases: readonly PublicReleaseEntry[];
  /** Of the release in force, in the order in which they came. */
  readonly acceptances: readonly {
    readonly party: PublicParty;
    readonly role: Role;
    readonly releaseNumber: number;
    readonly releaseSha256: string;
    readonly acceptedAt: Date;
  }[];
  /** What is still owed to each supporter, and when its scrutiny ends. */
  readonly scrutiny: readonly { readonly supporter: PublicParty; readonly sentence: string }[];
  /** The proposal to end it that is not decided; null while there is none. */
  readonly proposedTermination: { readonly sha256: string; readonly document: SettlementDocument } | null;
  readonly pledges: readonly {
    readonly supporter: PublicParty;
    readonly instrument: string;
    readonly amount: Money;
    readonly received: Money;
    /** Hours or goods, with decimals in the unit; null for money. */
    readonly goods: {
      readonly item: string;
      readonly unit: string;
      readonly pledged: string;
      readonly received: string;
    } | null;
    readonly state: PledgeState;
    readonly pledgedAt: Date;
    /** What its sums are made of, in the order of dates: totals, and no single transfer (docs/adr/0009-money-in-public.md). */
    readonly movements: readonly {
      readonly kind: MovementKind;
      readonly valueDate: Day;
      readonly amount: Money;
    }[];
  }[];
}

export interface PublicContractPage {
  readonly items: readonly PublicContractSummary[];
  /** Give it as `after` for the next page; null on the last one. */
  readonly next: string | null;
}

/** What the registry reads. Newest first. */
export interface PublicContractList {
  /** 1 … 100 */
  readonly limit: number;
  readonly after?: string | null;
  readonly state?: ContractState;
}
