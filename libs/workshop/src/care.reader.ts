import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import { CARE_PLAN_COLUMNS, type CarePlanRow } from './persistence/care.repository.js';

/** Reads care plans. Who may see them is for the caller to decide. */
@Injectable()
export class CareReader {
  constructor(private readonly database: Database) {}

  /** Those that have not ended, the next one first. */
  plansOf(fablabId: Id<'community'>): Promise<CarePlanRow[]> {
    return this.database.query(
      `SELECT ${CARE_PLAN_COLUMNS} FROM workshop.care_plan WHERE fablab_id = $1 AND ended_at IS NULL ORDER BY next_on, id LIMIT 500`,
      [fablabId],
      'care-plans-of',
    );
  }
}
