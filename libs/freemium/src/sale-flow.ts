import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { LedgerService } from '#ledger';
import { IdSource, type Tx } from '#platform';
import type { SalePaid } from './domain/events.js';
import { splitPayment } from './domain/split.js';
import { Granting, saleReady } from './granting.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { RuleRepository } from './persistence/rule.repository.js';
import { SaleRepository, priceMinor, type Sale } from './persistence/sale.repository.js';
import { ProductBooks, splitLegs } from './product-books.js';

/** The way of a payment through books, pools and grants; the sale is locked by the caller. */
@Injectable()
export class SaleFlow {
  constructor(
    private readonly ids: IdSource,
    private readonly ledger: LedgerService,
    private readonly books: ProductBooks,
    private readonly rules: RuleRepository,
    private readonly pools: PoolRepository,
    private readonly granting: Granting,
    private readonly sales: SaleRepository,
  ) {}

  async receive(
    tx: Tx,
    sale: Sale,
    payment: { readonly amountMinor: bigint; readonly valueDate: Day; readonly by: Id<'person'> },
  ): Promise<void> {
    const { product, book } = await this.books.ofVersion(tx, sale.productVersionId, sale.currency);
    await this.books.lockPools(tx, sale.productId, sale.currency);
    const rule = await this.rules.splitRule(tx, sale.splitRuleId);
    const before = { floorMinor: sale.floorServedMinor, costMinor: sale.costServedMinor };
    const basis = { units: sale.quantity, unitCostMinor: sale.unitCostMinor };
    const { split, served } = splitPayment(rule, basis, before, payment.amountMinor);
    const id = this.ids.next<'salePayment'>();
    const transferId = await this.ledger.transfer(tx, {
      key: `sale-payment:${id}`,
      kind: 'sale-payment',
      reference: sale.ref,
      description: `Payment for ${sale.ref}, split by rule ${rule.number} of ${product.productName}`,
      valueDate: payment.valueDate,
      legs: splitLegs(book, split),
    });
    await this.sales.insertPayment(tx, {
      id,
      saleId: sale.id,
      amountMinor: payment.amountMinor,
      valueDate: payment.valueDate,
      split,
      floorMinor: served.floorMinor - before.floorMinor,
      transferId,
      reversesPaymentId: null,
      spentFreeMinor: 0n,
      spentFairMinor: 0n,
      recordedBy: payment.by,
    });
    const pool = { productId: sale.productId, currency: sale.currency };
    await this.pools.insertLot(tx, { ...pool, tier: 'free' }, split.freePool, { salePaymentId: id });
    await this.pools.insertLot(tx, { ...pool, tier: 'fair' }, split.fairPool, { salePaymentId: id });
    if (sale.paidMinor + payment.amountMinor === priceMinor(sale)) {
      await this.sales.step(tx, sale, { state: 'paid', by: payment.by });
      // A fair sale that costs more than its price is made once the fair pool adds what it lacks.
      if (served.costMinor === sale.unitCostMinor * BigInt(sale.quantity)) tx.publish(saleReady(sale));
    }
    tx.publish(salePaid(sale, payment));
    await this.granting.grantWhatIsPaidFor(tx, { ...pool, fablabId: sale.fablabId, book });
  }
}

function salePaid(sale: Sale, payment: { readonly amountMinor: bigint; readonly valueDate: Day }): SalePaid {
  return {
    type: 'freemium.sale-paid',
    payload: {
      saleId: sale.id,
      ref: sale.ref,
      fablabId: sale.fablabId,
      productId: sale.productId,
      productVersionId: sale.productVersionId,
      tier: sale.tier,
      amountMinor: payment.amountMinor.toString(),
      currency: sale.currency,
      valueDate: payment.valueDate,
    },
  };
}
