import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import type { Tx } from '#platform';
import type { ImportDeedRow, ImportRow } from '../import.js';
import type { DeedKind } from '../plan.js';
import { DEEDS_OF_IMPORT, IMPORT, PROPOSAL, type ProposalRow } from './import.rows.js';

export interface NewImport {
  readonly id: Id<'import'>;
  readonly fablabId: Id<'community'>;
  readonly fileName: string;
  readonly content: string;
  readonly sha256: string;
  readonly uploadedBy: Id<'person'>;
}

export interface NewProposal {
  readonly id: Id<'pledgeProposal'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly importId: Id<'import'>;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly proposedBy: Id<'person'>;
}

/** How much of a UUIDv7 is its time. */
const MILLISECOND_CHARS = 'xxxxxxxx-xxxx'.length;

/** Writes imports and the pledges that they propose. What else they do is written by the services of the deeds. */
@Injectable()
export class ImportRepository {
  async insert(tx: Tx, given: NewImport): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.import (id, fablab_id, file_name, content, sha256, state, uploaded_by, uploaded_at)
       VALUES ($1, $2, $3, $4, $5, 'uploaded', $6, $7)`,
      [given.id, given.fablabId, given.fileName, given.content, given.sha256, given.uploadedBy, tx.now],
    );
  }

  /** Until the end of the transaction nobody else applies or undoes it. */
  async lock(tx: Tx, id: Id<'import'>): Promise<ImportRow | null> {
    const [row] = await tx.query<ImportRow>(`${IMPORT} WHERE i.id = $1 FOR NO KEY UPDATE OF i`, [id]);
    return row ?? null;
  }

  /** Two tables of one fablab are applied one after the other: the second is compared with what the first did. */
  async lockFablab(tx: Tx, fablabId: Id<'community'>): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))`, [fablabId]);
  }

  /** In the order of ids, before anything is booked: whoever books on one of them waits here, and not in a circle. */
  async lockContracts(tx: Tx, ids: readonly Id<'contract'>[]): Promise<void> {
    await tx.query(
      `SELECT id FROM contracting.contract WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
  }

  async lockProposal(tx: Tx, id: Id<'pledgeProposal'>): Promise<ProposalRow | null> {
    const [row] = await tx.query<ProposalRow>(`${PROPOSAL} WHERE o.id = $1 FOR NO KEY UPDATE OF o`, [id]);
    return row ?? null;
  }

  async apply(tx: Tx, id: Id<'import'>, by: Id<'person'>): Promise<void> {
    await tx.execute(
      `UPDATE contracting.import SET state = 'applied', applied_by = $2, applied_at = $3 WHERE id = $1`,
      [id, by, tx.now],
    );
  }

  async undo(tx: Tx, id: Id<'import'>, by: Id<'person'>, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE contracting.import SET state = 'undone', undone_by = $2, undone_at = $3, undo_reason = $4 WHERE id = $1`,
      [id, by, tx.now, reason],
    );
  }

  async discard(tx: Tx, id: Id<'import'>): Promise<void> {
    await tx.execute(`UPDATE contracting.import SET state = 'discarded', content = NULL WHERE id = $1`, [id]);
  }

  async insertDeed(
    tx: Tx,
    importId: Id<'import'>,
    deed: { readonly row: number; readonly kind: DeedKind; readonly madeId: string },
  ): Promise<void> {
    const column = { proposal: 'proposal_id', payment: 'payment_id', repayment: 'repayment_id' }[deed.kind];
    await tx.execute(
      `INSERT INTO contracting.import_deed (import_id, row_number, kind, ${column}) VALUES ($1, $2, $3, $4)`,
      [importId, deed.row, deed.kind, deed.madeId],
    );
  }

  deedsOf(tx: Tx, id: Id<'import'>): Promise<ImportDeedRow[]> {
    return tx.query(`${DEEDS_OF_IMPORT} WHERE d.import_id = $1 ORDER BY d.row_number, d.kind`, [id]);
  }

  /**
   * What was recorded for the pledge in this very unit of work and is linked to no row yet: the contract is locked,
   * and nobody else's bookings carry this moment.
   * @param before an id that was made before it was recorded; those of earlier milliseconds are not looked at, so that
   * the thousandth payment of a pledge is found as quickly as the first
   */
  async justMade(
    tx: Tx,
    kind: 'payment' | 'repayment',
    { pledgeId, before }: { readonly pledgeId: Id<'pledge'>; readonly before: string },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      kind === 'payment'
        ? `SELECT y.id FROM contracting.payment y WHERE y.pledge_id = $1 AND y.id >= $3 AND y.recorded_at = $2
             AND NOT EXISTS (SELECT FROM contracting.import_deed d WHERE d.payment_id = y.id)`
        : `SELECT e.id FROM contracting.obligation_event e
           WHERE e.pledge_id = $1 AND e.id >= $3 AND e.recorded_at = $2 AND e.kind = 'repayment'
             AND NOT EXISTS (SELECT FROM contracting.import_deed d WHERE d.repayment_id = e.id)`,
      [pledgeId, tx.now, `${before.slice(0, MILLISECOND_CHARS)}-0000-0000-000000000000`],
    );
    if (!row) throw new Error(`The ${kind} that a row asked for was not recorded.`);
    return row.id;
  }

  async insertProposal(tx: Tx, proposal: NewProposal): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.pledge_proposal
         (id, contract_id, community_id, import_id, amount_minor, currency, state, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8)`,
      [
        proposal.id,
        proposal.contractId,
        proposal.communityId,
        proposal.importId,
        proposal.amountMinor,
        proposal.currency,
        proposal.proposedBy,
        tx.now,
      ],
    );
  }

  async endProposal(
    tx: Tx,
    id: Id<'pledgeProposal'>,
    end: {
      readonly state: 'confirmed' | 'declined' | 'withdrawn';
      readonly by: Id<'person'>;
      readonly pledgeId?: Id<'pledge'>;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE contracting.pledge_proposal SET state = $2, ended_by = $3, ended_at = $4, pledge_id = $5 WHERE id = $1`,
      [id, end.state, end.by, tx.now, end.pledgeId ?? null],
    );
  }
}
