import type { Id } from '#kernel';
import { unitsOpen, type Obligation } from './obligation.js';
import { freeUnitsOpen } from './returns/units.js';

/** Units of one line that were accepted and count for no pledge yet. */
export interface AvailableUnits {
  readonly line: number;
  readonly receiverId: Id<'community'>;
  readonly isFree: boolean;
  readonly units: number;
}

export interface Allotment {
  readonly pledgeId: Id<'pledge'>;
  readonly kind: 'units' | 'free-units';
  readonly line: number;
  readonly units: number;
}

/**
 * Whom accepted units count for: the oldest pledge first, each as far as it is open. Units of a line settle the pledges
 * that are returned in units of this line; free units count for the premium purchases of others than their receiver.
 * A unit counts once: as the return of a pledge before it counts as somebody's promised free unit.
 * @param obligations in the order in which they were pledged, with what is open for each now
 */
export function allotUnits(
  available: readonly AvailableUnits[],
  obligations: readonly Obligation[],
): Allotment[] {
  const allotments: Allotment[] = [];
  const freeLeft = new Map(obligations.map((each) => [each.pledgeId, freeUnitsOpen(each)]));
  for (const { line, receiverId, isFree, units } of available) {
    let left = units;
    const give = (pledgeId: Id<'pledge'>, kind: Allotment['kind'], wanted: number): number => {
      const given = Math.min(left, wanted);
      if (given <= 0) return 0;
      left -= given;
      allotments.push({ pledgeId, kind, line, units: given });
      return given;
    };
    const own = obligations.filter(({ communityId }) => communityId === receiverId);
    for (const obligation of own)
      if (obligation.returnKind === 'units' && obligation.line === line)
        give(obligation.pledgeId, 'units', unitsOpen(obligation));
    if (!isFree) continue;
    for (const { pledgeId, communityId } of obligations) {
      if (communityId === receiverId) continue;
      const wanted = freeLeft.get(pledgeId) ?? 0;
      freeLeft.set(pledgeId, wanted - give(pledgeId, 'free-units', wanted));
    }
  }
  return allotments;
}
