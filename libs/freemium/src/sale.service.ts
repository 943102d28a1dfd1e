import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id } from '#kernel';
import { CatalogueService, OfferService, type ProductVersionSummary } from '#catalogue';
import { Idempotency, IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import { readOrder, unitPriceOf, type OrderGiven, type OrderRead } from './domain/order.js';
import { assertSaleStep } from './domain/sale.js';
import { nextRef } from './persistence/refs.js';
import { RuleRepository } from './persistence/rule.repository.js';
import { SaleRepository } from './persistence/sale.repository.js';

export interface OrderUnits extends OrderGiven {
  readonly idempotencyKey: string;
}

/** Ordering and handing over. What is paid, and paid back, is the business of `SalePayments`. */
@Injectable()
export class SaleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly catalogue: CatalogueService,
    private readonly offers: OfferService,
    private readonly rules: RuleRepository,
    private readonly sales: SaleRepository,
  ) {}

  /**
   * A community orders, or a person without an account does. Price and cost are those in force now.
   * @param viewer null for a person without an account
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`; `INVALID_STATE` when the tier is not offered
   */
  order(viewer: Viewer | null, { idempotencyKey: key, ...input }: OrderUnits): Promise<Id<'sale'>> {
    const order = checkInput((check) => readOrder(check, input));
    if (order.communityId)
      requireRole(viewer, order.communityId, ['coordinator', 'treasurer'], 'order for it');
    const actor = order.communityId && viewer ? viewer.personId : `buyer:${hashOf(order.accessWord ?? '')}`;
    // The word that opens the order's page is a secret, so it must not stand in the key's input either.
    const known = { ...input, accessWord: null };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor, key, operation: 'orderUnits', input: known }, () =>
        this.insert(tx, order),
      ),
    );
  }

  /** @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` unless it is paid */
  deliver(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: { readonly idempotencyKey: string; readonly saleId: string },
  ): Promise<Id<'sale'>> {
    const id = checkInput((check) => check.id<'sale'>('saleId', input.saleId, 'the sale'));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'deliverSale', input },
        async () => {
          const sale = await this.sales.lock(tx, id);
          if (!sale) throw DomainError.notFound('sale', id);
          requireRole(viewer, sale.fablabId, ['coordinator', 'treasurer'], 'hand its sales over');
          assertSaleStep(sale, 'delivered');
          await this.sales.step(tx, sale, { state: 'delivered', by: viewer.personId });
          return id;
        },
      ),
    );
  }

  private async insert(tx: Tx, order: OrderRead): Promise<Id<'sale'>> {
    const version = await this.requireVersion(order.productVersionId);
    const offers = await this.offers.inForce(tx, version.id, order.currency);
    const found = offers.find(({ offer }) => offer.tier === order.tier);
    if (!found)
      throw new DomainError(
        'INVALID_STATE',
        `${version.productName} ${version.label} is not offered in the ${order.tier} tier in ${order.currency}.`,
      );
    const unitPriceMinor = checkInput((check) => unitPriceOf(check, order, found.offer));
    const rule = await this.rules.splitRuleOn(tx, version.productId, order.currency, dayOf(tx.now));
    if (!rule)
      throw new DomainError(
        'INVALID_STATE',
        `${version.productName} has no published split rule in ${order.currency} yet, so it cannot be sold.`,
      );
    const id = this.ids.next<'sale'>();
    await this.sales.insert(tx, {
      id,
      ref: await nextRef(tx, 'sale'),
      fablabId: version.fablabId,
      productId: version.productId,
      productVersionId: version.id,
      tier: order.tier,
      form: found.offer.form,
      quantity: order.quantity,
      currency: order.currency,
      unitPriceMinor,
      unitCostMinor: found.unitCostMinor,
      splitRuleId: rule.id,
      buyerCommunityId: order.communityId,
      dueOn: order.dueOn,
      accessHash: order.accessWord === null ? null : Buffer.from(hashOf(order.accessWord), 'hex'),
      buyer: order.buyer,
    });
    return id;
  }

  private async requireVersion(id: Id<'productVersion'>): Promise<ProductVersionSummary> {
    const [version] = await this.catalogue.versionSummariesByIds([id]);
    if (!version) throw DomainError.notFound('product version', id);
    return version;
  }
}

function hashOf(word: string): string {
  return createHash('sha256').update(word).digest('hex');
}
