import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database, type Role } from '#platform';
import { MEMBERSHIP_COLUMNS, type MembershipSummary } from './persistence/membership.repository.js';

export interface MemberSummary extends MembershipSummary {
  readonly displayName: string;
}

/** Reads who belongs to which community, for this context and for every other. */
@Injectable()
export class MembershipDirectory {
  constructor(private readonly database: Database) {}

  /** By display name; with a role, only those who hold it. */
  membersOf(communityId: Id<'community'>, role: Role | null = null): Promise<MemberSummary[]> {
    return this.database.query(
      `SELECT ${MEMBERSHIP_COLUMNS}, p.display_name AS "displayName"
       FROM identity.membership m JOIN identity.person p ON p.id = m.person_id
       WHERE m.community_id = $1 AND ($2::text IS NULL OR $2 = ANY (m.roles))
       ORDER BY p.display_name, m.id`,
      [communityId, role],
      'members-of-community',
    );
  }

  membershipsOf(personId: Id<'person'>): Promise<MembershipSummary[]> {
    return this.database.query(
      `SELECT ${MEMBERSHIP_COLUMNS} FROM identity.membership m WHERE m.person_id = $1 ORDER BY m.created_at, m.id`,
      [personId],
      'memberships-of-person',
    );
  }

  /** The roles as they are in the database now; empty for who is no member. */
  async rolesOf(communityId: Id<'community'>, personId: Id<'person'>): Promise<readonly Role[]> {
    const row = await this.database.queryOne<{ roles: Role[] }>(
      `SELECT roles FROM identity.membership WHERE community_id = $1 AND person_id = $2`,
      [communityId, personId],
      'roles-of-member',
    );
    return row?.roles ?? [];
  }

  async isMaker(communityId: Id<'community'>, personId: Id<'person'>): Promise<boolean> {
    return (await this.rolesOf(communityId, personId)).includes('maker');
  }
}
