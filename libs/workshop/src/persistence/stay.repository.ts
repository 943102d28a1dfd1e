import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import type { WeeklyOpening } from '../domain/calendar.js';
import type { DaySpan } from '../domain/availability.js';

export interface StayRow {
  readonly id: Id<'stay'>;
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly hostId: Id<'person'>;
  readonly cancelledAt: Date | null;
}

export interface NewStay extends DaySpan {
  readonly id: Id<'stay'>;
  readonly fablabId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly hostId: Id<'person'>;
  readonly skills: string | null;
}

/** Writes who visits when, what was gone through with them, and the times of all makers. */
@Injectable()
export class StayRepository {
  async setVisiting(
    tx: Tx,
    maker: { fablabId: Id<'community'>; personId: Id<'person'>; visiting: boolean },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.maker (fablab_id, person_id, visiting) VALUES ($1, $2, $3)
       ON CONFLICT (fablab_id, person_id) DO UPDATE SET visiting = EXCLUDED.visiting`,
      [maker.fablabId, maker.personId, maker.visiting],
    );
  }

  /** The stay, with a copy of the fablab's list of what is gone through. */
  async insert(tx: Tx, stay: NewStay): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.stay (id, fablab_id, person_id, host_id, from_day, to_day, skills, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [stay.id, stay.fablabId, stay.personId, stay.hostId, stay.fromDay, stay.toDay, stay.skills, tx.now],
    );
    await tx.execute(
      `INSERT INTO workshop.stay_item (stay_id, position, text)
       SELECT $1, position, text FROM workshop.onboarding_item WHERE fablab_id = $2`,
      [stay.id, stay.fablabId],
    );
  }

  async lock(tx: Tx, id: Id<'stay'>): Promise<StayRow | null> {
    const [row] = await tx.query<StayRow>(
      `SELECT id, fablab_id AS "fablabId", person_id AS "personId", host_id AS "hostId", cancelled_at AS "cancelledAt"
       FROM workshop.stay WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async update(tx: Tx, stay: Omit<NewStay, 'fablabId' | 'personId'>): Promise<void> {
    await tx.execute(
      `UPDATE workshop.stay SET host_id = $2, from_day = $3, to_day = $4, skills = $5 WHERE id = $1`,
      [stay.id, stay.hostId, stay.fromDay, stay.toDay, stay.skills],
    );
  }

  async cancel(tx: Tx, id: Id<'stay'>): Promise<void> {
    await tx.execute(`UPDATE workshop.stay SET cancelled_at = $2 WHERE id = $1`, [id, tx.now]);
  }

  /** @returns false when the stay's list has no such line */
  async tick(tx: Tx, stayId: Id<'stay'>, position: number, by: Id<'person'> | null): Promise<boolean> {
    const touched = await tx.execute(
      `UPDATE workshop.stay_item SET ticked_by = $3, ticked_at = CASE WHEN $3::uuid IS NULL THEN NULL ELSE $4::timestamptz END
       WHERE stay_id = $1 AND position = $2`,
      [stayId, position, by, tx.now],
    );
    return touched > 0;
  }

  async saveOnboarding(tx: Tx, fablabId: Id<'community'>, texts: readonly string[]): Promise<void> {
    await tx.execute(`DELETE FROM workshop.onboarding_item WHERE fablab_id = $1`, [fablabId]);
    await tx.execute(
      `INSERT INTO workshop.onboarding_item (fablab_id, position, text)
       SELECT $1, position, text FROM unnest($2::text[]) WITH ORDINALITY AS item (text, position)`,
      [fablabId, texts],
    );
  }

  async saveHours(
    tx: Tx,
    maker: { fablabId: Id<'community'>; personId: Id<'person'> },
    week: readonly WeeklyOpening[],
  ): Promise<void> {
    const { fablabId, personId } = maker;
    await tx.execute(`DELETE FROM workshop.maker_hours WHERE fablab_id = $1 AND person_id = $2`, [
      fablabId,
      personId,
    ]);
    await tx.execute(
      `INSERT INTO workshop.maker_hours (fablab_id, person_id, weekday, from_minute, to_minute)
       SELECT $1, $2, weekday, "fromMinute", "toMinute"
       FROM jsonb_to_recordset($3::jsonb) AS opening (weekday integer, "fromMinute" integer, "toMinute" integer)`,
      [fablabId, personId, JSON.stringify(week)],
    );
  }

  async insertAbsence(
    tx: Tx,
    absence: DaySpan & { id: Id<'absence'>; fablabId: Id<'community'>; personId: Id<'person'> },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.maker_absence (id, fablab_id, person_id, from_day, to_day) VALUES ($1, $2, $3, $4, $5)`,
      [absence.id, absence.fablabId, absence.personId, absence.fromDay, absence.toDay],
    );
  }

  async absence(
    tx: Tx,
    id: Id<'absence'>,
  ): Promise<{ fablabId: Id<'community'>; personId: Id<'person'> } | null> {
    const [row] = await tx.query<{ fablabId: Id<'community'>; personId: Id<'person'> }>(
      `SELECT fablab_id AS "fablabId", person_id AS "personId" FROM workshop.maker_absence WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async removeAbsence(tx: Tx, id: Id<'absence'>): Promise<void> {
    await tx.execute(`DELETE FROM workshop.maker_absence WHERE id = $1`, [id]);
  }
}
