import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { Database, IdSource, type Tx } from '#platform';
import { totalMinor, type CostKind, type CostSheet, type Form } from '../domain/cost-sheet.js';
import type { TierOffer, TierPlan } from '../domain/tier-plan.js';

/** A cost sheet as it was published. */
export interface PublishedCostSheet extends CostSheet {
  readonly id: Id<'costSheet'>;
  readonly productVersionId: Id<'productVersion'>;
  readonly number: number;
  readonly totalMinor: bigint;
  readonly createdAt: Date;
}

export interface PublishedTierPlan extends TierPlan {
  readonly id: Id<'tierPlan'>;
  readonly productVersionId: Id<'productVersion'>;
  readonly number: number;
  readonly createdAt: Date;
}

interface SheetRow extends Omit<PublishedCostSheet, 'lines'> {
  readonly lines: readonly {
    kind: CostKind;
    name: string;
    quantityMilli: string;
    unit: string;
    unitPriceMinor: string;
  }[];
}

interface PlanRow extends Omit<PublishedTierPlan, 'offers'> {
  readonly offers: readonly {
    tier: 'free' | 'fair' | 'premium';
    form: Form;
    distinction: string;
    price: string | null;
    floor: string | null;
    suggested: string | null;
  }[];
}

/** The sheets in force; JSON has no 64-bit integers, so amounts travel as text. */
const SHEETS = `SELECT DISTINCT ON (s.product_version_id, s.form, s.currency) s.id,
    s.product_version_id AS "productVersionId", s.form, s.currency, s.number, s.total_minor AS "totalMinor",
    s.created_at AS "createdAt",
    (SELECT coalesce(json_agg(json_build_object('kind', l.kind, 'name', l.name, 'quantityMilli', l.quantity_milli::text,
       'unit', l.unit, 'unitPriceMinor', l.unit_price_minor::text) ORDER BY l.position), '[]')
     FROM catalogue.cost_line l WHERE l.cost_sheet_id = s.id) AS lines
  FROM catalogue.cost_sheet s WHERE s.product_version_id = ANY ($1::uuid[])
  ORDER BY s.product_version_id, s.form, s.currency, s.number DESC`;

const PLANS = `SELECT DISTINCT ON (p.product_version_id, p.currency) p.id,
    p.product_version_id AS "productVersionId", p.currency, p.number, p.created_at AS "createdAt",
    (SELECT json_agg(json_build_object('tier', o.tier, 'form', o.form, 'distinction', o.distinction,
       'price', o.price_minor::text, 'floor', o.floor_minor::text, 'suggested', o.suggested_minor::text)
       ORDER BY array_position(ARRAY['free', 'fair', 'premium'], o.tier))
     FROM catalogue.tier_offer o WHERE o.tier_plan_id = p.id) AS offers
  FROM catalogue.tier_plan p WHERE p.product_version_id = ANY ($1::uuid[])
  ORDER BY p.product_version_id, p.currency, p.number DESC`;

type Reads = Pick<Tx, 'query'> | Pick<Database, 'query'>;

/** Cost sheets and tier plans. They are only ever added; the highest number of each holds. */
@Injectable()
export class OfferRepository {
  constructor(
    private readonly database: Database,
    private readonly ids: IdSource,
  ) {}

  async sheetsInForce(
    versionIds: readonly Id<'productVersion'>[],
    reads: Reads = this.database,
  ): Promise<PublishedCostSheet[]> {
    const rows = await reads.query<SheetRow>(SHEETS, [versionIds], 'cost-sheets-in-force');
    return rows.map((row) => ({
      ...row,
      lines: row.lines.map((line) => ({
        ...line,
        quantityMilli: BigInt(line.quantityMilli),
        unitPriceMinor: BigInt(line.unitPriceMinor),
      })),
    }));
  }

  async plansInForce(
    versionIds: readonly Id<'productVersion'>[],
    reads: Reads = this.database,
  ): Promise<PublishedTierPlan[]> {
    const rows = await reads.query<PlanRow>(PLANS, [versionIds], 'tier-plans-in-force');
    return rows.map((row) => ({ ...row, offers: row.offers.map(offerOf) }));
  }

