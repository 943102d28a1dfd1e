import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dayOf, type Currency, type Id } from '#kernel';
import { ProductDirectory, type FreeOffer } from '#catalogue';
import { LedgerService } from '#ledger';
import { IdSource, type Tx } from '#platform';
import type { GrantMade, GrantsDue, SaleReady } from './domain/events.js';
import { nextInLine, NEED_CLASSES, type ListRule, type WaitingRequest } from './domain/waiting-list.js';
import { GrantRepository, type UnsupportedSale } from './persistence/grant.repository.js';
import { PoolRepository, type PoolKey } from './persistence/pool.repository.js';
import { RequestRepository } from './persistence/request.repository.js';
import { RuleRepository } from './persistence/rule.repository.js';
import type { ProductBook } from './product-books.js';

/** So many grants in one transaction; what is left goes on in the next. */
const GRANTS_PER_TRANSACTION = 20;

/** What a product without a published rule goes by. */
const BY_TURNS: ListRule = { rule: 'turns', ageingDays: 0, seed: null };

interface Granted {
  readonly productId: Id<'product'>;
  readonly fablabId: Id<'community'>;
  readonly currency: Currency;
  readonly book: ProductBook;
}

/** Gives what pools can pay for, by rule and by nobody's hand. The pools are locked by the caller. */
@Injectable()
export class Granting {
  constructor(
    private readonly ledger: LedgerService,
    private readonly ids: IdSource,
    private readonly products: ProductDirectory,
    private readonly pools: PoolRepository,
    private readonly grants: GrantRepository,
    private readonly requests: RequestRepository,
    private readonly rules: RuleRepository,
  ) {}

  /**
   * Grants free units while the free pool holds the cost of one and somebody waits, and adds to fair sales what they
   * lack while the fair pool holds it.
   */
  async grantWhatIsPaidFor(tx: Tx, product: Granted): Promise<void> {
    const free = await this.grantFree(tx, product);
    const fair = await this.supportFair(tx, product);
    if (free < GRANTS_PER_TRANSACTION && fair < GRANTS_PER_TRANSACTION) return;
    const event: GrantsDue = {
      type: 'freemium.grants-due',
      payload: { productId: product.productId, currency: product.currency },
    };
    tx.publish(event);
  }

  private async grantFree(tx: Tx, product: Granted): Promise<number> {
    const pool: PoolKey = { productId: product.productId, tier: 'free', currency: product.currency };
    let available = await this.pools.availableMinor(tx, pool);
    const waiting = await this.requests.waiting(tx, product.productId);
    if (waiting.length === 0) return 0;
    const offer = await this.products.freeOffer(tx, product.productId, product.currency);
    if (!offer || available < offer.unitCostMinor) return 0;
    const rule = await this.rules.listRule(tx, product.productId);
    const given = await this.grants.countByCommunity(tx, product.productId);
    const left = new Set(waiting);
    let count = 0;
    while (count < GRANTS_PER_TRANSACTION && available >= offer.unitCostMinor) {
      const next = nextInLine([...left], rule ?? BY_TURNS, {
        today: dayOf(tx.now),
        grantsByCommunity: given,
        digest: sha256,
      });
      if (!next) break;
      left.delete(next);
      // It was withdrawn, or granted from the pool of another currency, since the list was read.
      if (!(await this.requests.end(tx, next.id, 'granted'))) continue;
      await this.give(tx, product, offer, next, rule?.id ?? null, whyNext(next, rule ?? BY_TURNS, given));
      if (next.communityId) given.set(next.communityId, (given.get(next.communityId) ?? 0) + 1);
      available -= offer.unitCostMinor;
      count += 1;
    }
    return count;
  }

  private async give(
    tx: Tx,
    product: Granted,
    offer: FreeOffer,
    request: WaitingRequest,
    listRuleId: Id<'listRule'> | null,
    chosenBecause: string,
  ): Promise<void> {
    const id = this.ids.next<'unitGrant'>();
    const ref = await this.grants.nextRef(tx);
    await this.grants.insert(tx, {
      id,
      ref,
      productId: product.productId,
      tier: 'free',
      currency: product.currency,
      productVersionId: offer.productVersionId,
      form: offer.form,
      requestId: request.id,
      saleId: null,
      listRuleId,
      chosenBecause,
      heldMinor: offer.unitCostMinor,
      holdTransferId: await this.hold(tx, product, { id, ref, tier: 'free', heldMinor: offer.unitCostMinor }),
    });
    await this.pools.drawFor(
      tx,
      { productId: product.productId, tier: 'free', currency: product.currency },
      id,
      offer.unitCostMinor,
    );
    const event: GrantMade = {
      type: 'freemium.grant-made',
      payload: {
        grantId: id,
        ref,
        fablabId: product.fablabId,
        productVersionId: offer.productVersionId,
        communityId: request.communityId,
      },
    };
    tx.publish(event);
  }

