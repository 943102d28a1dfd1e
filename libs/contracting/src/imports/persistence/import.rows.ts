import type { Currency, Id } from '#kernel';

export const IMPORT = `
  SELECT i.id, i.fablab_id AS "fablabId", i.file_name AS "fileName", i.content, i.state, i.uploaded_by AS "uploadedBy",
         i.uploaded_at AS "uploadedAt", i.applied_at AS "appliedAt", i.undone_at AS "undoneAt",
         i.undo_reason AS "undoReason"
  FROM contracting.import i`;

export const DEEDS_OF_IMPORT = `
  SELECT d.row_number AS row, d.kind, d.proposal_id AS "proposalId", d.payment_id AS "paymentId",
         d.repayment_id AS "repaymentId", coalesce(y.pledge_id, e.pledge_id) AS "pledgeId", c.id AS "contractId",
         c.ref AS "contractRef"
  FROM contracting.import_deed d
  LEFT JOIN contracting.payment y ON y.id = d.payment_id
  LEFT JOIN contracting.obligation_event e ON e.id = d.repayment_id
  LEFT JOIN contracting.pledge_proposal o ON o.id = d.proposal_id
  LEFT JOIN contracting.pledge p ON p.id = coalesce(y.pledge_id, e.pledge_id)
  JOIN contracting.contract c ON c.id = coalesce(p.contract_id, o.contract_id)`;

export interface ProposalRow {
  readonly id: Id<'pledgeProposal'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly state: 'proposed' | 'confirmed' | 'declined' | 'withdrawn';
  readonly proposedAt: Date;
}

export const PROPOSAL = `
  SELECT o.id, o.contract_id AS "contractId", o.community_id AS "communityId", o.amount_minor AS "amountMinor",
         o.currency, o.state, o.proposed_at AS "proposedAt"
  FROM contracting.pledge_proposal o`;
