import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MoneyInput } from '#platform';
import type { QualificationLevel } from '../domain/qualification.js';
import { QualificationLevelEnum } from './people.model.js';
import { QualificationKindEnum } from './place.model.js';
import type { QualificationKind } from '../domain/places.js';

@InputType()
export class CreateSectionInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'For addresses; made from the name when absent.' })
  slug?: string | null;
}

@InputType()
export class CreateWorkCentreInput {
  @Field(() => ID)
  sectionId: string;

  @Field(() => String)
  name: string;

  @Field(() => Int)
  capacity: number;

  @Field(() => [ID])
  requiredQualificationIds: string[];
}

@InputType()
export class UpdateSectionInput {
  @Field(() => ID)
  sectionId: string;

  @Field(() => String)
  name: string;

  @Field(() => ID, { nullable: true, description: 'A member who looks after it; absent: nobody.' })
  coordinatorId?: string | null;
}

@InputType()
export class RetireSectionInput {
  @Field(() => ID)
  sectionId: string;
}

@InputType()
export class UpdateWorkCentreInput {
  @Field(() => ID)
  workCentreId: string;

  @Field(() => String)
  name: string;

  @Field(() => Int)
  capacity: number;

  @Field(() => MoneyInput, { nullable: true, description: 'Of one hour; absent: not known.' })
  hourlyCost?: MoneyInput | null;

  @Field(() => ID, { nullable: true, description: 'Absent: open at all times.' })
  calendarId?: string | null;

  @Field(() => [ID])
  requiredQualificationIds: string[];
}

@InputType()
export class RetireWorkCentreInput {
  @Field(() => ID)
  workCentreId: string;
}

@InputType()
export class CreateQualificationInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String)
  name: string;

  @Field(() => QualificationKindEnum)
  kind: QualificationKind;
}

@InputType()
export class GrantQualificationInput {
  @Field(() => ID)
  personId: string;

  @Field(() => ID)
  qualificationId: string;

  @Field(() => String, { nullable: true, description: 'The last day on which it counts.' })
  expiresOn?: string | null;

  @Field(() => QualificationLevelEnum, { nullable: true, description: 'Full unless said otherwise.' })
  level?: QualificationLevel | null;

  @Field(() => ID, { nullable: true, description: 'Of a learner: a teacher of this qualification.' })
  supervisorId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only coordinators make teachers.' })
  mayTeach?: boolean | null;
}
