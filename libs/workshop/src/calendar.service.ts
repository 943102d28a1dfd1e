import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import { IdSource, UnitOfWork, requireRole, requireViewer, violatedConstraint, type Viewer } from '#platform';
import {
  EXCEPTIONS_MAX,
  WEEKLY_OPENINGS_MAX,
  checkOpenings,
  isTimeZone,
  readClock,
  type CalendarException,
  type Opening,
  type WeeklyOpening,
} from './domain/calendar.js';
import { CalendarRepository } from './persistence/calendar.repository.js';

export interface OpeningGiven {
  readonly from: string;
  readonly to: string;
}

export interface WeeklyOpeningGiven extends OpeningGiven {
  readonly weekday: number;
}

export interface CalendarGiven {
  readonly fablabId: string;
  /** Null makes a new one. */
  readonly calendarId?: string | null;
  readonly name: string;
  readonly week: readonly WeeklyOpeningGiven[];
  readonly exceptions: readonly {
    readonly day: string;
    readonly reason: string;
    readonly openings: readonly OpeningGiven[];
  }[];
}

/** A day has few openings; a bound keeps one request's work small. */
const DAY_OPENINGS_MAX = 10;

/** When a fablab is open, and by which clock. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly calendars: CalendarRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN` */
  async saveSetting(
    who: Viewer | null,
    input: { fablabId: string; timeZone: string; currency: string },
  ): Promise<Id<'community'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => {
      const timeZone = input.timeZone.trim();
      if (!isTimeZone(timeZone))
        check.refuse('timeZone', `“${timeZone}” is no time zone. Choose one such as Europe/Lisbon.`);
      return {
        fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
        timeZone,
        currency: check.currency('currency', input.currency),
      };
    });
    requireRole(viewer, read.fablabId, ['coordinator'], 'change its settings');
    await this.unitOfWork.run((tx) => this.calendars.saveSetting(tx, read));
    return read.fablabId;
  }

  /** Writes a calendar as a whole. @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT` (name) */
  async save(who: Viewer | null, input: CalendarGiven): Promise<Id<'calendar'>> {
    const viewer = requireViewer(who);
    const { calendarId, fablabId, name, ...content } = checkInput((check) => readCalendar(check, input));
    requireRole(viewer, fablabId, ['coordinator'], 'change its calendars');
    const id = calendarId ?? this.ids.next<'calendar'>();
    try {
      await this.unitOfWork.run(async (tx) => {
        if (calendarId === null) await this.calendars.insert(tx, { id, fablabId, name });
        else if ((await this.calendars.fablabOf(tx, id)) !== fablabId)
          throw DomainError.notFound('calendar', id);
        else await this.calendars.rename(tx, id, name);
        await this.calendars.write(tx, id, content);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'calendar_name_key') throw error;
      throw new DomainError('CONFLICT', `This fablab has a calendar “${name}” already.`);
    }
    return id;
  }
}

function readCalendar(check: InputCheck, input: CalendarGiven) {
  return {
    fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
    calendarId: input.calendarId
      ? check.id<'calendar'>('calendarId', input.calendarId, 'the calendar')
      : null,
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    week: readWeek(check, input.week),
    exceptions: readExceptions(check, input.exceptions),
  };
}

/** Reads the openings of a week, and refuses those of one day that overlap. */
export function readWeek(check: InputCheck, given: readonly WeeklyOpeningGiven[]): WeeklyOpening[] {
  const week = check.list('week', given, { max: WEEKLY_OPENINGS_MAX, name: 'openings' }, (opening, path) => ({
    weekday: check.integer(`${path}.weekday`, opening.weekday, { min: 1, max: 7, name: 'the weekday' }),
    ...readOpening(check, path, opening),
  }));
  for (let weekday = 1; weekday <= 7; weekday += 1)
    checkOpenings(
      check,
      `week.${weekday}`,
      week.filter((each) => each.weekday === weekday),
    );
  return week;
}

function readExceptions(check: InputCheck, given: CalendarGiven['exceptions']): CalendarException[] {
  const exceptions = check.list('exceptions', given, { max: EXCEPTIONS_MAX }, (each, path) => ({
    day: check.day(`${path}.day`, each.day, 'the day'),
    reason: check.text(`${path}.reason`, each.reason, { max: LIMITS.nameCharsMax, name: 'a reason' }),
    openings: check.list(`${path}.openings`, each.openings, { max: DAY_OPENINGS_MAX }, (opening, place) =>
      readOpening(check, place, opening),
    ),
  }));
  exceptions.forEach(({ day, openings }, index) => {
    checkOpenings(check, `exceptions.${index}.openings`, openings);
    if (exceptions.findIndex((each) => each.day === day) < index)
      check.refuse(`exceptions.${index}.day`, `${day} stands in the list twice.`);
  });
  return exceptions;
}

function readOpening(check: InputCheck, path: string, given: OpeningGiven): Opening {
  return {
    fromMinute: readClock(check, `${path}.from`, given.from),
    toMinute: readClock(check, `${path}.to`, given.to),
  };
}
