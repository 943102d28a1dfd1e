import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { Database, type Tx } from '#platform';
import type { Invitation, InvitationState } from '../domain/invitation.js';

const COLUMNS = `i.id, i.community_id AS "communityId", i.email, i.roles, i.state, i.expires_at AS "expiresAt"`;

/** The rows of `identity.invitation`. A token is known to its holder alone; here are only hashes. */
@Injectable()
export class InvitationRepository {
  constructor(private readonly database: Database) {}

  byToken(tokenHash: Buffer): Promise<Invitation | null> {
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM identity.invitation i WHERE i.token_hash = $1`,
      [tokenHash],
      'invitation-by-token',
    );
  }

  /** The newest first. */
  ofCommunity(communityId: Id<'community'>): Promise<Invitation[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM identity.invitation i WHERE i.community_id = $1
       ORDER BY i.created_at DESC, i.id DESC LIMIT 500`,
      [communityId],
      'invitations-of-community',
    );
  }

  async insert(tx: Tx, invitation: Invitation, tokenHash: Buffer, invitedBy: Id<'person'>): Promise<void> {
    await tx.execute(
      `INSERT INTO identity.invitation
         (id, community_id, token_hash, email, roles, state, invited_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        invitation.id,
        invitation.communityId,
        tokenHash,
        invitation.email,
        invitation.roles,
        invitation.state,
        invitedBy,
        tx.now,
        invitation.expiresAt,
      ],
    );
  }

  /** Ends the open invitation of an address, if there is one. The community is locked. */
  async replaceOpen(tx: Tx, communityId: Id<'community'>, email: string): Promise<void> {
    await tx.execute(
      `UPDATE identity.invitation SET state = 'replaced'
       WHERE community_id = $1 AND email = $2 AND state = 'open'`,
      [communityId, email],
    );
  }

  /** The invitation as it is now, locked until the transaction ends. @throws DomainError `NOT_FOUND` */
  async lock(tx: Tx, id: Id<'invitation'>): Promise<Invitation> {
    const [row] = await tx.query<Invitation>(
      `SELECT ${COLUMNS} FROM identity.invitation i WHERE i.id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    if (!row) throw DomainError.notFound('invitation', id);
    return row;
  }

  async accept(
    tx: Tx,
    id: Id<'invitation'>,
    state: InvitationState,
    acceptedBy: Id<'person'>,
  ): Promise<void> {
    await tx.execute(
      `UPDATE identity.invitation SET state = $2, accepted_by = $3, accepted_at = $4 WHERE id = $1`,
      [id, state, acceptedBy, tx.now],
    );
  }
}
