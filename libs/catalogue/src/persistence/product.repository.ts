import { Injectable } from '@nestjs/common';
import { nameKeyOf } from '#identity';
import { isSlug, type Id } from '#kernel';
import { Database, type Keyset, type Tx } from '#platform';
import type { ProductSummary } from '../domain/product.js';

const COLUMNS = `id, fablab_id AS "fablabId", slug, name, description`;

/** The rows of `catalogue.product`. */
@Injectable()
export class ProductRepository {
  constructor(private readonly database: Database) {}

  byIds(ids: readonly Id<'product'>[]): Promise<ProductSummary[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM catalogue.product WHERE id = ANY ($1::uuid[])`,
      [ids],
      'product-by-ids',
    );
  }

  async bySlug(fablabId: Id<'community'>, slug: string): Promise<ProductSummary | null> {
    if (!isSlug(slug)) return null;
    return this.database.queryOne(
      `SELECT ${COLUMNS} FROM catalogue.product WHERE fablab_id = $1 AND slug = $2`,
      [fablabId, slug],
      'product-by-slug',
    );
  }

  /** By name; with a fablab, only its own. */
  async list(keyset: Keyset, fablabId: Id<'community'> | null): Promise<ProductSummary[]> {
    const [afterName, afterId] = nameKeyOf(keyset);
    return this.database.query(
      `SELECT ${COLUMNS} FROM catalogue.product
       WHERE ($1::uuid IS NULL OR fablab_id = $1) AND ($2::text IS NULL OR (name, id) > ($2, $3::uuid))
       ORDER BY name, id LIMIT $4`,
      [fablabId, afterName, afterId, keyset.limit],
      'product-list',
    );
  }

  async find(tx: Tx, id: Id<'product'>): Promise<ProductSummary | null> {
    const [row] = await tx.query<ProductSummary>(`SELECT ${COLUMNS} FROM catalogue.product WHERE id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  /** @returns false when the fablab has a product of this slug; nothing is written then */
  async insert(tx: Tx, product: ProductSummary): Promise<boolean> {
    const written = await tx.execute(
      `INSERT INTO catalogue.product (id, fablab_id, slug, name, description, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT product_slug_key DO NOTHING`,
      [product.id, product.fablabId, product.slug, product.name, product.description, tx.now],
    );
    return written > 0;
  }
}
