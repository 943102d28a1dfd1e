import { allocate, type Day, type Id } from '#kernel';
import type { Instalment } from './schedule.js';

/** Premium sales of a period. */
export interface PremiumSales {
  readonly toDay: Day;
  readonly amountMinor: bigint;
}

/** What a pledge that is returned from premium sales has to do with the others of its offer. */
export interface ShareFacts {
  readonly basisPoints: number;
  /** In the order of their last days. */
  readonly sales: readonly PremiumSales[];
  /** Everything that came in for pledges of this offer, in the order in which they were pledged. */
  readonly lent: readonly { readonly pledgeId: Id<'pledge'>; readonly receivedMinor: bigint }[];
}

const ALL = 10_000n;

/**
 * What falls to one pledge from each period: the share of all sales so far, rounded down, less what was shared before,
 * divided among the offer's pledges by what they lent, by largest remainder. So nothing is lost to rounding.
 */
export function sharesOf(
  pledgeId: Id<'pledge'>,
  { basisPoints, sales, lent }: ShareFacts,
): { readonly dueOn: Day; readonly amountMinor: bigint }[] {
  const place = lent.findIndex((each) => each.pledgeId === pledgeId);
  const weights = lent.map(({ receivedMinor }) => receivedMinor);
  if (place < 0 || weights.every((weight) => weight === 0n)) return [];
  let sold = 0n;
  let shared = 0n;
  return sales.map(({ toDay, amountMinor }) => {
    sold += amountMinor;
    const share = (sold * BigInt(basisPoints)) / ALL - shared;
    shared += share;
    return { dueOn: toDay, amountMinor: allocate(share, weights)[place] ?? 0n };
  });
}

/**
 * The instalments that premium sales made due so far. Together they are never more than the whole; what is not due yet
 * waits for further sales.
 */
export function shareInstalments(
  shares: readonly { readonly dueOn: Day; readonly amountMinor: bigint }[],
  totalMinor: bigint,
  returnedMinor: bigint,
): Instalment[] {
  let rest = totalMinor;
  let left = returnedMinor;
  return shares
    .map(({ dueOn, amountMinor: share }) => {
      const amountMinor = share < rest ? share : rest;
      rest -= amountMinor;
      const returned = left < amountMinor ? left : amountMinor;
      left -= returned;
      return { dueOn, amountMinor, openMinor: amountMinor - returned };
    })
    .filter(({ amountMinor }) => amountMinor > 0n)
    .map((each, index) => ({ number: index + 1, ...each }));
}
