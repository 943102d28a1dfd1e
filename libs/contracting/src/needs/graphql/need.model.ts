import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, connectionOf } from '#platform';
import type { ContractState } from '../../domain/contract.js';
import type { AnswerKind, Contribution, NeedState } from '../../domain/need.js';
import { ContractStateEnum } from '../../graphql/contract.enum.js';
import { AnswerKindEnum, ContributionEnum, NeedStateEnum } from './need.enum.js';

@ObjectType('NeedAnswer', { description: 'What a fablab says to a need, with its reasons.' })
@Policy('public')
export class NeedAnswerModel {
  @Field(() => ID)
  id: Id<'needAnswer'>;

  @Field(() => AnswerKindEnum)
  kind: AnswerKind;

  @Field(() => String)
  reason: string;

  @Field(() => String, { nullable: true, description: 'What it would take, for “canWith”.' })
  condition: string | null;

  @Field(() => Int, { description: 'The revision of the need that was answered.' })
  needRevision: number;

  @Field(() => Date)
  answeredAt: Date;

  @Field(() => Boolean, { description: 'False for an answer that the fablab has replaced.' })
  isCurrent: boolean;

  /** Not in the schema: `fablab` is found by it. */
  fablabId: Id<'community'>;
}

@ObjectType('NeedContract', { description: 'A contract that started from a need.' })
@Policy('public')
export class NeedContractModel {
  @Field(() => String)
  ref: string;

  @Field(() => String)
  title: string;

  @Field(() => ContractStateEnum)
  state: ContractState;
}

@ObjectType('Need', { description: 'What a community says it lacks, with or without money.' })
@Policy('public')
export class NeedModel {
  @Field(() => ID)
  id: Id<'need'>;

  @Field(() => NeedStateEnum)
  state: NeedState;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'What it is for.' })
  purpose: string;

  @Field(() => String, { description: 'In the words of those who need it.' })
  quantity: string;

  @Field(() => String, { nullable: true, description: 'A day such as 2027-03-31.' })
  wantedBy: string | null;

  @Field(() => String)
  place: string;

  @Field(() => [ContributionEnum], { description: 'Empty: nothing, and a need all the same.' })
  brings: Contribution[];

  @Field(() => Int, { description: 'Say which revision you saw when you change it.' })
  revision: number;

  @Field(() => Date)
  postedAt: Date;

  @Field(() => Date, { nullable: true })
  closedAt: Date | null;

  @Field(() => String, { nullable: true })
  closeReason: string | null;

  /** Not in the schema: `community` and `viewerCan` are found by these. */
  communityId: Id<'community'>;
  currentAnswers: readonly { readonly fablabId: Id<'community'>; readonly kind: AnswerKind }[];
}

export const NeedConnection = connectionOf(NeedModel, 'Need');
