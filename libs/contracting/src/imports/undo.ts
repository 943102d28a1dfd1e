import { DomainError, type Id } from '#kernel';
import type { Obligation } from '../domain/obligation.js';
import type { ImportDeedRow } from './import.js';

export type UndoStep =
  | { readonly row: number; readonly kind: 'payment'; readonly id: Id<'payment'> }
  | { readonly row: number; readonly kind: 'repayment'; readonly id: Id<'obligationEvent'> };

/**
 * What is reversed of one pledge, in order: repayments, then payments, each the latest first. What was reversed by hand
 * since then is left as it is.
 * @throws DomainError `INVALID_STATE` when something was recorded later that depends on it, with what and when
 */
export function undoOrder(obligation: Obligation, deeds: readonly ImportDeedRow[]): UndoStep[] {
  const rowOfPayment = new Map(deeds.flatMap(({ paymentId, row }) => (paymentId ? [[paymentId, row]] : [])));
  const rowOfRepayment = new Map(
    deeds.flatMap(({ repaymentId, row }) => (repaymentId ? [[repaymentId, row]] : [])),
  );
  const repayments = obligation.events
    .filter(({ kind, isReversed }) => kind === 'repayment' && !isReversed)
    .toReversed()
    .flatMap(({ id }): UndoStep[] => {
      const row = rowOfRepayment.get(id);
      return row === undefined ? [] : [{ row, kind: 'repayment', id }];
    });
  const payments: UndoStep[] = [];
  let left = [...rowOfPayment.keys()].filter((id) =>
    obligation.payments.some((payment) => payment.id === id && !payment.isReversed),
  ).length;
  for (const payment of obligation.payments.filter(({ isReversed }) => !isReversed).toReversed()) {
    if (left === 0) break;
    const row = rowOfPayment.get(payment.id);
    if (row === undefined) {
      throw new DomainError(
        'INVALID_STATE',
        `A later payment of ${payment.valueDate} was recorded for a pledge that this import paid. Please reverse that one first. Nothing was undone.`,
        { paymentId: payment.id },
      );
    }
    payments.push({ row, kind: 'payment', id: payment.id });
    left -= 1;
  }
  return [...repayments, ...payments];
}
