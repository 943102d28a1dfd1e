import { Injectable } from '@nestjs/common';
import { dayOf, type Id } from '#kernel';
import { LedgerService } from '#ledger';
import { IdSource, type Tx } from '#platform';
import type { GrantsDue, SaleReversed } from './domain/events.js';
import type { PoolTier } from './domain/pool.js';
import { unwind } from './domain/sale.js';
import { SPLIT_PARTS, type Split } from './domain/split.js';
import { GrantFlow } from './grant-flow.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { SaleRepository, type Sale, type SalePayment } from './persistence/sale.repository.js';
import { ProductBooks, reversalLegs, type ProductBook } from './product-books.js';

interface Reversal {
  readonly state: 'cancelled' | 'returned';
  readonly reason: string;
  readonly by: Id<'person'>;
}

/** The bookings of a reversal; the sale is locked by the caller. */
@Injectable()
export class ReversalWork {
  constructor(
    private readonly ids: IdSource,
    private readonly ledger: LedgerService,
    private readonly books: ProductBooks,
    private readonly pools: PoolRepository,
    private readonly sales: SaleRepository,
    private readonly grants: GrantFlow,
  ) {}

  async reverse(tx: Tx, sale: Sale, reversal: Reversal): Promise<void> {
    const { book } = await this.books.ofVersion(tx, sale.productVersionId, sale.currency);
    await this.books.lockPools(tx, sale.productId, sale.currency);
    await this.sales.step(tx, sale, { state: reversal.state, reason: reversal.reason, by: reversal.by });
    for (const payment of await this.sales.countingPayments(tx, sale.id))
      await this.takeBack(tx, sale, { payment, book, ...reversal });
    if (reversal.state === 'cancelled') await this.grants.endSupport(tx, sale.id);
    const event: SaleReversed = {
      type: 'freemium.sale-reversed',
      payload: {
        saleId: sale.id,
        ref: sale.ref,
        fablabId: sale.fablabId,
        amountMinor: sale.paidMinor.toString(),
        currency: sale.currency,
        reason: reversal.reason,
      },
    };
    tx.publish(event);
    // What came back to the fair pool may be what another sale waits for.
    const due: GrantsDue = {
      type: 'freemium.grants-due',
      payload: { productId: sale.productId, currency: sale.currency },
    };
    tx.publish(due);
  }

  private async takeBack(
    tx: Tx,
    sale: Sale,
    given: Reversal & { readonly payment: SalePayment; readonly book: ProductBook },
  ): Promise<void> {
    const { payment, book } = given;
    const lots = await this.pools.leftOfPayment(tx, payment.id);
    const left = (tier: PoolTier): bigint => lots.find((lot) => lot.tier === tier)?.leftMinor ?? 0n;
    const { taken, spentMinor } = unwind(payment.split, { freePool: left('free'), fairPool: left('fair') });
    const id = this.ids.next<'salePayment'>();
    const transferId = await this.ledger.transfer(tx, {
      key: `sale-reversal:${id}`,
      kind: 'reversal',
      reference: sale.ref,
      description: given.reason,
      valueDate: dayOf(tx.now),
      legs: reversalLegs(book, taken),
    });
    await this.sales.insertPayment(tx, {
      id,
      saleId: sale.id,
      amountMinor: -payment.amountMinor,
      valueDate: dayOf(tx.now),
      split: negated(taken),
      floorMinor: -payment.floorMinor,
      transferId,
      reversesPaymentId: payment.id,
      spentFreeMinor: spentMinor.freePool,
      spentFairMinor: spentMinor.fairPool,
      recordedBy: given.by,
    });
    const draws = lots
      .map(({ lotId, tier }) => ({ lotId, amountMinor: tier === 'free' ? taken.freePool : taken.fairPool }))
      .filter(({ amountMinor }) => amountMinor > 0n);
    await this.pools.insertDraws(tx, draws, { salePaymentId: id });
  }
}

function negated(split: Split): Split {
  return Object.fromEntries(SPLIT_PARTS.map((part) => [part, -split[part]])) as unknown as Split;
}
