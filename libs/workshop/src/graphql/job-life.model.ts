import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import type { JobState } from '../domain/job.js';
import { JobStateEnum } from './job.model.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

@ObjectType('JobBlock', { description: 'Something that is, or was, in the way of a job.' })
@Policy(FABLAB_MEMBER)
export class JobBlockModel {
  @Field(() => ID)
  id: Id<'jobBlock'>;

  @Field(() => String, { description: '`material`, `machine` or `question`.' })
  kind: string;

  @Field(() => String)
  detail: string;

  @Field(() => Date)
  raisedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null while it is in the way.' })
  liftedAt: Date | null;

  @Field(() => String, { nullable: true })
  answer: string | null;

  @Field(() => Boolean, { description: 'The viewer can lift it.' })
  viewerCanLift: boolean;

  raisedBy: Id<'person'>;
  lifterId: Id<'person'>;
  liftedBy: Id<'person'> | null;
  fablabId: Id<'community'>;
}

@ObjectType('JobEvent', { description: 'One step of a job’s history.' })
@Policy(FABLAB_MEMBER)
export class JobEventModel {
  @Field(() => ID)
  id: string;

  @Field(() => JobStateEnum, { nullable: true })
  fromState: JobState | null;

  @Field(() => JobStateEnum)
  toState: JobState;

  @Field(() => String, { description: 'Such as `maker`, `lease-ended`, `handed-over`, `split`.' })
  cause: string;

  @Field(() => Int)
  fence: number;

  @Field(() => Date)
  happenedAt: Date;

  actorId: Id<'person'> | null;
  fablabId: Id<'community'>;
}

@ObjectType('JobMaterial', { description: 'Material that went into a job, or was wasted on it.' })
@Policy(FABLAB_MEMBER)
export class JobMaterialModel {
  @Field(() => ID)
  id: Id<'jobMaterial'>;

  @Field(() => String, { description: '`used` or `waste`.' })
  kind: string;

  @Field(() => String)
  item: string;

  @Field(() => String)
  unit: string;

  @Field(() => String, { description: 'Such as 1.250.' })
  quantity: string;

  @Field(() => Date)
  loggedAt: Date;

  fablabId: Id<'community'>;
}
