import type { ReturnKind } from '../instrument.js';
import { outstandingMilli, outstandingMinor, type Obligation } from '../obligation.js';
import { moneyReturn } from './money.js';
import { nothingReturn } from './nothing.js';
import type { OpenPart, ReturnRule } from './open-part.js';
import { toolReturn } from './tool.js';
import { unitsReturn } from './units.js';

export type { OpenPart, ReturnRule } from './open-part.js';

/** What ends scrutiny, for each kind of return; `contracting.pledge_open` of the database says the same. */
export const RETURN_RULES: Readonly<Record<ReturnKind, ReturnRule>> = {
  money: moneyReturn,
  units: unitsReturn,
  tool: toolReturn,
  nothing: nothingReturn,
};

/** All that the fablab still owes for a pledge. */
export function openParts(obligation: Obligation): readonly OpenPart[] {
  if (obligation.isTerminated) return moneyReturn(obligation);
  return RETURN_RULES[obligation.returnKind](obligation);
}

/** The obligation is open: something is owed for the pledge, so its supporter has scrutiny. */
export function isOpen(obligation: Obligation): boolean {
  return openParts(obligation).length > 0;
}

/** Nothing is owed for the pledge any more, by either side. */
export function isFulfilled(obligation: Obligation): boolean {
  const isPromised =
    outstandingMinor(obligation) > 0n || (outstandingMilli(obligation) > 0n && !obligation.isTerminated);
  return !isPromised && !isOpen(obligation);
}
