import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import type { SettlementDocument } from '../../domain/settlement-document.js';
import type { EndedDispute, ProposedLine, Termination, TerminationState } from '../../domain/termination.js';

export type NewTermination = Omit<Termination, 'state' | 'acceptedBy'> & {
  readonly canonicalJson: string;
  readonly personId: Id<'person'>;
};

/** Writes proposals to end a contract; the contract is locked by the caller. */
@Injectable()
export class TerminationRepository {
  /** The number after the last proposal, whatever became of it. */
  async nextNumber(tx: Tx, id: Id<'contract'>): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      `SELECT coalesce(max(number), 0) + 1 AS next FROM contracting.termination WHERE contract_id = $1`,
      [id],
    );
    return row?.next ?? 1;
  }

  /** The number of the proposal that is not decided; null where there is none. */
  async openNumber(tx: Tx, id: Id<'contract'>): Promise<number | null> {
    const [row] = await tx.query<{ number: number }>(
      `SELECT number FROM contracting.termination WHERE contract_id = $1 AND state = 'proposed'`,
      [id],
    );
    return row?.number ?? null;
  }

  async propose(tx: Tx, given: NewTermination): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.termination (contract_id, number, ends, state, sha256, canonical_json, reason, question_id,
         asked, proposed_by_community, proposed_by, proposed_at)
       VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        given.contractId,
        given.number,
        given.ends,
        given.sha256,
        given.canonicalJson,
        given.reason,
        given.questionId,
        given.asked,
        given.proposedBy,
        given.personId,
        tx.now,
      ],
    );
    for (const line of given.lines) {
      await tx.execute(
        `INSERT INTO contracting.termination_line
           (contract_id, number, pledge_id, owed_minor, repaid_minor, forgiven_minor, due_minor, plan, is_changed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          given.contractId,
          given.number,
          line.pledgeId,
          line.owedMinor,
          line.repaidMinor,
          line.forgivenMinor,
          line.dueMinor,
          line.plan && JSON.stringify(line.plan),
          line.isChanged,
        ],
      );
    }
  }

  /** The proposal with this number, whatever has become of it. */
  async find(tx: Tx, contractId: Id<'contract'>, number: number): Promise<Termination | null> {
    const [row] = await tx.query<Omit<Termination, 'lines'>>(
      `SELECT contract_id AS "contractId", number, sha256, ends, state, reason, question_id AS "questionId", asked,
              proposed_by_community AS "proposedBy",
              array(SELECT community_id FROM contracting.termination_acceptance given
                    WHERE given.contract_id = t.contract_id AND given.number = t.number) AS "acceptedBy"
       FROM contracting.termination t WHERE contract_id = $1 AND number = $2`,
      [contractId, number],
    );
    if (!row) return null;
    const lines = await tx.query<ProposedLine>(
      `SELECT ${LINE_COLUMNS} FROM contracting.termination_line WHERE contract_id = $1 AND number = $2 ORDER BY pledge_id`,
      [contractId, number],
    );
    return { ...row, lines };
  }

  /** The text that was accepted, as it was written. */
  async document(
    tx: Tx,
    { contractId, number }: Pick<Termination, 'contractId' | 'number'>,
  ): Promise<SettlementDocument> {
    const [row] = await tx.query<{ text: string }>(
      `SELECT canonical_json AS text FROM contracting.termination WHERE contract_id = $1 AND number = $2`,
      [contractId, number],
    );
    return JSON.parse(row?.text ?? 'null') as SettlementDocument;
  }

  /** A dispute of this contract, to be read with the contract locked. */
  async dispute(tx: Tx, contractId: Id<'contract'>, id: Id<'question'>): Promise<EndedDispute | null> {
    const [row] = await tx.query<EndedDispute>(
      `SELECT number, state, is_private AS "isPrivate", objected_by AS "objectedBy",
              EXISTS (SELECT FROM contracting.question_step s WHERE s.question_id = q.id AND s.kind = 'mediation')
                AS "wasMediated"
       FROM contracting.question q WHERE q.id = $1 AND q.contract_id = $2`,
      [id, contractId],
    );
    return row ?? null;
  }

  async accept(
    tx: Tx,
    termination: Pick<Termination, 'contractId' | 'number' | 'sha256'>,
    given: {
      readonly id: Id<'acceptance'>;
      readonly communityId: Id<'community'>;
      readonly personId: Id<'person'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.termination_acceptance
         (id, contract_id, number, sha256, community_id, person_id, role, accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'coordinator', $7)`,
      [
        given.id,
        termination.contractId,
        termination.number,
        termination.sha256,
        given.communityId,
        given.personId,
        tx.now,
      ],
    );
  }

  async end(
    tx: Tx,
    termination: Pick<Termination, 'contractId' | 'number'>,
    state: Extract<TerminationState, 'agreed' | 'declined' | 'withdrawn'>,
    by: { readonly communityId: Id<'community'>; readonly reason: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE contracting.termination SET state = $3, ended_at = $4, ended_by_community = $5, end_reason = $6
       WHERE contract_id = $1 AND number = $2`,
      [termination.contractId, termination.number, state, tx.now, by.communityId, by.reason],
    );
  }
}

export const LINE_COLUMNS = `pledge_id AS "pledgeId", owed_minor AS "owedMinor", repaid_minor AS "repaidMinor",
  forgiven_minor AS "forgivenMinor", due_minor AS "dueMinor", plan, is_changed AS "isChanged"`;
