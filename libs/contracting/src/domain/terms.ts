import type { Currency, Day, Id } from '#kernel';
import type { Offer } from './offer.js';
import type { RepaymentTerms } from './schedule.js';
import { readThreshold, storedThreshold, type OtherThreshold, type StoredThreshold } from './threshold.js';

/** The form in which a product version is offered. */
export const TIERS = ['free', 'fair', 'premium'] as const;
export type Tier = (typeof TIERS)[number];

/** One line of a contract: so many units of a version, in one tier, for one receiving community. */
export interface DeliverableTerms {
  readonly productVersionId: Id<'productVersion'>;
  readonly receiverId: Id<'community'>;
  readonly tier: Tier;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  readonly dueOn: Day;
}

export interface Milestone {
  readonly name: string;
  readonly dueOn: Day;
}

/** What the parties negotiate: every term of a contract, and nothing about persons. */
export interface Terms {
  readonly receivingCommunityIds: readonly Id<'community'>[];
  readonly title: string;
  readonly summary: string;
  readonly currency: Currency;
  /** The last day, in UTC, on which thresholds can be met. */
  readonly deadline: Day;
  /** Money that must be pledged; `thresholdsOf` gives all thresholds. */
  readonly thresholdMinor: bigint;
  /** What must be pledged beside money. */
  readonly thresholds?: readonly OtherThreshold[];
  readonly deliverables: readonly DeliverableTerms[];
  /** With `repayment` the one offer of terms without `offers`; `offersOf` gives all offers. Empty where offers stand. */
  readonly repaymentTerms: string;
  /** The schedule of each loan; older drafts have none, and `defaultRepayment` stands for it. */
  readonly repayment?: RepaymentTerms;
  /** With what supporters may pledge, and what is returned for it. */
  readonly offers?: readonly Offer[];
  readonly endCondition: string;
  readonly mediator: string;
  readonly milestones: readonly Milestone[];
  /** That of the designs, as their versions say it: nobody types it. */
  readonly licence: string;
}

/** Terms as JSON holds them: amounts are decimal strings. This is how a draft is stored, and its history. */
export type StoredTerms = Omit<Terms, 'thresholdMinor' | 'thresholds' | 'deliverables'> & {
  readonly thresholdMinor: string;
  readonly thresholds?: readonly StoredThreshold[];
  readonly deliverables: readonly (Omit<DeliverableTerms, 'unitPriceMinor'> & {
    readonly unitPriceMinor: string;
  })[];
};

export function storedTerms({ thresholds, ...terms }: Terms): StoredTerms {
  return {
    ...terms,
    thresholdMinor: terms.thresholdMinor.toString(),
    ...(thresholds && { thresholds: thresholds.map(storedThreshold) }),
    deliverables: terms.deliverables.map((line) => ({
      ...line,
      unitPriceMinor: line.unitPriceMinor.toString(),
    })),
  };
}

export function readTerms({ thresholds, ...stored }: StoredTerms): Terms {
  return {
    ...stored,
    thresholdMinor: BigInt(stored.thresholdMinor),
    ...(thresholds && { thresholds: thresholds.map(readThreshold) }),
    deliverables: stored.deliverables.map((line) => ({
      ...line,
      unitPriceMinor: BigInt(line.unitPriceMinor),
    })),
  };
}
