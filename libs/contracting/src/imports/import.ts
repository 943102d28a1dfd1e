import { DomainError, type Id, type TransitionTable } from '#kernel';

/** The life of an import; repeated in the database as contracting.import_step_allowed. */
export const IMPORT_TRANSITIONS = {
  uploaded: ['applied', 'discarded'],
  applied: ['undone'],
  undone: [],
  discarded: [],
} as const satisfies TransitionTable<'uploaded' | 'applied' | 'undone' | 'discarded'>;
export type ImportState = keyof typeof IMPORT_TRANSITIONS;
export const IMPORT_STATES = Object.keys(IMPORT_TRANSITIONS) as ImportState[];

export interface ImportRow {
  readonly id: Id<'import'>;
  readonly fablabId: Id<'community'>;
  readonly fileName: string;
  /** Null once it was discarded. */
  readonly content: string | null;
  readonly state: ImportState;
  readonly uploadedBy: Id<'person'>;
  readonly uploadedAt: Date;
  readonly appliedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly undoReason: string | null;
}

/** What a row made; one of the three ids. */
export interface ImportDeedRow {
  readonly row: number;
  readonly kind: 'proposal' | 'payment' | 'repayment';
  readonly proposalId: Id<'pledgeProposal'> | null;
  readonly paymentId: Id<'payment'> | null;
  readonly repaymentId: Id<'obligationEvent'> | null;
  readonly pledgeId: Id<'pledge'> | null;
  readonly contractId: Id<'contract'>;
  readonly contractRef: string;
}

/** Says which row a refusal is about; the rest of it stays as it was. */
export function atRow(row: number, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new DomainError(error.code, `Row ${row}: ${error.message} Nothing was imported.`, {
    ...error.details,
    row,
  });
}
