import { DomainError, type Id } from '#kernel';

/** The pools of a product: what is set aside for its free, and for its fair, units. */
export const POOL_TIERS = ['free', 'fair'] as const;
export type PoolTier = (typeof POOL_TIERS)[number];

/**
 * Money that came into a pool at one time from one source: the share of a payment, or a gift. Lots are drawn on first
 * in, first out, so that each free unit can name what paid for it.
 */
export interface Lot {
  readonly id: Id<'poolLot'>;
  readonly amountMinor: bigint;
  /** What grants hold or have spent of it, and what went back with a reversed sale. */
  readonly drawnMinor: bigint;
}

/** A part of a lot that one grant holds or has spent. */
export interface Draw {
  readonly lotId: Id<'poolLot'>;
  readonly amountMinor: bigint;
}

export function leftMinor(lot: Pick<Lot, 'amountMinor' | 'drawnMinor'>): bigint {
  return lot.amountMinor - lot.drawnMinor;
}

/** What a pool can still pay out. */
export function availableMinor(lots: readonly Pick<Lot, 'amountMinor' | 'drawnMinor'>[]): bigint {
  return lots.reduce((sum, lot) => sum + leftMinor(lot), 0n);
}

/**
 * Takes an amount out of a pool, first in, first out.
 * @param lots in the order in which they came in; those after the last one needed may be left out
 * @returns draws that sum to the amount, none of zero
 * @throws DomainError `INSUFFICIENT_FUNDS` when the lots hold less
 */
export function drawFirstIn(lots: readonly Lot[], amountMinor: bigint): Draw[] {
  const draws: Draw[] = [];
  let missing = amountMinor;
  for (const lot of lots) {
    if (missing === 0n) break;
    const left = leftMinor(lot);
    if (left <= 0n) continue;
    const taken = left < missing ? left : missing;
    draws.push({ lotId: lot.id, amountMinor: taken });
    missing -= taken;
  }
  if (missing > 0n)
    throw new DomainError('INSUFFICIENT_FUNDS', 'The pool does not hold that much.', {
      missingMinor: missing.toString(),
    });
  return draws;
}

/**
 * Gives a part of what was drawn back to its lots, the last drawn first: what remains is then still first in, first out.
 * @param draws as they were drawn
 * @returns what goes back to each lot, last drawn first
 * @throws DomainError `BAD_INPUT` for more than was drawn
 */
export function giveBack(draws: readonly Draw[], amountMinor: bigint): Draw[] {
  const returned: Draw[] = [];
  let rest = amountMinor;
  for (const draw of [...draws].reverse()) {
    if (rest === 0n) break;
    const back = draw.amountMinor < rest ? draw.amountMinor : rest;
    returned.push({ lotId: draw.lotId, amountMinor: back });
    rest -= back;
  }
  if (rest > 0n)
    throw DomainError.badInput([
      { field: 'amountMinor', message: 'More was to be given back to the pool than was drawn from it.' },
    ]);
  return returned;
}
