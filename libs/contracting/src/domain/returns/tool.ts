import type { ReturnRule } from './open-part.js';

/** The very tool is owed, as much of it as came in. */
export const toolReturn: ReturnRule = ({ item, unit, receivedMilli, returnedMilli }) => {
  const milli = receivedMilli - returnedMilli;
  return milli > 0n ? [{ kind: 'tool', name: item ?? '', unit: unit ?? '', milli }] : [];
};
