import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Role, Tx } from '#platform';

export interface MembershipSummary {
  readonly id: Id<'membership'>;
  readonly communityId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly roles: Role[];
}

/** Of a table called `m`. */
export const MEMBERSHIP_COLUMNS = `m.id, m.community_id AS "communityId", m.person_id AS "personId", m.roles`;

/**
 * The rows of `identity.membership`. Who changes one first locks its community (`CommunityRepository.lock`), so
 * that rules about all members of a community, such as that of the last coordinator, hold under concurrency.
 */
@Injectable()
export class MembershipRepository {
  async insert(tx: Tx, membership: MembershipSummary): Promise<void> {
    await tx.execute(
      `INSERT INTO identity.membership (id, community_id, person_id, roles, created_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [membership.id, membership.communityId, membership.personId, membership.roles, tx.now],
    );
  }

  async updateRoles(tx: Tx, id: Id<'membership'>, roles: readonly Role[]): Promise<void> {
    await tx.execute(`UPDATE identity.membership SET roles = $2 WHERE id = $1`, [id, roles]);
  }

  /** Everyone of one community, in id order, locked until the transaction ends. */
  lockAll(tx: Tx, communityId: Id<'community'>): Promise<MembershipSummary[]> {
    return tx.query(
      `SELECT ${MEMBERSHIP_COLUMNS} FROM identity.membership m WHERE m.community_id = $1
       ORDER BY m.id FOR NO KEY UPDATE`,
      [communityId],
    );
  }
}
