import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { GrantWanted, Held } from '../domain/qualification.js';

export interface GrantRow extends Held {
  readonly id: Id<'makerQualification'>;
  readonly fablabId: Id<'community'>;
  readonly qualificationId: Id<'qualification'>;
  readonly supersededAt: Date | null;
}

const GRANT = `SELECT id, fablab_id AS "fablabId", qualification_id AS "qualificationId", person_id AS "personId", level,
  may_teach AS "mayTeach", expires_on::text AS "expiresOn", superseded_at AS "supersededAt" FROM workshop.maker_qualification`;

/** Writes who holds which qualification. Nothing is forgotten: what no longer counts is superseded. */
@Injectable()
export class GrantRepository {
  async current(
    tx: Tx,
    personId: Id<'person'>,
    qualificationId: Id<'qualification'>,
  ): Promise<GrantRow | null> {
    const [row] = await tx.query<GrantRow>(
      `${GRANT} WHERE person_id = $1 AND qualification_id = $2 AND superseded_at IS NULL`,
      [personId, qualificationId],
    );
    return row ?? null;
  }

  async lock(tx: Tx, id: Id<'makerQualification'>): Promise<GrantRow | null> {
    const [row] = await tx.query<GrantRow>(`${GRANT} WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    return row ?? null;
  }

  /** The earlier grant, if there is one, is superseded: the new one alone counts from now on. */
  async grant(
    tx: Tx,
    grant: GrantWanted & {
      id: Id<'makerQualification'>;
      fablabId: Id<'community'>;
      qualificationId: Id<'qualification'>;
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
      `INSERT INTO workshop.maker_qualification (id, fablab_id, qualification_id, person_id, granted_by, granted_at,
         expires_on, level, supervisor_id, may_teach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        grant.id,
        grant.fablabId,
        grant.qualificationId,
        grant.personId,
        grant.grantedBy,
        tx.now,
        grant.expiresOn,
        grant.level,
        grant.supervisorId,
        grant.mayTeach,
      ],
    );
  }

  async withdraw(
    tx: Tx,
    id: Id<'makerQualification'>,
    by: { personId: Id<'person'>; reason: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE workshop.maker_qualification SET superseded_at = $2, withdrawn_by = $3, withdrawn_reason = $4 WHERE id = $1`,
      [id, tx.now, by.personId, by.reason],
    );
  }
}