  /** The version's row is locked by the caller, so numbers stand in a row. */
  async insertSheet(
    tx: Tx,
    versionId: Id<'productVersion'>,
    sheet: CostSheet,
    by: Id<'person'>,
  ): Promise<Id<'costSheet'>> {
    const id = this.ids.next<'costSheet'>();
    await tx.execute(
      `INSERT INTO catalogue.cost_sheet
         (id, product_version_id, form, currency, number, total_minor, created_by, created_at)
       SELECT $1, $2, $3, $4, 1 + coalesce(max(number), 0), $5, $6, $7 FROM catalogue.cost_sheet
       WHERE product_version_id = $2 AND form = $3 AND currency = $4`,
      [id, versionId, sheet.form, sheet.currency, totalMinor(sheet), by, tx.now],
    );
    const { lines } = sheet;
    await tx.execute(
      `INSERT INTO catalogue.cost_line (cost_sheet_id, position, kind, name, quantity_milli, unit, unit_price_minor)
       SELECT $1, position, kind, name, quantity, unit, price
       FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])
         WITH ORDINALITY AS line (kind, name, quantity, unit, price, position)`,
      [
        id,
        lines.map(({ kind }) => kind),
        lines.map(({ name }) => name),
        lines.map(({ quantityMilli }) => quantityMilli),
        lines.map(({ unit }) => unit),
        lines.map(({ unitPriceMinor }) => unitPriceMinor),
      ],
    );
    return id;
  }

  async insertPlan(
    tx: Tx,
    versionId: Id<'productVersion'>,
    plan: TierPlan,
    by: Id<'person'>,
  ): Promise<Id<'tierPlan'>> {
    const id = this.ids.next<'tierPlan'>();
    await tx.execute(
      `INSERT INTO catalogue.tier_plan (id, product_version_id, currency, number, created_by, created_at)
       SELECT $1, $2, $3, 1 + coalesce(max(number), 0), $4, $5 FROM catalogue.tier_plan
       WHERE product_version_id = $2 AND currency = $3`,
      [id, versionId, plan.currency, by, tx.now],
    );
    for (const offer of plan.offers) {
      await tx.execute(
        `INSERT INTO catalogue.tier_offer
           (tier_plan_id, tier, form, distinction, price_minor, floor_minor, suggested_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          id,
          offer.tier,
          offer.form,
          offer.distinction,
          offer.tier === 'premium' ? offer.priceMinor : null,
          offer.tier === 'fair' ? offer.floorMinor : null,
          offer.tier === 'fair' ? offer.suggestedMinor : null,
        ],
      );
    }
    return id;
  }

  /** Locks a version, so that two sheets or plans of it are numbered one after the other. */
  async lockVersion(
    tx: Tx,
    id: Id<'productVersion'>,
  ): Promise<{ productId: Id<'product'>; fablabId: Id<'community'> } | null> {
    const [row] = await tx.query<{ productId: Id<'product'>; fablabId: Id<'community'> }>(
      `SELECT product_id AS "productId", fablab_id AS "fablabId" FROM catalogue.product_version
       WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }
}

function offerOf(row: PlanRow['offers'][number]): TierOffer {
  const shared = { form: row.form, distinction: row.distinction };
  switch (row.tier) {
    case 'free':
      return { tier: 'free', ...shared };
    case 'fair':
      return {
        tier: 'fair',
        ...shared,
        floorMinor: BigInt(row.floor ?? '0'),
        suggestedMinor: BigInt(row.suggested ?? '0'),
      };
    case 'premium':
      return { tier: 'premium', ...shared, priceMinor: BigInt(row.price ?? '0') };
  }
}

/** The cost of one unit of a form in a currency, by the sheets in force; null when the form has none. */
export function costIn(
  sheets: readonly Pick<PublishedCostSheet, 'form' | 'currency' | 'totalMinor'>[],
  currency: Currency,
): (form: Form) => bigint | null {
  return (form) =>
    sheets.find((sheet) => sheet.form === form && sheet.currency === currency)?.totalMinor ?? null;
}
