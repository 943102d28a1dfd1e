import { hasContributed } from '../obligation.js';
import type { ReturnRule } from './open-part.js';

/** Nothing goes back to the supporter; what it was given for is owed to those who receive it. */
export const nothingReturn: ReturnRule = (obligation) =>
  hasContributed(obligation) && !obligation.deliverablesDone
    ? [{ kind: 'deliverables', line: obligation.line }]
    : [];
