import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { TierEnum } from '#catalogue';
import { CommunityModel } from '#identity';
import { MoneyModel, Policy, RoleEnum, connectionOf, type Role } from '#platform';
import type { ReleaseStatus } from '../domain/amendment.js';
import type { ContractState } from '../domain/contract.js';
import type { StoredTerms, Tier } from '../domain/terms.js';
import { ContractStateEnum, ReleaseStatusEnum } from './contract.enum.js';
import { OfferModel, RepaymentTermsModel } from './offer.model.js';

@ObjectType('Funding', { description: 'What is needed, what is pledged, and what has come in.' })
@Policy('public')
export class FundingModel {
  @Field(() => MoneyModel)
  threshold: MoneyModel;

  @Field(() => MoneyModel)
  pledged: MoneyModel;

  @Field(() => MoneyModel)
  received: MoneyModel;

  @Field(() => Int, { description: 'Pledges that count.' })
  pledgeCount: number;
}

@ObjectType('Milestone')
@Policy('public')
export class MilestoneModel {
  @Field(() => String)
  name: string;

  @Field(() => String)
  dueOn: string;
}

@ObjectType('Deliverable', {
  description: 'So many units of a product version, in one tier, for one receiver.',
})
@Policy('public')
export class DeliverableModel {
  @Field(() => Int, { description: 'From 1 on.' })
  position: number;

  @Field(() => CommunityModel)
  receiver: CommunityModel;

  @Field(() => TierEnum)
  tier: Tier;

  @Field(() => Int)
  quantity: number;

  @Field(() => MoneyModel)
  unitPrice: MoneyModel;

  @Field(() => String)
  dueOn: string;

  /** Not in the schema: `productVersion` is found by it. */
  productVersionId: Id<'productVersion'>;
}

@ObjectType('Release', { description: 'A numbered publication of a contract. It never changes.' })
@Policy('public')
export class ReleaseModel {
  @Field(() => Int)
  number: number;

  @Field(() => String, { description: 'SHA-256 of `canonicalJson`.' })
  sha256: string;

  @Field(() => Date)
  publishedAt: Date;

  @Field(() => String, { description: 'The very text that is hashed, accepted and logged (RFC 8785).' })
  canonicalJson: string;

  @Field(() => ReleaseStatusEnum)
  status: ReleaseStatus;

  @Field(() => Int, {
    nullable: true,
    description: 'The release in whose place it was proposed; null for the first one.',
  })
  amends: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was proposed.' })
  reason: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When every party had accepted the proposal, or one declined it; or when the contract ended first.',
  })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined.' })
  declineReason: string | null;

  /** Not in the schema: `proposedBy`, `declinedBy` and `acceptances` are found by these. */
  contractId: Id<'contract'>;
  proposedBy: Id<'community'> | null;
  declinedBy: Id<'community'> | null;
}

@ObjectType('Acceptance', { description: 'That a party accepted the release in force.' })
@Policy('public')
export class AcceptanceModel {
  @Field(() => Int)
  releaseNumber: number;

  @Field(() => String)
  releaseSha256: string;

  @Field(() => Date)
  acceptedAt: Date;

  @Field(() => RoleEnum)
  role: Role;

  /** Not in the schema: `community` and `person` are found by these. */
  communityId: Id<'community'>;
  personId: Id<'person'>;
}

@ObjectType('Contract', {
  description: 'What one fablab and its receiving communities agree, published for public control.',
})
@Policy('public')
export class ContractModel {
  @Field(() => ID)
  id: Id<'contract'>;

  @Field(() => String, { description: 'Such as CSM-2026-0001.' })
  ref: string;

  @Field(() => String)
  title: string;

  @Field(() => String)
  summary: string;

  @Field(() => ContractStateEnum)
  state: ContractState;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: 'The last day, in UTC, on which thresholds can be met.' })
  deadline: string;

  @Field(() => CommunityModel)
  fablab: CommunityModel;

  @Field(() => [CommunityModel])
  receivingCommunities: CommunityModel[];

  @Field(() => [DeliverableModel])
  deliverables: DeliverableModel[];

  @Field(() => MoneyModel, { description: 'Money to be pledged.' })
  threshold: MoneyModel;

  @Field(() => FundingModel)
  funding: FundingModel;

  @Field(() => [OfferModel], {
    description: 'With what supporters may pledge, and what is returned for it.',
  })
  offers: OfferModel[];

  @Field(() => String, { description: 'The words of the first offer of a loan; empty where there is none.' })
  repaymentTerms: string;

  @Field(() => RepaymentTermsModel, { description: 'The schedule of that offer.' })
  repayment: RepaymentTermsModel;

  @Field(() => String)
  endCondition: string;

  @Field(() => String, { description: 'Who mediates a dispute.' })
  mediator: string;

  @Field(() => String, { description: 'Of the designs.' })
  licence: string;

  @Field(() => [MilestoneModel])
  milestones: MilestoneModel[];

  @Field(() => Int, { description: 'Say which revision you saw when you change or open a draft.' })
  draftRevision: number;

  @Field(() => Date, { nullable: true })
  openedAt: Date | null;

  @Field(() => Date, { nullable: true })
  activatedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn or terminated.' })
  endReason: string | null;

  @Field(() => [String], { description: 'Names of the mutations that you could call on it now.' })
  viewerCan: string[];

  /** Not in the schema: `thresholds` are read from these. */
  terms: StoredTerms;

  /** Not in the schema: `currentRelease` and `proposedRelease` are found by these. */
  currentReleaseNumber: number | null;
  proposedReleaseNumber: number | null;
}

export const ContractConnection = connectionOf(ContractModel, 'Contract');
