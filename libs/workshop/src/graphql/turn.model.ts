import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { TierEnum } from '#catalogue';
import type { Day, Id } from '#kernel';
import { Policy } from '#platform';
import { FABLAB_MEMBER } from './workshop.policy.js';

@ObjectType('JobPin', { description: 'A coordinator’s word that a job goes first. Everybody sees it.' })
@Policy(FABLAB_MEMBER)
export class JobPinModel {
  @Field(() => String)
  reason: string;

  @Field(() => Date)
  pinnedAt: Date;

  personId: Id<'person'>;
  fablabId: Id<'community'>;
}

@ObjectType('JobTurn', { description: 'The parts of the sentence that says why a job is where it is.' })
@Policy(FABLAB_MEMBER)
export class JobTurnModel {
  @Field(() => String, { nullable: true, description: 'The day on which it is due.' })
  dueOn: Day | null;

  @Field(() => String, { nullable: true })
  contractRef: string | null;

  @Field(() => TierEnum)
  tier: 'free' | 'fair' | 'premium';

  @Field(() => Int, { description: 'What it is sorted by: small ones first, 1 for a pinned job.' })
  priority: number;

  @Field(() => Date, { nullable: true, description: 'When the plan lets it begin.' })
  plannedStart: Date | null;

  @Field(() => JobPinModel, { nullable: true })
  pin: JobPinModel | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Its place among the ready jobs of its lane, from 1; null when it is not ready, or far back.',
  })
  rank: number | null;

  @Field(() => Int, { nullable: true, description: 'Among the ready free-tier jobs of its lane, from 1.' })
  turn: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For a free-tier job in turn: how many other claims there can be before its own, at most.',
  })
  othersBeforeAtMost: number | null;

  @Field(() => [Int], { description: 'Positions of the operations that must be finished before.' })
  waitsFor: number[];

  fablabId: Id<'community'>;
}

@ObjectType('WorkshopRules', { description: 'What a fablab promises about the order of its work.' })
@Policy('public')
export class WorkshopRulesModel {
  @Field(() => ID)
  fablabId: Id<'community'>;

  @Field(() => Int, {
    description:
      'Between two claims of free-tier jobs, in a lane where one is ready, there are never more other claims than this.',
  })
  freeBound: number;
}
