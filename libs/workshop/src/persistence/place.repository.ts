import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { QualificationKind } from '../domain/places.js';

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

  async fablabOfSection(tx: Tx, id: Id<'section'>): Promise<Id<'community'> | null> {
    const [row] = await tx.query<{ fablabId: Id<'community'> }>(
      `SELECT fablab_id AS "fablabId" FROM workshop.section WHERE id = $1`,
      [id],
    );
    return row?.fablabId ?? null;
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
    await tx.execute(
      `INSERT INTO workshop.work_centre_qualification (work_centre_id, qualification_id, fablab_id)
       SELECT $1, unnest($2::uuid[]), $3`,
      [centre.id, centre.requiredQualificationIds, centre.fablabId],
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

  /** The earlier grant, if there is one, is superseded: the new one alone counts from now on. */
  async grant(
    tx: Tx,
    grant: {
      id: Id<'makerQualification'>;
      fablabId: Id<'community'>;
      qualificationId: Id<'qualification'>;
      personId: Id<'person'>;
      grantedBy: Id<'person'>;
      expiresOn: Day | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE workshop.maker_qualification SET superseded_at = $3
       WHERE person_id = $1 AND qualification_id = $2 AND superseded_at IS NULL`,
      [grant.personId, grant.qualificationId, tx.now],
    );
    await tx.execute(
      `INSERT INTO workshop.maker_qualification (id, fablab_id, qualification_id, person_id, granted_by, granted_at, expires_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        grant.id,
        grant.fablabId,
        grant.qualificationId,
        grant.personId,
        grant.grantedBy,
        tx.now,
        grant.expiresOn,
      ],
    );
  }
}
