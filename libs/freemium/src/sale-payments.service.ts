import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, UnitOfWork, requireRole, type Viewer } from '#platform';
import { assertPayable } from './domain/sale.js';
import { SaleRepository, priceMinor } from './persistence/sale.repository.js';
import { SaleFlow } from './sale-flow.js';

export interface RecordSalePayment {
  readonly idempotencyKey: string;
  readonly saleId: string;
  readonly amount: { readonly amountMinor: bigint; readonly currency: string };
  readonly valueDate: string;
}

/** What came in for a sale: split, booked and put into the pools in one transaction, and granted from there. */
@Injectable()
export class SalePayments {
  constructor(
    private readonly flow: SaleFlow,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly sales: SaleRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` for more than is missing */
  record(viewer: Viewer, { idempotencyKey: key, ...input }: RecordSalePayment): Promise<Id<'sale'>> {
    const read = checkInput((check) => ({
      saleId: check.id<'sale'>('saleId', input.saleId, 'the sale'),
      amount: check.money('amount', input.amount),
      valueDate: check.day('valueDate', input.valueDate, 'the value date'),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'recordSalePayment', input },
        async () => {
          const sale = await this.sales.lock(tx, read.saleId);
          if (!sale) throw DomainError.notFound('sale', read.saleId);
          requireRole(viewer, sale.fablabId, ['coordinator', 'treasurer'], 'record payments of its sales');
          checkInput((check) => {
            if (read.amount.currency !== sale.currency)
              check.refuse('amount.currency', `Sale ${sale.ref} is in ${sale.currency}.`);
            if (read.valueDate > dayOf(tx.now))
              check.refuse(
                'valueDate',
                `The value date must not be in the future; today is ${dayOf(tx.now)}.`,
              );
          });
          assertPayable({ ...sale, priceMinor: priceMinor(sale) }, read.amount.amountMinor);
          await this.flow.receive(tx, sale, {
            ...read,
            amountMinor: read.amount.amountMinor,
            by: viewer.personId,
          });
          return sale.id;
        },
      ),
    );
  }
}
