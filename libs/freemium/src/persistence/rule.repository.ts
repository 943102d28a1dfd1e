import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import { IdSource, type Database, type Tx } from '#platform';
import type { SplitRule } from '../domain/split.js';
import type { ListRule, PositionRule } from '../domain/waiting-list.js';

export interface PublishedSplitRule extends SplitRule {
  readonly id: Id<'splitRule'>;
  readonly productId: Id<'product'>;
  readonly reason: string;
  readonly publishedAt: Date;
}

export interface PublishedListRule extends ListRule {
  readonly id: Id<'listRule'>;
  readonly productId: Id<'product'>;
  readonly number: number;
  readonly reason: string;
  readonly publishedAt: Date;
}

interface SplitRow extends Omit<PublishedSplitRule, 'shares'> {
  sustenance: number;
  reserve: number;
  freePool: number;
  fairPool: number;
  designCommons: number;
  network: number;
}

const SPLIT_COLUMNS = `id, product_id AS "productId", number, currency, effective_from::text AS "effectiveFrom",
  sustenance_floor_minor AS "sustenanceFloorMinor", sustenance_share AS sustenance, reserve_share AS reserve,
  free_pool_share AS "freePool", fair_pool_share AS "fairPool", design_commons_share AS "designCommons",
  network_share AS network, reason, published_at AS "publishedAt"`;

type Reads = Pick<Tx, 'query'> | Pick<Database, 'query'>;

/** Published rules: added, never changed. */
@Injectable()
export class RuleRepository {
  constructor(private readonly ids: IdSource) {}

  /** Every split rule of a product in one currency, the newest first. */
  async splitRules(
    reads: Reads,
    productId: Id<'product'>,
    currency: Currency | null = null,
  ): Promise<PublishedSplitRule[]> {
    const rows = await reads.query<SplitRow>(
      `SELECT ${SPLIT_COLUMNS} FROM freemium.split_rule
       WHERE product_id = $1 AND ($2::text IS NULL OR currency = $2) ORDER BY currency, number DESC`,
      [productId, currency],
      'split-rules',
    );
    return rows.map(ruleOf);
  }

  /** Every split rule of several products, by currency, the newest first. */
  async splitRulesOf(reads: Reads, productIds: readonly Id<'product'>[]): Promise<PublishedSplitRule[]> {
    const rows = await reads.query<SplitRow>(
      `SELECT ${SPLIT_COLUMNS} FROM freemium.split_rule WHERE product_id = ANY ($1::uuid[])
       ORDER BY currency, number DESC`,
      [productIds],
      'split-rules-of',
    );
    return rows.map(ruleOf);
  }

  async splitRule(tx: Tx, id: Id<'splitRule'>): Promise<PublishedSplitRule> {
    const [row] = await tx.query<SplitRow>(
      `SELECT ${SPLIT_COLUMNS} FROM freemium.split_rule WHERE id = $1`,
      [id],
      'split-rule',
    );
    if (!row) throw new Error(`A sale refers to the split rule ${id}, which is not there.`);
    return ruleOf(row);
  }

  /** The rule for orders of a day. */
  async splitRuleOn(
    tx: Tx,
    productId: Id<'product'>,
    currency: Currency,
    day: Day,
  ): Promise<PublishedSplitRule | null> {
    const [row] = await tx.query<SplitRow>(
      `SELECT ${SPLIT_COLUMNS} FROM freemium.split_rule
       WHERE product_id = $1 AND currency = $2 AND effective_from <= $3 ORDER BY effective_from DESC LIMIT 1`,
      [productId, currency, day],
      'split-rule-on',
    );
    return row ? ruleOf(row) : null;
  }

  /** The list rule in force: the last one. A product without one has none, and gives by turns. */
  async listRule(reads: Reads, productId: Id<'product'>): Promise<PublishedListRule | null> {
    const [row] = await reads.query<PublishedListRule>(
      `SELECT id, product_id AS "productId", number, rule, ageing_days AS "ageingDays", seed, reason,
              published_at AS "publishedAt"
       FROM freemium.list_rule WHERE product_id = $1 ORDER BY number DESC LIMIT 1`,
      [productId],
      'list-rule',
    );
    return row ?? null;
  }

  async insertSplitRule(
    tx: Tx,
    product: { readonly productId: Id<'product'>; readonly fablabId: Id<'community'> },
    rule: SplitRule & { readonly reason: string },
    by: Id<'person'>,
  ): Promise<void> {
    const { shares } = rule;
    await tx.execute(
      `INSERT INTO freemium.split_rule (id, product_id, fablab_id, number, currency, effective_from,
         sustenance_floor_minor, sustenance_share, reserve_share, free_pool_share, fair_pool_share,
         design_commons_share, network_share, reason, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        this.ids.next(),
        product.productId,
        product.fablabId,
        rule.number,
        rule.currency,
        rule.effectiveFrom,
        rule.sustenanceFloorMinor,
        shares.sustenance,
        shares.reserve,
        shares.freePool,
        shares.fairPool,
        shares.designCommons,
        shares.network,
        rule.reason,
        by,
        tx.now,
      ],
    );
  }

  async insertListRule(
    tx: Tx,
    product: { readonly productId: Id<'product'>; readonly fablabId: Id<'community'> },
    rule: {
      readonly number: number;
      readonly rule: PositionRule;
      readonly ageingDays: number;
      readonly seed: string | null;
      readonly reason: string;
    },
    by: Id<'person'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO freemium.list_rule
         (id, product_id, fablab_id, number, rule, ageing_days, seed, reason, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        this.ids.next(),
        product.productId,
        product.fablabId,
        rule.number,
        rule.rule,
        rule.ageingDays,
        rule.seed,
        rule.reason,
        by,
        tx.now,
      ],
    );
  }
}

function ruleOf(row: SplitRow): PublishedSplitRule {
  const { sustenance, reserve, freePool, fairPool, designCommons, network, ...rest } = row;
  return { ...rest, shares: { sustenance, reserve, freePool, fairPool, designCommons, network } };
}
