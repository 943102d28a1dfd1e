import { ArgsType, Field, ID, InputType, Int, OmitType } from '@nestjs/graphql';
import { PageArgs } from '#platform';
import type { AnswerKind, Contribution, NeedState } from '../../domain/need.js';
import { AnswerKindEnum, ContributionEnum, NeedStateEnum } from './need.enum.js';

@ArgsType()
export class NeedsArgs extends PageArgs {
  @Field(() => NeedStateEnum, { nullable: true })
  state?: NeedState | null;

  @Field(() => String, { nullable: true, description: 'Only needs of this community.' })
  communitySlug?: string | null;
}

@InputType()
export class PostNeedInput {
  @Field(() => String, { description: 'A new UUID for each new action.' })
  idempotencyKey: string;

  @Field(() => ID)
  communityId: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'What it is for. Public, so without personal data.' })
  purpose: string;

  @Field(() => String, { description: 'In your own words: “about five”, “2 m³”.' })
  quantity: string;

  @Field(() => String, { nullable: true, description: 'A day such as 2027-03-31.' })
  wantedBy?: string | null;

  @Field(() => String)
  place: string;

  @Field(() => [ContributionEnum], { description: 'Empty: nothing, and a need all the same.' })
  brings: Contribution[];
}

@InputType()
export class UpdateNeedInput extends OmitType(PostNeedInput, ['idempotencyKey', 'communityId'] as const) {
  @Field(() => ID)
  needId: string;

  @Field(() => Int, { description: 'The revision that you saw.' })
  revision: number;
}

@InputType()
export class CloseNeedInput {
  @Field(() => ID)
  needId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class AnswerNeedInput {
  @Field(() => String, { description: 'A new UUID for each new action.' })
  idempotencyKey: string;

  @Field(() => ID)
  needId: string;

  @Field(() => ID)
  fablabId: string;

  @Field(() => AnswerKindEnum)
  kind: AnswerKind;

  @Field(() => String)
  reason: string;

  @Field(() => String, { nullable: true, description: 'What it would take; for “canWith” alone.' })
  condition?: string | null;
}
