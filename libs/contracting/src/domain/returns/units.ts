import { owedMinor, unitsOpen, type Obligation } from '../obligation.js';
import type { OpenPart, ReturnRule } from './open-part.js';

/** Units that were paid for: those that bring free units for others with them. */
function unitsPaid({ units, unitPriceMinor, receivedMinor, repaidMinor }: Obligation): number {
  if (unitPriceMinor === 0n) return 0;
  return Math.min(units, Number((receivedMinor - repaidMinor) / unitPriceMinor));
}

/** Free units for others that the units which were paid for bring, and that are neither delivered nor let go. */
export function freeUnitsOpen(obligation: Obligation): number {
  const { units, freeUnits, freeDelivered, freeWaived } = obligation;
  if (units === 0 || freeUnits === 0) return 0;
  const promised = Math.floor((freeUnits * unitsPaid(obligation)) / units);
  return Math.max(0, promised - freeDelivered - freeWaived);
}

export const unitsReturn: ReturnRule = (obligation) => {
  const parts: OpenPart[] = [];
  const units = unitsOpen(obligation);
  const change = owedMinor(obligation) - BigInt(units) * obligation.unitPriceMinor;
  const free = freeUnitsOpen(obligation);
  if (units > 0 && obligation.line !== null) parts.push({ kind: 'units', line: obligation.line, units });
  if (change > 0n) parts.push({ kind: 'money', amountMinor: change });
  if (free > 0) parts.push({ kind: 'freeUnits', units: free });
  return parts;
};
