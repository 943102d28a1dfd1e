import { Field, ID, InputType } from '@nestjs/graphql';

@InputType()
export class AskQuestionInput {
  @Field(() => String, { description: 'A new UUID for each new action.' })
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The community for which you ask.' })
  communityId: string;

  @Field(() => String, { description: 'Public once the contract is open, so without personal data.' })
  text: string;
}

@InputType()
export class QuestionStepInput {
  @Field(() => String, { description: 'A new UUID for each new action.' })
  idempotencyKey: string;

  @Field(() => ID)
  questionId: string;

  @Field(() => ID, { description: 'The community for which you speak.' })
  communityId: string;

  @Field(() => String)
  text: string;
}

@InputType()
export class CallMediationInput extends QuestionStepInput {
  @Field(() => String, {
    nullable: true,
    description: 'A day such as 2027-03-31, where it is known already.',
  })
  meetsOn?: string | null;
}
