import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import type { Tx } from '#platform';
import type { CommunitySummary } from '../domain/community.js';

/** The rows of `identity.community`. */
@Injectable()
export class CommunityRepository {
  /** @returns false when the slug is taken; nothing is written then */
  async insert(tx: Tx, community: CommunitySummary): Promise<boolean> {
    const written = await tx.execute(
      `INSERT INTO identity.community (id, slug, name, description, place, receives, manufactures, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT community_slug_key DO NOTHING`,
      [
        community.id,
        community.slug,
        community.name,
        community.description,
        community.place,
        community.receives,
        community.manufactures,
        tx.now,
      ],
    );
    return written > 0;
  }

  /**
   * The first lock of everything that changes who belongs to a community or will; then invitation, then
   * membership. It does not hold up rows that merely refer to the community.
   * @throws DomainError `NOT_FOUND`
   */
  async lock(tx: Tx, id: Id<'community'>): Promise<void> {
    const rows = await tx.query(`SELECT 1 FROM identity.community WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    if (rows.length === 0) throw DomainError.notFound('community', id);
  }
}
