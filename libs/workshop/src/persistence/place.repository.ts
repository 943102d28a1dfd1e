import { Injectable } from '@nestjs/common';
import type { Id, Money } from '#kernel';
import type { Tx } from '#platform';
import type { QualificationKind } from '../domain/places.js';

export interface WorkCentreRow {
  readonly id: Id<'workCentre'>;
  readonly fablabId: Id<'community'>;
  readonly sectionId: Id<'section'>;
  readonly name: string;
  readonly retiredAt: Date | null;
  readonly jobsOpen: number;
}

/** States out of which nothing leads. */
const ENDED = `'done', 'scrapped', 'cancelled'`;

/** Writes sections, work centres and qualifications. */
@Injectable()
export class PlaceRepository {
  async insertSection(
    tx: Tx,
    section: { id: Id<'section'>; fablabId: Id<'community'>; slug: string; name: string },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.section (id, fablab_id, slug, name, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [section.id, section.fablabId, section.slug, section.name, tx.now],
    );
  }

  /** A section's retirement is looked at under a lock, so that no work centre comes into it meanwhile. */
  async section(
    tx: Tx,
    id: Id<'section'>,
  ): Promise<{ fablabId: Id<'community'>; name: string; retiredAt: Date | null; jobsOpen: number } | null> {
    const [row] = await tx.query<{
      fablabId: Id<'community'>;
      name: string;
      retiredAt: Date | null;
      jobsOpen: number;
    }>(
      `SELECT fablab_id AS "fablabId", name, retired_at AS "retiredAt",
         (SELECT count(*) FROM workshop.job WHERE section_id = section.id AND state NOT IN (${ENDED}))::int AS "jobsOpen"
       FROM workshop.section WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async updateSection(
    tx: Tx,
    section: { id: Id<'section'>; name: string; coordinatorId: Id<'person'> | null },
  ): Promise<void> {
    await tx.execute(`UPDATE workshop.section SET name = $2, coordinator_id = $3 WHERE id = $1`, [
      section.id,
      section.name,
      section.coordinatorId,
    ]);
  }

  /** With all that is in it. */
  async retireSection(tx: Tx, id: Id<'section'>): Promise<void> {
    await tx.execute(
      `UPDATE workshop.machine SET retired_at = $2 WHERE retired_at IS NULL
         AND work_centre_id IN (SELECT id FROM workshop.work_centre WHERE section_id = $1)`,
      [id, tx.now],
    );
    await tx.execute(
      `UPDATE workshop.work_centre SET retired_at = $2 WHERE section_id = $1 AND retired_at IS NULL`,
      [id, tx.now],
    );
    await tx.execute(`UPDATE workshop.section SET retired_at = $2 WHERE id = $1`, [id, tx.now]);
  }

  async workCentre(tx: Tx, id: Id<'workCentre'>): Promise<WorkCentreRow | null> {
    const [row] = await tx.query<WorkCentreRow>(
      `SELECT id, fablab_id AS "fablabId", section_id AS "sectionId", name, retired_at AS "retiredAt",
         (SELECT count(*) FROM workshop.job WHERE work_centre_id = work_centre.id AND state NOT IN (${ENDED}))::int AS "jobsOpen"
       FROM workshop.work_centre WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async updateWorkCentre(
    tx: Tx,
    centre: {
      id: Id<'workCentre'>;
      fablabId: Id<'community'>;
      name: string;
      capacity: number;
      hourlyCost: Money | null;
      calendarId: Id<'calendar'> | null;
      requiredQualificationIds: readonly Id<'qualification'>[];
    },
  ): Promise<void> {
    const { id, fablabId, hourlyCost } = centre;
    await tx.execute(
      `UPDATE workshop.work_centre SET name = $2, capacity = $3, hourly_cost_minor = $4, hourly_cost_currency = $5,
         calendar_id = $6 WHERE id = $1`,
      [
        id,
        centre.name,
        centre.capacity,
        hourlyCost?.amountMinor ?? null,
        hourlyCost?.currency ?? null,
        centre.calendarId,
      ],
    );
    await tx.execute(`DELETE FROM workshop.work_centre_qualification WHERE work_centre_id = $1`, [id]);
    await this.insertRequired(tx, id, fablabId, centre.requiredQualificationIds);
  }

  async retireWorkCentre(tx: Tx, id: Id<'workCentre'>): Promise<void> {
    await tx.execute(
      `UPDATE workshop.machine SET retired_at = $2 WHERE work_centre_id = $1 AND retired_at IS NULL`,
      [id, tx.now],
    );
    await tx.execute(`UPDATE workshop.work_centre SET retired_at = $2 WHERE id = $1`, [id, tx.now]);
  }

  /** The work centre with its one lane and what it asks of a maker. */
  async insertWorkCentre(
    tx: Tx,
    centre: {
      id: Id<'workCentre'>;
      laneId: Id<'lane'>;
      fablabId: Id<'community'>;
      sectionId: Id<'section'>;
      name: string;
      capacity: number;
      requiredQualificationIds: readonly Id<'qualification'>[];
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.work_centre (id, fablab_id, section_id, name, capacity, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [centre.id, centre.fablabId, centre.sectionId, centre.name, centre.capacity, tx.now],
    );
    await tx.execute(`INSERT INTO workshop.lane (id, work_centre_id, created_at) VALUES ($1, $2, $3)`, [
      centre.laneId,
      centre.id,
      tx.now,
    ]);
    await this.insertRequired(tx, centre.id, centre.fablabId, centre.requiredQualificationIds);
  }

  private async insertRequired(
    tx: Tx,
    id: Id<'workCentre'>,
    fablabId: Id<'community'>,
    qualificationIds: readonly Id<'qualification'>[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.work_centre_qualification (work_centre_id, qualification_id, fablab_id)
       SELECT $1, unnest($2::uuid[]), $3`,
      [id, qualificationIds, fablabId],
    );
  }

  async insertQualification(
    tx: Tx,
    qualification: {
      id: Id<'qualification'>;
      fablabId: Id<'community'>;
      name: string;
      kind: QualificationKind;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.qualification (id, fablab_id, name, kind, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [qualification.id, qualification.fablabId, qualification.name, qualification.kind, tx.now],
    );
  }

  /** Those that exist, whichever fablab's they are. */
  qualifications(
    tx: Tx,
    ids: readonly Id<'qualification'>[],
  ): Promise<
    { id: Id<'qualification'>; fablabId: Id<'community'>; name: string; kind: QualificationKind }[]
  > {
    return tx.query(
      `SELECT id, fablab_id AS "fablabId", name, kind FROM workshop.qualification WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
  }
}