  /** Fair sales that are paid and cost more than that: the oldest first, while the pool holds what each lacks. */
  private async supportFair(tx: Tx, product: Granted): Promise<number> {
    const pool: PoolKey = { productId: product.productId, tier: 'fair', currency: product.currency };
    let count = 0;
    const waiting = await this.grants.unsupportedSales(tx, pool, GRANTS_PER_TRANSACTION);
    let available = waiting.length === 0 ? 0n : await this.pools.availableMinor(tx, pool);
    for (const sale of waiting) {
      if (sale.lackMinor > available) break;
      await this.support(tx, product, pool, sale);
      available -= sale.lackMinor;
      count += 1;
    }
    return count;
  }

  private async support(tx: Tx, product: Granted, pool: PoolKey, sale: UnsupportedSale): Promise<void> {
    const id = this.ids.next<'unitGrant'>();
    const ref = await this.grants.nextRef(tx);
    await this.grants.insert(tx, {
      id,
      ref,
      productId: product.productId,
      tier: 'fair',
      currency: product.currency,
      productVersionId: sale.productVersionId,
      form: sale.form,
      requestId: null,
      saleId: sale.id,
      listRuleId: null,
      chosenBecause: 'The oldest paid sale of the fair tier that costs more than its price.',
      heldMinor: sale.lackMinor,
      holdTransferId: await this.hold(tx, product, { id, ref, tier: 'fair', heldMinor: sale.lackMinor }),
    });
    await this.pools.drawFor(tx, pool, id, sale.lackMinor);
    tx.publish(saleReady({ ...sale, fablabId: product.fablabId, tier: 'fair' }));
  }

  /** Reserves the cost in the pool's account; nothing is reserved for what costs nothing. */
  private async hold(
    tx: Tx,
    product: Granted,
    grant: {
      readonly id: string;
      readonly ref: string;
      readonly tier: 'free' | 'fair';
      readonly heldMinor: bigint;
    },
  ): Promise<Id<'transfer'> | null> {
    if (grant.heldMinor === 0n) return null;
    const pool = grant.tier === 'free' ? product.book.freePool : product.book.fairPool;
    return this.ledger.pend(tx, {
      key: `grant:${grant.id}`,
      kind: 'grant',
      reference: grant.ref,
      description:
        grant.tier === 'free' ? `Cost of a free unit, ${grant.ref}` : `Support of a fair sale, ${grant.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: pool, amountMinor: grant.heldMinor },
        { accountId: product.book.funded, amountMinor: -grant.heldMinor },
      ],
    });
  }
}

export function saleReady(sale: {
  readonly id: Id<'sale'>;
  readonly ref: string;
  readonly fablabId: Id<'community'>;
  readonly productVersionId: Id<'productVersion'>;
  readonly tier: 'fair' | 'premium';
  readonly quantity: number;
  readonly dueOn: string;
}): SaleReady {
  const { id, ref, fablabId, productVersionId, tier, quantity, dueOn } = sale;
  return {
    type: 'freemium.sale-ready',
    payload: { saleId: id, ref, fablabId, productVersionId, tier, quantity, dueOn },
  };
}

function whyNext(
  request: WaitingRequest,
  rule: ListRule,
  given: ReadonlyMap<Id<'community'>, number>,
): string {
  const need = `Need class “${request.needClass}” (${NEED_CLASSES.indexOf(request.needClass) + 1} of ${NEED_CLASSES.length})`;
  const asked = `asked on ${request.askedOn}`;
  if (rule.rule === 'lottery') return `${need}; drawn by the lottery with the published seed.`;
  if (!request.communityId) return `${need}, ${asked}; a person without a community takes turns alone.`;
  return `${need}, ${asked}; its community was granted ${given.get(request.communityId) ?? 0} before.`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
