import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { Database } from '#platform';
import { CalendarReader } from './calendar.reader.js';
import { makerStretches, type DaySpan, type MakerTimes } from './domain/availability.js';
import type { Stretch } from './domain/calendar.js';

export interface StayItemView {
  readonly position: number;
  readonly text: string;
  readonly tickedBy: Id<'person'> | null;
  readonly tickedAt: string | null;
}

export interface StayView extends DaySpan {
  readonly id: Id<'stay'>;
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly hostId: Id<'person'>;
  readonly skills: string | null;
  readonly items: readonly StayItemView[];
}

/** When a maker can be counted on, as entered; those of whom nothing was entered are not among them. */
export interface MakerTimesView extends MakerTimes {
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly visiting: boolean;
  readonly absences: readonly (DaySpan & { readonly id: Id<'absence'> })[];
}

const STAY = `SELECT id, fablab_id AS "fablabId", person_id AS "personId", host_id AS "hostId", from_day::text AS "fromDay",
  to_day::text AS "toDay", skills,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('position', position, 'text', text, 'tickedBy', ticked_by, 'tickedAt', ticked_at)
     ORDER BY position), '[]') FROM workshop.stay_item WHERE stay_id = stay.id) AS items
  FROM workshop.stay`;

/** Reads stays and makers' times. Who may see them is for the caller to decide. */
@Injectable()
export class StayReader {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarReader,
  ) {}

  byId(id: Id<'stay'>): Promise<StayView | null> {
    return this.database.queryOne(`${STAY} WHERE id = $1`, [id], 'stay-by-id');
  }

  /** Those that have not ended before this day, the next one first. */
  ofFablab(fablabId: Id<'community'>, from: Day): Promise<StayView[]> {
    return this.database.query(
      `${STAY} WHERE fablab_id = $1 AND cancelled_at IS NULL AND to_day >= $2 ORDER BY from_day, id LIMIT 500`,
      [fablabId, from],
      'stays-of',
    );
  }

  async onboardingOf(fablabId: Id<'community'>): Promise<string[]> {
    const rows = await this.database.query<{ text: string }>(
      `SELECT text FROM workshop.onboarding_item WHERE fablab_id = $1 ORDER BY position`,
      [fablabId],
      'onboarding-of',
    );
    return rows.map((row) => row.text);
  }

  /** Of all of whom something was entered, by person. */
  timesOf(fablabId: Id<'community'>): Promise<MakerTimesView[]> {
    return this.database.query(
      `SELECT $1::uuid AS "fablabId", person AS "personId",
         coalesce((SELECT visiting FROM workshop.maker WHERE fablab_id = $1 AND person_id = person), false) AS visiting,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)
            ORDER BY weekday, from_minute), '[]') FROM workshop.maker_hours WHERE fablab_id = $1 AND person_id = person) AS week,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'fromDay', from_day, 'toDay', to_day) ORDER BY from_day), '[]')
          FROM workshop.maker_absence WHERE fablab_id = $1 AND person_id = person) AS absences,
         (SELECT CASE WHEN visiting THEN (SELECT coalesce(jsonb_agg(jsonb_build_object('fromDay', from_day, 'toDay', to_day)
              ORDER BY from_day), '[]') FROM workshop.stay
            WHERE fablab_id = $1 AND person_id = person AND cancelled_at IS NULL) END
          FROM workshop.maker WHERE fablab_id = $1 AND person_id = person) AS stays
       FROM (SELECT person_id FROM workshop.maker WHERE fablab_id = $1
             UNION SELECT person_id FROM workshop.maker_hours WHERE fablab_id = $1
             UNION SELECT person_id FROM workshop.maker_absence WHERE fablab_id = $1) AS known (person) ORDER BY person`,
      [fablabId],
      'maker-times-of',
    );
  }

  /**
   * For the planner: when each maker of whom something is known can be counted on. A maker who is missing here
   * is there whenever the fablab is.
   */
  async stretchesOf(
    fablabId: Id<'community'>,
    from: Date,
    to: Date,
  ): Promise<ReadonlyMap<Id<'person'>, readonly Stretch[]>> {
    const { timeZone } = await this.calendars.settingOf(fablabId);
    const times = await this.timesOf(fablabId);
    return new Map(times.map((each) => [each.personId, makerStretches(each, timeZone, from, to)]));
  }
}
