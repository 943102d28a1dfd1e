import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { Database, IdSource, violatedConstraint, type Tx } from '#platform';
import type { BomLine, Operation, ProductVersion, ProductVersionSummary } from '../domain/product.js';
import type { VersionRead } from '../domain/version-input.js';

const COLUMNS = `v.id, v.label, v.licence, v.product_id AS "productId", p.name AS "productName",
  p.slug AS "productSlug", v.fablab_id AS "fablabId"`;

const FROM = `catalogue.product_version v JOIN catalogue.product p ON p.id = v.product_id`;

/** JSON has no 64-bit integers, so quantities travel as text. */
const BOM = `SELECT coalesce(json_agg(json_build_object('position', l.position, 'item', l.item,
    'quantityMilli', l.quantity_milli::text, 'unit', l.unit,
    'partVersionId', l.part_version_id) ORDER BY l.position), '[]')
  FROM catalogue.bom_line l WHERE l.product_version_id = v.id`;

const ROUTING = `SELECT coalesce(json_agg(json_build_object('id', o.id, 'position', o.position, 'name', o.name,
    'workCentreId', o.work_centre_id, 'setupMinutes', o.setup_minutes, 'unitMinutes', o.unit_minutes,
    'after', (SELECT coalesce(json_agg(r.after_position ORDER BY r.after_position), '[]')
              FROM catalogue.operation_predecessor r
              WHERE r.product_version_id = o.product_version_id AND r.position = o.position),
    'instructions', o.instructions) ORDER BY o.position), '[]')
  FROM catalogue.operation o WHERE o.product_version_id = v.id`;

interface VersionRow extends ProductVersionSummary {
  readonly bom: readonly (Omit<BomLine, 'quantityMilli'> & { readonly quantityMilli: string })[];
  readonly routing: ProductVersion['routing'];
}

/** The rows of a product version and of its parts, which never change. */
@Injectable()
export class ProductVersionRepository {
  constructor(
    private readonly database: Database,
    private readonly ids: IdSource,
  ) {}

  summariesByIds(ids: readonly Id<'productVersion'>[]): Promise<ProductVersionSummary[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE v.id = ANY ($1::uuid[])`,
      [ids],
      'product-version-summaries',
    );
  }

  /** The oldest first. */
  summariesOfProducts(productIds: readonly Id<'product'>[]): Promise<ProductVersionSummary[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE v.product_id = ANY ($1::uuid[]) ORDER BY v.created_at, v.id`,
      [productIds],
      'product-versions-of-products',
    );
  }

  async byIds(ids: readonly Id<'productVersion'>[]): Promise<ProductVersion[]> {
    const rows = await this.database.query<VersionRow>(
      `SELECT ${COLUMNS}, (${BOM}) AS bom, (${ROUTING}) AS routing FROM ${FROM} WHERE v.id = ANY ($1::uuid[])`,
      [ids],
      'product-version-by-ids',
    );
    return rows.map((row) => ({
      ...row,
      bom: row.bom.map((line) => ({ ...line, quantityMilli: BigInt(line.quantityMilli) })),
    }));
  }

  /**
   * Writes a version with its parts.
   * @returns false when the product has a version of this label; nothing is written then
   * @throws DomainError `BAD_INPUT` for a work centre that the fablab has not
   */
  async insert(
    tx: Tx,
    key: { id: Id<'productVersion'>; productId: Id<'product'>; fablabId: Id<'community'> },
    version: VersionRead,
  ): Promise<boolean> {
    const written = await tx.execute(
      `INSERT INTO catalogue.product_version (id, product_id, fablab_id, label, licence, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT product_version_label_key DO NOTHING`,
      [key.id, key.productId, key.fablabId, version.label, version.licence, tx.now],
    );
    if (written === 0) return false;
    await insertBom(tx, key.id, version);
    for (const operation of version.routing) await this.insertOperation(tx, key, operation);
    await insertPredecessors(tx, key.id, version);
    return true;
  }

  /** One statement for each, so that a refusal can name the operation. A routing is written once, and is short. */
  private async insertOperation(
    tx: Tx,
    key: { id: Id<'productVersion'>; fablabId: Id<'community'> },
    operation: Operation,
  ): Promise<void> {
    try {
      await tx.execute(
        `INSERT INTO catalogue.operation (id, product_version_id, fablab_id, position, name, work_centre_id,
           setup_minutes, unit_minutes, instructions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          this.ids.next(),
          key.id,
          key.fablabId,
          operation.position,
          operation.name,
          operation.workCentreId,
          operation.setupMinutes,
          operation.unitMinutes,
          operation.instructions,
        ],
      );
    } catch (error) {
      if (violatedConstraint(error) !== 'operation_work_centre_fkey') throw error;
      const message = `Operation ${operation.position} “${operation.name}”: there is no such work centre in this fablab.`;
      throw DomainError.badInput([{ field: `routing.${operation.position - 1}.workCentreId`, message }]);
    }
  }
}

async function insertBom(tx: Tx, versionId: Id<'productVersion'>, { bom }: VersionRead): Promise<void> {
  await tx.execute(
    `INSERT INTO catalogue.bom_line (product_version_id, position, item, quantity_milli, unit, part_version_id)
     SELECT $1, position, item, quantity, unit, part
     FROM unnest($2::int[], $3::text[], $4::bigint[], $5::text[], $6::uuid[]) AS line (position, item, quantity, unit, part)`,
    [
      versionId,
      bom.map((line) => line.position),
      bom.map((line) => line.item),
      bom.map((line) => line.quantityMilli),
      bom.map((line) => line.unit),
      bom.map((line) => line.partVersionId),
    ],
  );
}

async function insertPredecessors(tx: Tx, versionId: Id<'productVersion'>, { routing }: VersionRead) {
  const pairs = routing.flatMap(({ position, after }) => after.map((before) => [position, before] as const));
  await tx.execute(
    `INSERT INTO catalogue.operation_predecessor (product_version_id, position, after_position)
     SELECT $1, * FROM unnest($2::int[], $3::int[])`,
    [versionId, pairs.map(([position]) => position), pairs.map(([, before]) => before)],
  );
}
