import { DomainError } from '#kernel';
import { violatedConstraint } from '#platform';
import {
  keyReused,
  notReversible,
  overdrawn,
  partOutOfRange,
  resolvedAlready,
  reversedAlready,
} from '../domain/ledger.js';

/** What the database refuses by name, as a sentence. Other constraints are guarded before, so they are errors. */
const REFUSALS: Readonly<Record<string, () => DomainError>> = {
  limited_balance_respected: overdrawn,
  transfer_key_reused: keyReused,
  transfer_resolved_once: resolvedAlready,
  transfer_reversed_once: reversedAlready,
  transfer_reversible: notReversible,
  transfer_part_within_pending: partOutOfRange,
  transfer_pending_known: () => new DomainError('NOT_FOUND', 'There is no such pending transfer.'),
  transfer_accounts_known: () => new DomainError('NOT_FOUND', 'There is no such account.'),
};

/** The refusal that the ledger knows by name; any other error as it is. */
export function refusalFor(error: unknown): unknown {
  return REFUSALS[violatedConstraint(error) ?? '']?.() ?? error;
}
