import { ArgsType, Field, ID, InputType, Int, OmitType } from '@nestjs/graphql';
import { TierEnum } from '#catalogue';
import { MoneyInput, PageArgs } from '#platform';
import type { ContractState } from '../domain/contract.js';
import type { Tier } from '../domain/terms.js';
import { ContractStateEnum } from './contract.enum.js';
import { OfferInput, RepaymentInput, ThresholdInput } from './offer.input.js';

@ArgsType()
export class ContractsArgs extends PageArgs {
  @Field(() => ContractStateEnum, { nullable: true })
  state?: ContractState | null;

  @Field(() => String, { nullable: true, description: 'Only contracts with this community as a party.' })
  communitySlug?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only contracts of your own communities, drafts included.',
  })
  mine?: boolean | null;
}

@InputType()
export class DeliverableInput {
  @Field(() => ID)
  productVersionId: string;

  @Field(() => ID)
  receiverId: string;

  @Field(() => TierEnum)
  tier: Tier;

  @Field(() => Int)
  quantity: number;

  @Field(() => MoneyInput, { description: 'Zero for a free unit.' })
  unitPrice: MoneyInput;

  @Field(() => String, { description: 'A day such as 2027-03-31.' })
  dueOn: string;
}

@InputType()
export class MilestoneInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  dueOn: string;
}

@InputType()
export class DraftContractInput {
  @Field(() => String, { description: 'A new UUID for each new action.' })
  idempotencyKey: string;

  @Field(() => ID)
  fablabId: string;

  @Field(() => [ID])
  receivingCommunityIds: string[];

  @Field(() => String)
  title: string;

  @Field(() => String)
  summary: string;

  @Field(() => String, { description: 'ISO 4217, such as EUR.' })
  currency: string;

  @Field(() => String, { description: 'The last day, in UTC, on which thresholds can be met.' })
  deadline: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Money to be pledged: the same as a threshold of that kind.',
  })
  threshold?: MoneyInput | null;

  @Field(() => [ThresholdInput], { nullable: true, description: 'All of them must be met.' })
  thresholds?: ThresholdInput[] | null;

  @Field(() => [DeliverableInput])
  deliverables: DeliverableInput[];

  @Field(() => [OfferInput], {
    nullable: true,
    description: 'With what supporters may pledge. Without it: loans, by the two fields that follow.',
  })
  offers?: OfferInput[] | null;

  @Field(() => String, { nullable: true, description: 'What is returned for a loan, in words.' })
  repaymentTerms?: string | null;

  @Field(() => RepaymentInput, {
    nullable: true,
    description: 'The schedule of each loan; without it the whole is due a year after the deadline.',
  })
  repayment?: RepaymentInput | null;

  @Field(() => String)
  endCondition: string;

  @Field(() => String)
  mediator: string;

  @Field(() => [MilestoneInput])
  milestones: MilestoneInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'The need that it starts from, once the fablab answered it.',
  })
  needId?: string | null;
}

@InputType()
export class UpdateDraftInput extends OmitType(DraftContractInput, ['idempotencyKey', 'needId'] as const) {
  @Field(() => ID)
  contractId: string;

  @Field(() => Int, { description: 'The revision that you saw.' })
  draftRevision: number;
}

@InputType()
export class OpenContractInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => Int, { description: 'The revision that you saw.' })
  draftRevision: number;
}

@InputType()
export class WithdrawContractInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class AcceptReleaseInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The party that accepts.' })
  communityId: string;

  @Field(() => Int)
  releaseNumber: number;

  @Field(() => String, { description: 'Of the release that was read.' })
  releaseSha256: string;
}
