import { Injectable } from '@nestjs/common';
import { DomainError, isSlug, type Id } from '#kernel';
import { Database, type Keyset, type Tx } from '#platform';
import type { CommunitySummary } from './domain/community.js';
import { nameKeyOf } from './persistence/name-key.js';

const COLUMNS = 'id, slug, name, description, place, receives, manufactures';

/** Reads communities, for this context and for every other. What it returns is public. */
@Injectable()
export class CommunityDirectory {
  constructor(private readonly database: Database) {}

  async byId(id: Id<'community'>): Promise<CommunitySummary | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** Those that exist, in no particular order. */
  byIds(ids: readonly Id<'community'>[]): Promise<CommunitySummary[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM identity.community WHERE id = ANY ($1::uuid[])`,
      [ids],
      'community-by-ids',
    );
  }

  async bySlug(slug: string): Promise<CommunitySummary | null> {
    if (!isSlug(slug)) return null;
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM identity.community WHERE slug = $1`,
      [slug],
      'community-by-slug',
    );
  }

  /** By name, for the public list. `null` in a filter means either. */
  async list(
    keyset: Keyset,
    filter: { readonly receives: boolean | null; readonly manufactures: boolean | null },
  ): Promise<CommunitySummary[]> {
    const [afterName, afterId] = nameKeyOf(keyset);
    return this.database.query(
      `SELECT ${COLUMNS} FROM identity.community
       WHERE ($1::text IS NULL OR (name, id) > ($1, $2::uuid))
         AND ($3::boolean IS NULL OR receives = $3) AND ($4::boolean IS NULL OR manufactures = $4)
       ORDER BY name, id LIMIT $5`,
      [afterName, afterId, filter.receives, filter.manufactures, keyset.limit],
      'community-list',
    );
  }

  /**
   * The communities in the order of the ids, read in the caller's transaction: for writes that refer to them.
   * @throws DomainError `NOT_FOUND` that names the first one missing
   */
  async requireInTx(tx: Tx, ids: readonly Id<'community'>[]): Promise<CommunitySummary[]> {
    const rows = await tx.query<CommunitySummary>(
      `SELECT ${COLUMNS} FROM identity.community WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => {
      const found = byId.get(id);
      if (!found) throw DomainError.notFound('community', id);
      return found;
    });
  }
}
