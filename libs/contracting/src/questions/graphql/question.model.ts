import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CommunityModel } from '#identity';
import { Policy } from '#platform';
import type { QuestionState, QuestionTiming } from '../../domain/question.js';
import { QuestionStateEnum, QuestionTimingEnum } from './question.enum.js';

@ObjectType('QuestionStep', { description: 'What a community said, and when. It never changes.' })
@Policy('public')
export class QuestionStepModel {
  @Field(() => QuestionStateEnum, { description: 'The state that it brought about.' })
  kind: QuestionState;

  @Field(() => String)
  text: string;

  @Field(() => Date)
  takenAt: Date;

  @Field(() => String, { nullable: true, description: 'Who was called to mediate, as the contract says.' })
  mediator: string | null;

  @Field(() => String, { nullable: true, description: 'The day of the mediation.' })
  meetsOn: string | null;

  /** Not in the schema: `community` is found by it. */
  communityId: Id<'community'>;
}

@ObjectType('QuestionRight', { description: 'A step that you could take now, and for whom.' })
@Policy('public')
export class QuestionRightModel {
  @Field(() => String, { description: 'The name of the mutation.' })
  deed: string;

  @Field(() => CommunityModel)
  community: CommunityModel;
}

@ObjectType('ContractQuestion', {
  description: 'A question to the other side of a contract, and the dispute that may come of it.',
})
@Policy('public')
export class ContractQuestionModel {
  @Field(() => ID)
  id: Id<'question'>;

  @Field(() => Int, { description: 'Counted within the contract.' })
  number: number;

  @Field(() => QuestionStateEnum)
  state: QuestionState;

  @Field(() => Boolean, { description: 'Asked while the contract was a draft: for its parties alone.' })
  isPrivate: boolean;

  @Field(() => Date)
  askedAt: Date;

  @Field(() => Date, { nullable: true })
  answeredAt: Date | null;

  @Field(() => Int, { description: 'The answer time that was published when it was asked.' })
  answerDays: number;

  @Field(() => String, { description: 'The last day, in UTC, on which an answer is in time.' })
  dueOn: string;

  @Field(() => QuestionTimingEnum)
  timing: QuestionTiming;

  @Field(() => [QuestionStepModel], { description: 'In the order in which they came; the question first.' })
  steps: QuestionStepModel[];

  /** Not in the schema: `community` and `viewerCan` are found by these. */
  communityId: Id<'community'>;
  rights: readonly { readonly deed: string; readonly communityId: Id<'community'> }[];
}
