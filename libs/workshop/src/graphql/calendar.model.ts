import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';
import { clockText, type CalendarException, type Opening, type WeeklyOpening } from '../domain/calendar.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

@ObjectType('Opening', { description: 'Times of day on the fablab’s wall, such as 08:30; 24:00 ends a day.' })
@Policy('signedIn')
export class OpeningModel {
  @Field(() => String)
  from: string;

  @Field(() => String)
  to: string;
}

@ObjectType('WeeklyOpening')
@Policy('signedIn')
export class WeeklyOpeningModel {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' })
  weekday: number;

  @Field(() => String)
  from: string;

  @Field(() => String)
  to: string;
}

@ObjectType('CalendarException', {
  description: 'A day that is unlike its weekday; closed without openings.',
})
@Policy('signedIn')
export class CalendarExceptionModel {
  @Field(() => String)
  day: string;

  @Field(() => String)
  reason: string;

  @Field(() => [OpeningModel])
  openings: OpeningModel[];
}

@ObjectType('Stretch', { description: 'A stretch of time; the end is not included.' })
@Policy('signedIn')
export class StretchModel {
  @Field(() => Date)
  start: Date;

  @Field(() => Date)
  end: Date;
}

@ObjectType('WorkCalendar', { description: 'When something is open, by the clock on the fablab’s wall.' })
@Policy(FABLAB_MEMBER)
export class WorkCalendarModel {
  @Field(() => ID)
  id: Id<'calendar'>;

  @Field(() => String)
  name: string;

  @Field(() => [WeeklyOpeningModel])
  week: WeeklyOpeningModel[];

  @Field(() => [CalendarExceptionModel])
  exceptions: CalendarExceptionModel[];

  fablabId: Id<'community'>;
}

@ObjectType('WorkshopSetting')
@Policy('signedIn')
export class WorkshopSettingModel {
  @Field(() => String, { description: 'A name of the time zone database, such as Europe/Lisbon.' })
  timeZone: string;

  @Field(() => String, { description: 'In which hourly costs are given.' })
  currency: string;
}

@InputType()
export class OpeningInput {
  @Field(() => String, { description: 'Such as 08:30.' })
  from: string;

  @Field(() => String)
  to: string;
}

@InputType()
export class WeeklyOpeningInput extends OpeningInput {
  @Field(() => Int, { description: 'Monday is 1, Sunday 7.' })
  weekday: number;
}

@InputType()
export class CalendarExceptionInput {
  @Field(() => String)
  day: string;

  @Field(() => String)
  reason: string;

  @Field(() => [OpeningInput], { description: 'Empty: closed all day.' })
  openings: OpeningInput[];
}

@InputType()
export class SaveCalendarInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => ID, { nullable: true, description: 'Absent: a new one.' })
  calendarId?: string | null;

  @Field(() => String)
  name: string;

  @Field(() => [WeeklyOpeningInput])
  week: WeeklyOpeningInput[];

  @Field(() => [CalendarExceptionInput])
  exceptions: CalendarExceptionInput[];
}

@InputType()
export class SaveWorkshopSettingInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String)
  timeZone: string;

  @Field(() => String)
  currency: string;
}

export function openingModel({ fromMinute, toMinute }: Opening): OpeningModel {
  return { from: clockText(fromMinute), to: clockText(toMinute) };
}

export function weekModel(week: readonly WeeklyOpening[]): WeeklyOpeningModel[] {
  return week.map((each) => ({ weekday: each.weekday, ...openingModel(each) }));
}

export function exceptionModels(exceptions: readonly CalendarException[]): CalendarExceptionModel[] {
  return exceptions.map(({ day, reason, openings }) => ({
    day,
    reason,
    openings: openings.map(openingModel),
  }));
}
