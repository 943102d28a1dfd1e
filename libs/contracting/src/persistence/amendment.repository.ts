import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import type { Amendment, AmendmentState } from '../domain/amendment.js';
import { readTerms, storedTerms, type StoredTerms, type Terms } from '../domain/terms.js';

export interface NewAmendment {
  readonly contractId: Id<'contract'>;
  readonly number: number;
  readonly sha256: string;
  readonly canonicalJson: string;
  readonly amends: number;
  readonly terms: Terms;
  readonly reason: string;
  readonly communityId: Id<'community'>;
  readonly personId: Id<'person'>;
}

/** Writes proposed releases; the contract is locked by the caller. */
@Injectable()
export class AmendmentRepository {
  /** Stores the release with its text, and that it is proposed. */
  async propose(tx: Tx, given: NewAmendment): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.release (contract_id, number, sha256, canonical_json, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [given.contractId, given.number, given.sha256, given.canonicalJson, given.personId, tx.now],
    );
    await tx.execute(
      `INSERT INTO contracting.amendment
         (contract_id, number, amends, state, terms, reason, proposed_by_community, proposed_by, proposed_at)
       VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8)`,
      [
        given.contractId,
        given.number,
        given.amends,
        JSON.stringify(storedTerms(given.terms)),
        given.reason,
        given.communityId,
        given.personId,
        tx.now,
      ],
    );
  }

  /** The proposal with this number, whatever has become of it. */
  async find(tx: Tx, contractId: Id<'contract'>, number: number): Promise<Amendment | null> {
    const [row] = await tx.query<Omit<Amendment, 'terms'> & { readonly terms: StoredTerms }>(
      `SELECT a.contract_id AS "contractId", a.number, r.sha256, a.amends, a.state, a.terms,
              array(SELECT community_id FROM contracting.acceptance given
                    WHERE given.contract_id = a.contract_id AND given.release_number = a.number) AS "acceptedBy"
       FROM contracting.amendment a JOIN contracting.release r ON r.contract_id = a.contract_id AND r.number = a.number
       WHERE a.contract_id = $1 AND a.number = $2`,
      [contractId, number],
    );
    return row ? { ...row, terms: readTerms(row.terms) } : null;
  }

  /** The number of the proposal that is not decided; null where there is none. */
  async openNumber(tx: Tx, contractId: Id<'contract'>): Promise<number | null> {
    const [row] = await tx.query<{ number: number }>(
      `SELECT number FROM contracting.amendment WHERE contract_id = $1 AND state = 'proposed'`,
      [contractId],
    );
    return row?.number ?? null;
  }

  async end(
    tx: Tx,
    amendment: Amendment,
    state: Extract<AmendmentState, 'accepted' | 'declined'>,
    by: { readonly communityId: Id<'community'>; readonly reason: string | null },
  ): Promise<void> {
    await tx.execute(
      `UPDATE contracting.amendment SET state = $3, ended_at = $4, ended_by_community = $5, end_reason = $6
       WHERE contract_id = $1 AND number = $2`,
      [amendment.contractId, amendment.number, state, tx.now, by.communityId, by.reason],
    );
  }

  /** The release comes into force, with its terms. */
  async putInForce(tx: Tx, { contractId, number, terms }: Amendment): Promise<void> {
    await tx.execute(`UPDATE contracting.contract SET terms = $2, current_release = $3 WHERE id = $1`, [
      contractId,
      JSON.stringify(storedTerms(terms)),
      number,
    ]);
  }
}
