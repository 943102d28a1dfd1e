/** How many other claims a ready free-tier job waits for at most, unless the fablab has published another number. */
export const FREE_BOUND_DEFAULT = 3;
export const FREE_BOUND_MAX = 50;

/** What a lane remembers: claims of other tiers since its last free-tier claim, made while a free-tier job was ready. */
export interface LaneTurn {
  readonly claimsSinceFree: number;
}

/** True when the next claim in this lane must be of a free-tier job (invariant 8). */
export function freeIsDue(lane: LaneTurn, freeReady: boolean, bound: number): boolean {
  return freeReady && lane.claimsSinceFree >= bound;
}

/** What the lane remembers after a claim. */
export function afterClaim(lane: LaneTurn, claimedFree: boolean, freeReady: boolean): LaneTurn {
  if (claimedFree) return { claimsSinceFree: 0 };
  return freeReady ? { claimsSinceFree: lane.claimsSinceFree + 1 } : lane;
}

/**
 * How many other claims there can be at most before the free-tier job that is `turn`-th in its lane (from 1) is taken,
 * as long as the fablab keeps its bound.
 */
export function othersBeforeAtMost(lane: LaneTurn, turn: number, bound: number): number {
  return Math.max(bound - lane.claimsSinceFree, 0) + (turn - 1) * (bound + 1);
}
