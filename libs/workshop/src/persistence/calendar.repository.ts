import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import type { WeeklyCalendar } from '../domain/calendar.js';

/** Writes calendars, and in which time zone a fablab lives. */
@Injectable()
export class CalendarRepository {
  async saveSetting(
    tx: Tx,
    setting: { fablabId: Id<'community'>; timeZone: string; currency: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.fablab_setting (fablab_id, time_zone, currency) VALUES ($1, $2, $3)
       ON CONFLICT (fablab_id) DO UPDATE SET time_zone = EXCLUDED.time_zone, currency = EXCLUDED.currency`,
      [setting.fablabId, setting.timeZone, setting.currency],
    );
  }

  /** Locks it, so that two who edit one calendar take turns. */
  async fablabOf(tx: Tx, id: Id<'calendar'>): Promise<Id<'community'> | null> {
    const [row] = await tx.query<{ fablabId: Id<'community'> }>(
      `SELECT fablab_id AS "fablabId" FROM workshop.calendar WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row?.fablabId ?? null;
  }

  async insert(
    tx: Tx,
    calendar: { id: Id<'calendar'>; fablabId: Id<'community'>; name: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.calendar (id, fablab_id, name, created_at) VALUES ($1, $2, $3, $4)`,
      [calendar.id, calendar.fablabId, calendar.name, tx.now],
    );
  }

  async rename(tx: Tx, id: Id<'calendar'>, name: string): Promise<void> {
    await tx.execute(`UPDATE workshop.calendar SET name = $2 WHERE id = $1`, [id, name]);
  }

  /** What the calendar says from now on, in place of what it said. */
  async write(tx: Tx, id: Id<'calendar'>, { week, exceptions }: WeeklyCalendar): Promise<void> {
    for (const table of ['calendar_exception_opening', 'calendar_exception', 'calendar_opening'])
      await tx.execute(`DELETE FROM workshop.${table} WHERE calendar_id = $1`, [id]);
    await tx.execute(
      `INSERT INTO workshop.calendar_opening (calendar_id, weekday, from_minute, to_minute)
       SELECT $1, weekday, "fromMinute", "toMinute"
       FROM jsonb_to_recordset($2::jsonb) AS opening (weekday integer, "fromMinute" integer, "toMinute" integer)`,
      [id, JSON.stringify(week)],
    );
    await tx.execute(
      `INSERT INTO workshop.calendar_exception (calendar_id, day, reason)
       SELECT $1, day, reason FROM jsonb_to_recordset($2::jsonb) AS exception (day date, reason text)`,
      [id, JSON.stringify(exceptions)],
    );
    const openings = exceptions.flatMap(({ day, openings: own }) => own.map((each) => ({ day, ...each })));
    await tx.execute(
      `INSERT INTO workshop.calendar_exception_opening (calendar_id, day, from_minute, to_minute)
       SELECT $1, day, "fromMinute", "toMinute"
       FROM jsonb_to_recordset($2::jsonb) AS opening (day date, "fromMinute" integer, "toMinute" integer)`,
      [id, JSON.stringify(openings)],
    );
  }
}
