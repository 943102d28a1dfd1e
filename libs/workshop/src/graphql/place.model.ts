import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import type { QualificationKind } from '../domain/places.js';
import type { QualificationLevel } from '../domain/qualification.js';
import { QualificationLevelEnum } from './people.model.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const QualificationKindEnum = {
  safety: 'safety',
  competency: 'competency',
  optional: 'optional',
} as const satisfies { [Kind in QualificationKind]: Kind };
registerEnumType(QualificationKindEnum, {
  name: 'QualificationKind',
  description:
    'Safety and competency open a work centre; optional says what somebody can do, and opens nothing.',
});

@ObjectType('SectionCounts')
@Policy('signedIn')
export class SectionCountsModel {
  @Field(() => Int)
  waiting: number;

  @Field(() => Int)
  ready: number;

  @Field(() => Int)
  claimed: number;

  @Field(() => Int)
  running: number;

  @Field(() => Int)
  paused: number;

  @Field(() => Int, { description: 'Since midnight, UTC.' })
  doneToday: number;
}

@ObjectType('Section', { description: 'A part of a fablab with its own work centres, such as woodworking.' })
@Policy(FABLAB_MEMBER)
export class SectionModel {
  @Field(() => ID)
  id: Id<'section'>;

  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'What its label says after /s/.' })
  code: string;

  @Field(() => Boolean, { description: 'Out of use: it is in no list any more.' })
  retired: boolean;

  coordinatorId: Id<'person'> | null;
  fablabId: Id<'community'>;
}

@ObjectType('WorkCentre', { description: 'A group of interchangeable machines or benches.' })
@Policy(FABLAB_MEMBER)
export class WorkCentreModel {
  @Field(() => ID)
  id: Id<'workCentre'>;

  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'How many jobs can run there at once.' })
  capacity: number;

  @Field(() => Boolean, { description: 'Out of use: it is in no list any more.' })
  retired: boolean;

  hourlyCostMinor: bigint | null;
  hourlyCostCurrency: string | null;
  calendarId: Id<'calendar'> | null;
  sectionId: Id<'section'>;
  fablabId: Id<'community'>;
}

@ObjectType('Qualification', { description: 'What a maker must hold for a work centre.' })
@Policy(FABLAB_MEMBER)
export class QualificationModel {
  @Field(() => ID)
  id: Id<'qualification'>;

  @Field(() => String)
  name: string;

  @Field(() => QualificationKindEnum)
  kind: QualificationKind;

  fablabId: Id<'community'>;
}

@ObjectType('MakerQualification', { description: 'That a maker holds a qualification, and until when.' })
@Policy(FABLAB_MEMBER)
export class MakerQualificationModel {
  @Field(() => ID)
  id: Id<'makerQualification'>;

  @Field(() => Date)
  grantedAt: Date;

  @Field(() => String, { nullable: true, description: 'The last day on which it counts; null: for good.' })
  expiresOn: string | null;

  @Field(() => QualificationLevelEnum)
  level: QualificationLevel;

  @Field(() => Boolean, { description: 'May grant it to others, and supervise learners.' })
  mayTeach: boolean;

  @Field(() => Date, { nullable: true, description: 'Since when it counts no more: renewed or withdrawn.' })
  supersededAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawnReason: string | null;

  supervisorId: Id<'person'> | null;
  personId: Id<'person'>;
  qualificationId: Id<'qualification'>;
  fablabId: Id<'community'>;
}
