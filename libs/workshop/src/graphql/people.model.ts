import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import type { QualificationLevel } from '../domain/qualification.js';
import { WeeklyOpeningInput, WeeklyOpeningModel } from './calendar.model.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const QualificationLevelEnum = {
  full: 'full',
  learner: 'learner',
} as const satisfies { [Level in QualificationLevel]: Level };
registerEnumType(QualificationLevelEnum, {
  name: 'QualificationLevel',
  description: 'A learner takes jobs while the supervisor’s own qualification counts.',
});

@ObjectType('StayItem', { description: 'One line of what is gone through with who comes.' })
@Policy('signedIn')
export class StayItemModel {
  @Field(() => Int)
  position: number;

  @Field(() => String)
  text: string;

  @Field(() => Date, { nullable: true })
  tickedAt: Date | null;
}

@ObjectType('Stay', { description: 'The days of a visiting maker, both included.' })
@Policy(FABLAB_MEMBER)
export class StayModel {
  @Field(() => ID)
  id: Id<'stay'>;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;

  @Field(() => String, { nullable: true })
  skills: string | null;

  @Field(() => [StayItemModel])
  onboarding: StayItemModel[];

  personId: Id<'person'>;
  hostId: Id<'person'>;
  fablabId: Id<'community'>;
}

@ObjectType('Absence', { description: 'Days on which a maker is not there, both included.' })
@Policy('signedIn')
export class AbsenceModel {
  @Field(() => ID)
  id: Id<'absence'>;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;
}

@ObjectType('MakerTimes', { description: 'When a maker can be counted on, as entered.' })
@Policy(FABLAB_MEMBER)
export class MakerTimesModel {
  @Field(() => Boolean, { description: 'Takes jobs on the days of stays only.' })
  visiting: boolean;

  @Field(() => [WeeklyOpeningModel], { description: 'Empty: nothing is known.' })
  week: WeeklyOpeningModel[];

  @Field(() => [AbsenceModel])
  absences: AbsenceModel[];

  personId: Id<'person'>;
  fablabId: Id<'community'>;
}

@InputType()
export class WithdrawQualificationInput {
  @Field(() => ID)
  grantId: string;

  @Field(() => String)
  reason: string;
}

@InputType()
export class UpdateStayInput {
  @Field(() => ID)
  stayId: string;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;

  @Field(() => ID)
  hostId: string;

  @Field(() => String, { nullable: true })
  skills?: string | null;
}

@InputType()
export class CreateStayInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => ID)
  personId: string;

  @Field(() => ID)
  hostId: string;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;

  @Field(() => String, { nullable: true })
  skills?: string | null;
}

@InputType()
export class CancelStayInput {
  @Field(() => ID)
  stayId: string;
}

@InputType()
export class TickOnboardingInput {
  @Field(() => ID)
  stayId: string;

  @Field(() => Int)
  position: number;

  @Field(() => Boolean)
  done: boolean;
}

@InputType()
export class SaveOnboardingInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => [String])
  items: string[];
}

@InputType()
export class SaveMakerHoursInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => ID)
  personId: string;

  @Field(() => [WeeklyOpeningInput])
  week: WeeklyOpeningInput[];
}

@InputType()
export class AddAbsenceInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => ID)
  personId: string;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;
}

@InputType()
export class RemoveAbsenceInput {
  @Field(() => ID)
  absenceId: string;
}

@InputType()
export class SetMakerVisitingInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => ID)
  personId: string;

  @Field(() => Boolean)
  visiting: boolean;
}
