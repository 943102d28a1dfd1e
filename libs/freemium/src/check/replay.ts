import type { Id } from '#kernel';
import type { PoolTier } from '../domain/pool.js';

/** What came into a pool, in the order in which it did. */
export interface ReplayLot {
  readonly id: Id<'poolLot'>;
  readonly amountMinor: bigint;
  readonly drawnMinor: bigint;
}

/** What was drawn or given back, in the order in which it was. */
export interface ReplayDraw {
  readonly lotId: Id<'poolLot'>;
  readonly grantId: Id<'unitGrant'> | null;
  readonly amountMinor: bigint;
}

export interface ReplayPool {
  readonly tier: PoolTier;
  readonly availableMinor: bigint;
  /** By the ledger's entries. */
  readonly bookedMinor: bigint;
  readonly lots: readonly ReplayLot[];
  readonly draws: readonly ReplayDraw[];
}

export interface Replayed {
  /** The sum of all differences between what is kept and what follows from the rows, and of draws out of turn. */
  readonly driftMinor: bigint;
  /** What each grant has drawn in all. */
  readonly drawnByGrant: ReadonlyMap<Id<'unitGrant'>, bigint>;
}

interface Left {
  readonly position: number;
  leftMinor: bigint;
}

/**
 * Attributes a pool's money anew: every draw must take the first lot that had something left then, and every return
 * must go to the lot that the grant had drawn last. Linear in lots and draws.
 */
export function replay(pool: ReplayPool): Replayed {
  const lots = new Map<Id<'poolLot'>, Left>(
    pool.lots.map(({ id, amountMinor }, position) => [id, { position, leftMinor: amountMinor }]),
  );
  const inOrder = [...lots.values()];
  const held = new Map<Id<'unitGrant'>, { lotId: Id<'poolLot'>; amountMinor: bigint }[]>();
  let first = 0;
  let driftMinor = 0n;
  for (const draw of pool.draws) {
    const lot = lots.get(draw.lotId);
    if (!lot) {
      driftMinor += magnitude(draw.amountMinor);
      continue;
    }
    if (draw.grantId !== null && draw.amountMinor > 0n) {
      while (first < inOrder.length && (inOrder[first] as Left).leftMinor === 0n) first += 1;
      if (lot.position !== first) driftMinor += draw.amountMinor;
      held.set(draw.grantId, [...(held.get(draw.grantId) ?? []), { ...draw }]);
    } else if (draw.grantId !== null) {
      driftMinor += returned(held.get(draw.grantId) ?? [], draw);
      first = Math.min(first, lot.position);
    }
    lot.leftMinor -= draw.amountMinor;
    if (lot.leftMinor < 0n) driftMinor -= lot.leftMinor;
  }
  const left = inOrder.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
  for (const { id, amountMinor, drawnMinor } of pool.lots)
    driftMinor += magnitude(amountMinor - drawnMinor - (lots.get(id)?.leftMinor ?? 0n));
  driftMinor += magnitude(left - pool.availableMinor) + magnitude(left - pool.bookedMinor);
  const drawnByGrant = new Map(
    [...held].map(
      ([id, draws]) => [id, draws.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)] as const,
    ),
  );
  return { driftMinor, drawnByGrant };
}

/** Takes a return off what a grant had drawn last. @returns what did not belong there */
function returned(draws: { lotId: Id<'poolLot'>; amountMinor: bigint }[], back: ReplayDraw): bigint {
  const amount = -back.amountMinor;
  const last = draws.findLast(({ amountMinor }) => amountMinor > 0n);
  if (last?.lotId !== back.lotId || last.amountMinor < amount) return amount;
  last.amountMinor -= amount;
  return 0n;
}

export function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
