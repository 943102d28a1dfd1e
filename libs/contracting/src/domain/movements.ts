import type { Day } from '#kernel';
import type { Obligation } from './obligation.js';

export const MOVEMENT_KINDS = ['received', 'repaid', 'interest', 'delivered', 'forgiven', 'waived'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What moved for a pledge on one day. */
export interface Movement {
  readonly kind: MovementKind;
  readonly valueDate: Day;
  /** Below zero where more was taken back that day than was recorded. */
  readonly amountMinor: bigint;
}

/**
 * What the public sees behind the sums of a pledge: a total for each kind and value date, in the order of dates, and
 * nothing about single transfers or who recorded them. Each kind adds up to the sum that is shown.
 */
export function movementsOf({ payments, events }: Pick<Obligation, 'payments' | 'events'>): Movement[] {
  const totals = new Map<string, Movement>();
  const add = (kind: MovementKind, valueDate: Day, amountMinor: bigint): void => {
    const key = `${valueDate} ${MOVEMENT_KINDS.indexOf(kind)}`;
    const sum = (totals.get(key)?.amountMinor ?? 0n) + amountMinor;
    totals.set(key, { kind, valueDate, amountMinor: sum });
  };
  for (const { valueDate, amountMinor } of payments) add('received', valueDate, amountMinor);
  for (const event of events) {
    const { valueDate, amountMinor, interestMinor } = event;
    switch (event.kind) {
      case 'repayment':
        add('repaid', valueDate, amountMinor);
        add('interest', valueDate, interestMinor);
        break;
      case 'units':
        add('delivered', valueDate, amountMinor);
        break;
      case 'write-off':
      case 'unit-waiver':
        add('forgiven', valueDate, amountMinor);
        break;
      case 'waiver':
        add('waived', valueDate, amountMinor);
        break;
      case 'reversal':
        add(event.reversesPaymentId ? 'received' : 'repaid', valueDate, -amountMinor);
        if (!event.reversesPaymentId) add('interest', valueDate, -interestMinor);
        break;
      // Neither moves money.
      case 'deferral':
      case 'free-units':
      case 'free-unit-waiver':
        break;
    }
  }
  return [...totals]
    .filter(([, { amountMinor }]) => amountMinor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, movement]) => movement);
}
