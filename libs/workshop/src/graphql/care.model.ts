import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import type { HouseKind } from '../domain/care.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const HouseKindEnum = {
  care: 'care',
  cleaning: 'cleaning',
  teaching: 'teaching',
  documentation: 'documentation',
} as const satisfies { [Kind in HouseKind]: Kind };
registerEnumType(HouseKindEnum, {
  name: 'HouseKind',
  description: 'What a fablab does for itself: jobs like any other.',
});

@ObjectType('CarePlan', { description: 'A job that is made again and again.' })
@Policy(FABLAB_MEMBER)
export class CarePlanModel {
  @Field(() => ID)
  id: Id<'carePlan'>;

  @Field(() => HouseKindEnum)
  kind: HouseKind;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  instructions: string | null;

  @Field(() => Int)
  minutes: number;

  @Field(() => Int)
  everyDays: number;

  @Field(() => String, { description: 'When the next job is due.' })
  nextOn: string;

  @Field(() => Int, { description: 'How many days before it is due the job is made.' })
  leadDays: number;

  workCentreId: Id<'workCentre'>;
  fablabId: Id<'community'>;
}

@InputType()
export class CreateHouseJobInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  workCentreId: string;

  @Field(() => HouseKindEnum)
  kind: HouseKind;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  instructions?: string | null;

  @Field(() => Int)
  minutes: number;

  @Field(() => String, { nullable: true, description: 'The day on which it is due.' })
  dueOn?: string | null;
}

@InputType()
export class CreateCarePlanInput {
  @Field(() => ID)
  workCentreId: string;

  @Field(() => HouseKindEnum)
  kind: HouseKind;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  instructions?: string | null;

  @Field(() => Int)
  minutes: number;

  @Field(() => Int)
  everyDays: number;

  @Field(() => String, { description: 'When the first job is due.' })
  firstOn: string;

  @Field(() => Int, { description: 'How many days before it is due a job is made.' })
  leadDays: number;
}

@InputType()
export class EndCarePlanInput {
  @Field(() => ID)
  planId: string;
}
