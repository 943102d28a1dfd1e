import { assertTransition, type TransitionTable } from '#kernel';

/**
 * `held`: the cost is held in the pool and a work order is queued; `made`: the unit is ready, its actual cost is
 * posted; `delivered`: the requester has it; `failed`: the unit could not be made, and the hold was given back.
 */
export const GRANT_TRANSITIONS = {
  held: ['made', 'failed'],
  made: ['delivered'],
  delivered: [],
  failed: [],
} as const satisfies TransitionTable<'held' | 'made' | 'delivered' | 'failed'>;
export type GrantState = keyof typeof GRANT_TRANSITIONS;
export const GRANT_STATES = Object.keys(GRANT_TRANSITIONS) as GrantState[];

/** @throws DomainError `INVALID_STATE` */
export function assertGrantStep(
  grant: { readonly ref: string; readonly state: GrantState },
  to: GrantState,
): void {
  assertTransition<GrantState>(GRANT_TRANSITIONS, `grant ${grant.ref}`, grant.state, to);
}

/** What becomes of a hold once the actual cost is known. */
export interface Settlement {
  /** Posted out of the pool: the actual cost, but never more than was held for it. */
  readonly spentMinor: bigint;
  /** Goes back to the lots that were drawn last. */
  readonly returnedMinor: bigint;
  /** What the unit cost beyond its hold: the reserve bears it, never the next in line. */
  readonly overrunMinor: bigint;
}

/** @param actualMinor what the workshop says that the unit cost; not below zero */
export function settleGrant(heldMinor: bigint, actualMinor: bigint): Settlement {
  const spentMinor = actualMinor < heldMinor ? actualMinor : heldMinor;
  return {
    spentMinor,
    returnedMinor: heldMinor - spentMinor,
    overrunMinor: actualMinor - spentMinor,
  };
}
