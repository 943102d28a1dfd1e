import { DomainError, assertTransition, formatMoney, type Currency, type TransitionTable } from '#kernel';
import { SPLIT_PARTS, type Split, type SplitPart } from './split.js';

/**
 * `ordered`: nothing or a part is paid; `paid`: the whole price came in; `delivered`: the units were handed over;
 * `cancelled` before and `returned` after delivery: the payments were reversed.
 */
export const SALE_TRANSITIONS = {
  ordered: ['paid', 'cancelled'],
  paid: ['delivered', 'cancelled'],
  delivered: ['returned'],
  cancelled: [],
  returned: [],
} as const satisfies TransitionTable<'ordered' | 'paid' | 'delivered' | 'cancelled' | 'returned'>;
export type SaleState = keyof typeof SALE_TRANSITIONS;
export const SALE_STATES = Object.keys(SALE_TRANSITIONS) as SaleState[];

/** @throws DomainError `INVALID_STATE` */
export function assertSaleStep(
  sale: { readonly ref: string; readonly state: SaleState },
  to: SaleState,
): void {
  assertTransition<SaleState>(SALE_TRANSITIONS, `sale ${sale.ref}`, sale.state, to);
}

/**
 * @throws DomainError `INVALID_STATE` when the sale takes no payments any more, or for more than is missing of its
 * price: nobody pays over by mistake into a pool
 */
export function assertPayable(
  sale: {
    readonly ref: string;
    readonly state: SaleState;
    readonly currency: Currency;
    readonly priceMinor: bigint;
    readonly paidMinor: bigint;
  },
  amountMinor: bigint,
): void {
  if (sale.state !== 'ordered')
    throw new DomainError('INVALID_STATE', `Sale ${sale.ref} is ${sale.state}; it takes no payment.`, {
      state: sale.state,
    });
  const missing = sale.priceMinor - sale.paidMinor;
  if (amountMinor > missing)
    throw new DomainError(
      'INVALID_STATE',
      `Only ${formatMoney({ amountMinor: missing, currency: sale.currency })} of sale ${sale.ref} is not paid yet. What was paid beyond it belongs back to the buyer, or is recorded as a gift to the pool.`,
      { missingMinor: missing.toString() },
    );
}

/** Parts of a reversed payment that a pool may have spent meanwhile. */
const SPENDABLE = { freePool: 'free', fairPool: 'fair' } as const satisfies Partial<
  Record<SplitPart, string>
>;

export interface Unwound {
  /** What is taken back out of each part. */
  readonly taken: Split;
  /** What grants have spent or hold of the pools: it stays with the units it made, and the reserve bears it. */
  readonly spentMinor: { readonly freePool: bigint; readonly fairPool: bigint };
}

/**
 * Takes a payment's split back: every part whole, but for what pools have spent of it, which the reserve bears, so that
 * the buyer gets the whole payment back and no grant loses what paid for it.
 * @param left what is left of the lots that the payment brought into the pools
 */
export function unwind(
  split: Split,
  left: { readonly freePool: bigint; readonly fairPool: bigint },
): Unwound {
  const taken = Object.fromEntries(SPLIT_PARTS.map((part) => [part, split[part]])) as Record<
    SplitPart,
    bigint
  >;
  const spent = { freePool: 0n, fairPool: 0n };
  for (const part of Object.keys(SPENDABLE) as (keyof typeof SPENDABLE)[]) {
    const back = left[part] < split[part] ? left[part] : split[part];
    spent[part] = split[part] - back;
    taken[part] = back;
    taken.reserve += spent[part];
  }
  return { taken, spentMinor: spent };
}
