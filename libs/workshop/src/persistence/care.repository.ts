import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { HouseKind } from '../domain/care.js';

export interface CarePlanRow {
  readonly id: Id<'carePlan'>;
  readonly fablabId: Id<'community'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly kind: HouseKind;
  readonly name: string;
  readonly instructions: string | null;
  readonly minutes: number;
  readonly everyDays: number;
  readonly nextOn: Day;
  readonly leadDays: number;
}

export const CARE_PLAN_COLUMNS = `id, fablab_id AS "fablabId", work_centre_id AS "workCentreId", kind, name, instructions, minutes,
  every_days AS "everyDays", next_on::text AS "nextOn", lead_days AS "leadDays"`;

/** Writes what recurs. */
@Injectable()
export class CareRepository {
  async insert(tx: Tx, plan: CarePlanRow): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.care_plan (id, fablab_id, work_centre_id, kind, name, instructions, minutes, every_days, next_on,
         lead_days, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        plan.id,
        plan.fablabId,
        plan.workCentreId,
        plan.kind,
        plan.name,
        plan.instructions,
        plan.minutes,
        plan.everyDays,
        plan.nextOn,
        plan.leadDays,
        tx.now,
      ],
    );
  }

  async fablabOf(tx: Tx, id: Id<'carePlan'>): Promise<Id<'community'> | null> {
    const [row] = await tx.query<{ fablabId: Id<'community'> }>(
      `SELECT fablab_id AS "fablabId" FROM workshop.care_plan WHERE id = $1 AND ended_at IS NULL FOR NO KEY UPDATE`,
      [id],
    );
    return row?.fablabId ?? null;
  }

  async end(tx: Tx, id: Id<'carePlan'>): Promise<void> {
    await tx.execute(`UPDATE workshop.care_plan SET ended_at = $2 WHERE id = $1`, [id, tx.now]);
  }

  /** Plans whose next job is to be made by now, on the fablab's own day; locked, and each to one worker only. */
  due(tx: Tx, limit: number): Promise<(CarePlanRow & { readonly today: Day })[]> {
    return tx.query(
      `SELECT ${CARE_PLAN_COLUMNS}, workshop.local_day(fablab_id, $1)::text AS today FROM workshop.care_plan
       WHERE ended_at IS NULL AND next_on - lead_days <= workshop.local_day(fablab_id, $1)
         AND EXISTS (SELECT 1 FROM workshop.work_centre WHERE id = work_centre_id AND retired_at IS NULL)
       ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`,
      [tx.now, limit],
    );
  }

  async advance(tx: Tx, id: Id<'carePlan'>, nextOn: Day): Promise<void> {
    await tx.execute(`UPDATE workshop.care_plan SET next_on = $2 WHERE id = $1`, [id, nextOn]);
  }
}
