import { DomainError } from '#kernel';
import {
  owedMinor,
  reversibleMinor,
  type Obligation,
  type ObligationEvent,
  type ObligationPayment,
} from './obligation.js';
import { amountWords } from './words.js';

/**
 * A payment can be reversed while what it brought is still owed, the latest first: what each settled of the pledge
 * depends on those before it.
 * @throws DomainError `INVALID_STATE`
 */
export function assertPaymentReversible(obligation: Obligation, payment: ObligationPayment): void {
  if (payment.isReversed) throw reversedBefore('payment');
  const latest = obligation.payments.findLast(({ isReversed }) => !isReversed);
  if (latest && latest.id !== payment.id) {
    throw new DomainError(
      'INVALID_STATE',
      'A later payment of this pledge was recorded. Please reverse that one first, and record it again afterwards.',
      { paymentId: latest.id },
    );
  }
  if (payment.amountMinor <= reversibleMinor(obligation)) return;
  throw new DomainError(
    'INVALID_STATE',
    `Of what was received for this pledge, only ${amountWords(owedMinor(obligation), obligation.currency)} is not yet repaid or forgiven; this payment is more. Please reverse the repayment first.`,
    { owedMinor: owedMinor(obligation).toString() },
  );
}

/** @throws DomainError `INVALID_STATE` */
export function assertRepaymentReversible(event: ObligationEvent): void {
  if (event.isReversed) throw reversedBefore('repayment');
}

function reversedBefore(what: string): DomainError {
  return new DomainError('INVALID_STATE', `This ${what} was reversed before; that happens once.`);
}
