import { Inject, Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Id } from '#kernel';
import { ProductDirectory, type ProductSummary } from '#catalogue';
import { CONFIG, Idempotency, UnitOfWork, requireRole, type Config, type Tx, type Viewer } from '#platform';
import type { RulePublished } from './domain/events.js';
import { checkNotice, readSplitRule, type SplitRuleGiven } from './domain/split.js';
import { POSITION_RULES } from './domain/waiting-list.js';
import { RuleRepository } from './persistence/rule.repository.js';

export interface PublishSplitRule extends SplitRuleGiven {
  readonly idempotencyKey: string;
  readonly productId: string;
  readonly reason: string;
}

export interface PublishListRule {
  readonly idempotencyKey: string;
  readonly productId: string;
  readonly rule: string;
  readonly ageingDays: number;
  readonly seed?: string | null;
  readonly reason: string;
}

const SEED_CHARS_MIN = 8;
const SEED_CHARS_MAX = 200;
const AGEING_DAYS_MAX = 3650;

/** Rules are published with a reason and a number, ahead of what they decide, and never changed. */
@Injectable()
export class RuleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly products: ProductDirectory,
    private readonly rules: RuleRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The first rule of a product may begin today, a later one after the instance's published notice.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`
   */
  publishSplitRule(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: PublishSplitRule,
  ): Promise<Id<'product'>> {
    const { productId, rule, reason } = checkInput((check) => ({
      productId: check.id<'product'>('productId', input.productId, 'the product'),
      rule: readSplitRule(check, input),
      reason: check.text('reason', input.reason, { max: LIMITS.summaryCharsMax, name: 'a reason' }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'publishSplitRule', input },
        async () => {
          const product = await this.lockOwn(tx, viewer, productId, 'publish its split rule');
          const [latest = null] = await this.rules.splitRules(tx, productId, rule.currency);
          checkInput((check) =>
            checkNotice(check, rule.effectiveFrom, {
              latest,
              today: dayOf(tx.now),
              noticeDays: this.config.splitRuleNoticeDays,
            }),
          );
          const number = (latest?.number ?? 0) + 1;
          await this.rules.insertSplitRule(
            tx,
            { productId, fablabId: product.fablabId },
            { ...rule, number, reason },
            viewer.personId,
          );
          tx.publish(published('split', productId, number));
          return productId;
        },
      ),
    );
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` */
  publishListRule(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: PublishListRule,
  ): Promise<Id<'product'>> {
    const { productId, ...rule } = checkInput((check) => {
      const read = {
        productId: check.id<'product'>('productId', input.productId, 'the product'),
        rule: check.oneOf('rule', input.rule, POSITION_RULES),
        ageingDays: check.integer('ageingDays', input.ageingDays, {
          min: 0,
          max: AGEING_DAYS_MAX,
          name: 'the days after which a request moves up',
        }),
        reason: check.text('reason', input.reason, { max: LIMITS.summaryCharsMax, name: 'a reason' }),
      };
      const seed =
        read.rule === 'lottery'
          ? check.text('seed', input.seed, { min: SEED_CHARS_MIN, max: SEED_CHARS_MAX, name: 'the seed' })
          : null;
      return { ...read, seed };
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'publishListRule', input },
        async () => {
          const product = await this.lockOwn(tx, viewer, productId, 'publish the rule of its waiting list');
          const number = ((await this.rules.listRule(tx, productId))?.number ?? 0) + 1;
          await this.rules.insertListRule(
            tx,
            { productId, fablabId: product.fablabId },
            { ...rule, number },
            viewer.personId,
          );
          tx.publish(published('list', productId, number));
          return productId;
        },
      ),
    );
  }

  private async lockOwn(tx: Tx, viewer: Viewer, id: Id<'product'>, what: string): Promise<ProductSummary> {
    const product = await this.products.lock(tx, id);
    if (!product) throw DomainError.notFound('product', id);
    requireRole(viewer, product.fablabId, ['coordinator'], what);
    return product;
  }
}

function published(kind: 'split' | 'list', productId: Id<'product'>, number: number): RulePublished {
  return { type: 'freemium.rule-published', payload: { kind, productId, number } };
}
