import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id } from '#kernel';
import { IdSource, type Viewer } from '#platform';
import { settle } from './domain/obligation.js';
import { assertPaymentReversible, assertRepaymentReversible } from './domain/obligation-reversal.js';
import { readPublicReason } from './domain/personal-data.js';
import { ObligationBooks } from './obligation-books.js';
import { ObligationDeeds } from './obligation-deeds.js';
import { ObligationRepository } from './persistence/obligation.repository.js';

interface RepaymentGiven {
  readonly idempotencyKey: string;
  readonly pledgeId: string;
  readonly amount: { readonly amountMinor: bigint; readonly currency: string };
  readonly valueDate: string;
}

/** What the fablab's treasurers do about its obligations: give back, and correct what was recorded wrongly. */
@Injectable()
export class RepaymentService {
  constructor(
    private readonly deeds: ObligationDeeds,
    private readonly obligations: ObligationRepository,
    private readonly books: ObligationBooks,
    private readonly ids: IdSource,
  ) {}

  /**
   * Part of what is owed, or all of it, at any time. It settles the interest that is due first, then the principal.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for more than is owed
   */
  record(viewer: Viewer, { idempotencyKey: key, ...input }: RepaymentGiven): Promise<Id<'pledge'>> {
    const { pledgeId, amount, valueDate } = checkInput((check) => ({
      pledgeId: check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'),
      amount: check.money('amount', input.amount),
      valueDate: check.day('valueDate', input.valueDate, 'the value date'),
    }));
    return this.deeds.run(
      {
        viewer,
        key,
        input,
        deed: 'recordRepayment',
        pledge: () => Promise.resolve(pledgeId),
        sought: { what: 'pledge', id: pledgeId },
      },
      async ({ tx, contract, obligation }) => {
        const today = dayOf(tx.now);
        if (amount.currency !== contract.currency)
          throw refused('amount.currency', `The contract ${contract.ref} is in ${contract.currency}.`);
        if (valueDate > today)
          throw refused('valueDate', `The value date must not be in the future; today is ${today}.`);
        const settled = settle(obligation, amount.amountMinor, valueDate, 'repaid');
        const id = this.ids.next<'obligationEvent'>();
        const transferId = await this.books.repay(tx, contract, obligation, { ...settled, id, valueDate });
        await this.obligations.insert(tx, obligation, {
          ...settled,
          id,
          kind: 'repayment',
          valueDate,
          transferId,
          recordedBy: viewer.personId,
        });
      },
    );
  }

  /**
   * Takes back a payment that was recorded wrongly; the promise of the supporter stands again.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` after the closing release, a second
   * time, and when it was repaid or forgiven already
   */
  reversePayment(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: { readonly idempotencyKey: string; readonly paymentId: string; readonly reason: string },
  ): Promise<Id<'pledge'>> {
    const { paymentId, reason } = checkInput((check) => ({
      paymentId: check.id<'payment'>('paymentId', input.paymentId, 'the payment'),
      reason: readPublicReason(check, input.reason),
    }));
    return this.deeds.run(
      {
        viewer,
        key,
        input,
        deed: 'reversePayment',
        pledge: (tx) => this.obligations.pledgeOfPayment(tx, paymentId),
        sought: { what: 'payment', id: paymentId },
      },
      async ({ tx, contract, obligation }) => {
        const payment = obligation.payments.find(({ id }) => id === paymentId);
        if (!payment) throw DomainError.notFound('payment', paymentId);
        assertPaymentReversible(obligation, payment);
        const id = this.ids.next<'obligationEvent'>();
        const { transferId: wrong, amountMinor } = payment;
        const transferId = await this.books.reverse(tx, contract, { id, transferId: wrong, what: 'Payment' });
        await this.obligations.insert(tx, obligation, {
          id,
          kind: 'reversal',
          amountMinor,
          valueDate: dayOf(tx.now),
          reason,
          reversesPaymentId: paymentId,
          transferId,
          recordedBy: viewer.personId,
        });
      },
    );
  }

  /**
   * Takes back a repayment that was recorded wrongly; what it settled is owed again.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` after the closing release or a second time
   */
  reverseRepayment(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: { readonly idempotencyKey: string; readonly repaymentId: string; readonly reason: string },
  ): Promise<Id<'pledge'>> {
    const { repaymentId, reason } = checkInput((check) => ({
      repaymentId: check.id<'obligationEvent'>('repaymentId', input.repaymentId, 'the repayment'),
      reason: readPublicReason(check, input.reason),
    }));
    return this.deeds.run(
      {
        viewer,
        key,
        input,
        deed: 'reverseRepayment',
        pledge: (tx) => this.obligations.pledgeOfEvent(tx, repaymentId),
        sought: { what: 'repayment', id: repaymentId },
      },
      async ({ tx, contract, obligation }) => {
        const event = obligation.events.find(({ id, kind }) => id === repaymentId && kind === 'repayment');
        if (!event?.transferId) throw DomainError.notFound('repayment', repaymentId);
        assertRepaymentReversible(event);
        const id = this.ids.next<'obligationEvent'>();
        const { transferId: wrong, amountMinor, interestMinor } = event;
        const transferId = await this.books.reverse(tx, contract, {
          id,
          transferId: wrong,
          what: 'Repayment',
        });
        await this.obligations.insert(tx, obligation, {
          id,
          kind: 'reversal',
          amountMinor,
          interestMinor,
          valueDate: dayOf(tx.now),
          reason,
          reversesEventId: repaymentId,
          transferId,
          recordedBy: viewer.personId,
        });
      },
    );
  }
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
