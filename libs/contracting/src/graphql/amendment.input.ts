import { Field, ID, InputType, Int, OmitType } from '@nestjs/graphql';
import { DraftContractInput } from './contract.input.js';

@InputType({ description: 'All terms as they shall be, those that stay included.' })
export class ProposeAmendmentInput extends OmitType(DraftContractInput, ['idempotencyKey'] as const) {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The party that proposes.' })
  communityId: string;

  @Field(() => Int, { description: 'The release in force that was read.' })
  releaseNumber: number;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType({ description: 'The terms as they would be.' })
export class PreviewAmendmentInput extends OmitType(DraftContractInput, ['idempotencyKey'] as const) {
  @Field(() => ID)
  contractId: string;
}

@InputType()
export class AcceptAmendmentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The party that accepts.' })
  communityId: string;

  @Field(() => Int, { description: 'The proposed release.' })
  releaseNumber: number;

  @Field(() => String, { description: 'Of the proposed release that was read.' })
  releaseSha256: string;
}

@InputType()
export class DeclineAmendmentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The party that declines.' })
  communityId: string;

  @Field(() => Int, { description: 'The proposed release.' })
  releaseNumber: number;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}
