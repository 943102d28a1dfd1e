import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import type { WeeklyCalendar } from './domain/calendar.js';

export interface CalendarView extends WeeklyCalendar {
  readonly id: Id<'calendar'>;
  readonly fablabId: Id<'community'>;
  readonly name: string;
}

export interface FablabSetting {
  readonly timeZone: string;
  readonly currency: string;
}

/** Until a coordinator says otherwise. */
export const DEFAULT_SETTING: FablabSetting = { timeZone: 'UTC', currency: 'EUR' };

const CALENDAR = `SELECT id, fablab_id AS "fablabId", name,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)
     ORDER BY weekday, from_minute), '[]') FROM workshop.calendar_opening WHERE calendar_id = calendar.id) AS week,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'reason', reason, 'openings',
       (SELECT coalesce(jsonb_agg(jsonb_build_object('fromMinute', from_minute, 'toMinute', to_minute) ORDER BY from_minute), '[]')
        FROM workshop.calendar_exception_opening AS opening
        WHERE opening.calendar_id = calendar.id AND opening.day = exception.day)) ORDER BY day), '[]')
   FROM workshop.calendar_exception AS exception WHERE calendar_id = calendar.id) AS exceptions
  FROM workshop.calendar`;

/** Reads calendars. Who may see them is for the caller to decide. */
@Injectable()
export class CalendarReader {
  constructor(private readonly database: Database) {}

  byIds(ids: readonly Id<'calendar'>[]): Promise<CalendarView[]> {
    return this.database.query(`${CALENDAR} WHERE id = ANY ($1::uuid[])`, [ids], 'calendars-by-id');
  }

  ofFablab(fablabId: Id<'community'>): Promise<CalendarView[]> {
    return this.database.query(
      `${CALENDAR} WHERE fablab_id = $1 ORDER BY name, id`,
      [fablabId],
      'calendars-of',
    );
  }

  async settingOf(fablabId: Id<'community'>): Promise<FablabSetting> {
    const row = await this.database.queryOne<FablabSetting>(
      `SELECT time_zone AS "timeZone", currency FROM workshop.fablab_setting WHERE fablab_id = $1`,
      [fablabId],
      'fablab-setting',
    );
    return row ?? DEFAULT_SETTING;
  }
}
