import { owedMinor } from '../obligation.js';
import type { ReturnRule } from './open-part.js';

/** The principal is owed. */
export const moneyReturn: ReturnRule = (obligation) => {
  const amountMinor = owedMinor(obligation);
  return amountMinor > 0n ? [{ kind: 'money', amountMinor }] : [];
};
