import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import { Idempotency, UnitOfWork, requireRole, type Viewer } from '#platform';
import { assertSaleStep } from './domain/sale.js';
import { SaleRepository } from './persistence/sale.repository.js';
import { ReversalWork } from './reversal-work.js';

export interface ReverseSale {
  readonly idempotencyKey: string;
  readonly saleId: string;
  /** Public. */
  readonly reason: string;
}

/**
 * A sale is cancelled before delivery, or its units come back after: every payment is reversed, and what pools have
 * not spent of it goes out of them. What they have spent stays with the units that it made; the reserve bears it.
 */
@Injectable()
export class SaleReversal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly sales: SaleRepository,
    private readonly work: ReversalWork,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` once delivered */
  cancel(viewer: Viewer, input: ReverseSale): Promise<Id<'sale'>> {
    return this.reverse(viewer, input, 'cancelled');
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` unless delivered */
  takeBack(viewer: Viewer, input: ReverseSale): Promise<Id<'sale'>> {
    return this.reverse(viewer, input, 'returned');
  }

  private reverse(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: ReverseSale,
    state: 'cancelled' | 'returned',
  ): Promise<Id<'sale'>> {
    const { saleId, reason } = checkInput((check) => ({
      saleId: check.id<'sale'>('saleId', input.saleId, 'the sale'),
      reason: check.text('reason', input.reason, { max: LIMITS.summaryCharsMax, name: 'a reason' }),
    }));
    const operation = state === 'cancelled' ? 'cancelSale' : 'returnSale';
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation, input }, async () => {
        const sale = await this.sales.lock(tx, saleId);
        if (!sale) throw DomainError.notFound('sale', saleId);
        requireRole(viewer, sale.fablabId, ['coordinator', 'treasurer'], 'reverse its sales');
        assertSaleStep(sale, state);
        await this.work.reverse(tx, sale, { state, reason, by: viewer.personId });
        return saleId;
      }),
    );
  }
}
