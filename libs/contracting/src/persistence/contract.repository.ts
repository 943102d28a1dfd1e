import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import type { Tx } from '#platform';
import {
  partiesOf,
  type Contract,
  type ContractAcceptance,
  type ContractPledge,
  type ContractState,
} from '../domain/contract.js';
import { readTerms, storedTerms, type StoredTerms, type Terms } from '../domain/terms.js';

interface ContractRow {
  id: Id<'contract'>;
  ref: string;
  state: ContractState;
  fablab_id: Id<'community'>;
  terms: StoredTerms;
  currency: Currency;
  deadline: Day;
  draft_revision: number;
  current_release: number | null;
  sha256: string | null;
}

export interface NewContract {
  readonly id: Id<'contract'>;
  readonly fablabId: Id<'community'>;
  readonly terms: Terms;
  readonly draftedBy: Id<'person'>;
}

export interface NewRelease {
  readonly number: number;
  readonly sha256: string;
  readonly canonicalJson: string;
  readonly publishedBy: Id<'person'>;
}

/** Writes contracts. Every change begins with `lock`, so that the changes of one contract stand in a row. */
@Injectable()
export class ContractRepository {
  /** The next ref of the year: `CSM-2026-0001`. The counter's row is locked until the commit, so no number is lost. */
  async nextRef(tx: Tx): Promise<string> {
    const year = tx.now.getUTCFullYear();
    const [row] = await tx.query<{ last_number: number }>(
      `INSERT INTO contracting.ref_counter AS counter (year, last_number) VALUES ($1, 1)
       ON CONFLICT ON CONSTRAINT ref_counter_pkey DO UPDATE SET last_number = counter.last_number + 1
       RETURNING last_number`,
      [year],
    );
    return `CSM-${year}-${String(row?.last_number ?? 0).padStart(4, '0')}`;
  }

  async insert(tx: Tx, contract: NewContract): Promise<string> {
    const ref = await this.nextRef(tx);
    await tx.execute(
      `INSERT INTO contracting.contract (id, ref, state, fablab_id, terms, draft_revision, drafted_by, drafted_at)
       VALUES ($1, $2, 'draft', $3, $4, 1, $5, $6)`,
      [contract.id, ref, contract.fablabId, storedJson(contract.terms), contract.draftedBy, tx.now],
    );
    await this.writeParties(tx, contract);
    await this.keepDraft(tx, contract.id, { revision: 1, terms: contract.terms, by: contract.draftedBy });
    return ref;
  }

  /** Puts new terms into a draft; the ones before stay in its history. @returns the new revision */
  async updateTerms(tx: Tx, contract: Contract, terms: Terms, by: Id<'person'>): Promise<number> {
    const revision = contract.draftRevision + 1;
    await tx.execute(`UPDATE contracting.contract SET terms = $2, draft_revision = $3 WHERE id = $1`, [
      contract.id,
      storedJson(terms),
      revision,
    ]);
    await tx.execute(`DELETE FROM contracting.contract_party WHERE contract_id = $1`, [contract.id]);
    await this.writeParties(tx, { ...contract, terms });
    await this.keepDraft(tx, contract.id, { revision, terms, by });
    return revision;
  }

  /** Loads what the rules ask for, and locks the contract until the end of the transaction. */
  async lock(tx: Tx, id: Id<'contract'>): Promise<Contract | null> {
    const [row] = await tx.query<ContractRow>(
      `SELECT c.id, c.ref, c.state, c.fablab_id, c.terms, c.currency, c.deadline, c.draft_revision,
              c.current_release, r.sha256
       FROM contracting.contract c
       LEFT JOIN contracting.release r ON r.contract_id = c.id AND r.number = c.current_release
       WHERE c.id = $1 FOR NO KEY UPDATE OF c`,
      [id],
    );
    if (!row) return null;
    // Read after the lock: what another transaction wrote before it let go of the contract is seen.
    const acceptances = await tx.query<ContractAcceptance>(
      `SELECT community_id AS "communityId", release_number AS "releaseNumber", release_sha256 AS "releaseSha256"
       FROM contracting.acceptance WHERE contract_id = $1 AND release_number = $2`,
      [id, row.current_release],
    );
    const pledges = await tx.query<ContractPledge>(
      `SELECT id, community_id AS "communityId", amount_minor AS "amountMinor", received_minor AS "receivedMinor",
              waived_minor AS "waivedMinor", state, transfer_id AS "transferId", instrument, contribution, line, units,
              item_key AS "itemKey", unit, quantity_milli AS "quantityMilli"
       FROM contracting.pledge WHERE contract_id = $1 ORDER BY community_id, id`,
      [id],
    );
    return contractOf(row, acceptances, pledges);
  }

  /** As `lock`, for the contract of a pledge. */
  async lockOfPledge(
    tx: Tx,
    pledgeId: Id<'pledge'>,
  ): Promise<{ contract: Contract; pledge: ContractPledge } | null> {
    const [row] = await tx.query<{ contract_id: Id<'contract'> }>(
      `SELECT contract_id FROM contracting.pledge WHERE id = $1`,
      [pledgeId],
    );
    const contract = row ? await this.lock(tx, row.contract_id) : null;
    const pledge = contract?.pledges.find(({ id }) => id === pledgeId);
    return contract && pledge ? { contract, pledge } : null;
  }

  async publish(tx: Tx, contract: Contract, release: NewRelease): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.release (contract_id, number, sha256, canonical_json, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [contract.id, release.number, release.sha256, release.canonicalJson, release.publishedBy, tx.now],
    );
    await tx.execute(
      `UPDATE contracting.contract SET state = 'open', current_release = $2, opened_at = $3 WHERE id = $1`,
      [contract.id, release.number, tx.now],
    );
  }

  async activate(tx: Tx, id: Id<'contract'>): Promise<void> {
    await tx.execute(`UPDATE contracting.contract SET state = 'active', activated_at = $2 WHERE id = $1`, [
      id,
      tx.now,
    ]);
  }

  async lapse(tx: Tx, id: Id<'contract'>): Promise<void> {
    await tx.execute(`UPDATE contracting.contract SET state = 'lapsed', ended_at = $2 WHERE id = $1`, [
      id,
      tx.now,
    ]);
  }

  /** The number after the last release, whether that one came into force or was declined. The contract is locked. */
  async nextReleaseNumber(tx: Tx, id: Id<'contract'>): Promise<number> {
    const [row] = await tx.query<{ next: number }>(
      `SELECT coalesce(max(number), 0) + 1 AS next FROM contracting.release WHERE contract_id = $1`,
      [id],
    );
    return row?.next ?? 1;
  }

  async withdraw(tx: Tx, id: Id<'contract'>, reason: string): Promise<void> {
    await tx.execute(
      `UPDATE contracting.contract SET state = 'withdrawn', ended_at = $2, end_reason = $3 WHERE id = $1`,
      [id, tx.now, reason],
    );
  }

  async accept(
    tx: Tx,
    contractId: Id<'contract'>,
    given: ContractAcceptance & { readonly id: Id<'acceptance'>; readonly personId: Id<'person'> },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.acceptance
         (id, contract_id, release_number, release_sha256, community_id, person_id, role, accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'coordinator', $7)`,
      [
        given.id,
        contractId,
        given.releaseNumber,
        given.releaseSha256,
        given.communityId,
        given.personId,
        tx.now,
      ],
    );
  }

  private async writeParties(
    tx: Tx,
    contract: Pick<NewContract, 'id' | 'fablabId' | 'terms'>,
  ): Promise<void> {
    const { fablabId, terms } = contract;
    await tx.execute(
      `INSERT INTO contracting.contract_party (contract_id, community_id, side)
       SELECT $1, party, CASE party WHEN $3 THEN 'manufacturing' ELSE 'receiving' END FROM unnest($2::uuid[]) AS party`,
      [contract.id, partiesOf({ fablabId, receivingCommunityIds: terms.receivingCommunityIds }), fablabId],
    );
  }

  private async keepDraft(
    tx: Tx,
    id: Id<'contract'>,
    change: { readonly revision: number; readonly terms: Terms; readonly by: Id<'person'> },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.draft_change (contract_id, revision, terms, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, change.revision, storedJson(change.terms), change.by, tx.now],
    );
  }
}

function storedJson(terms: Terms): string {
  return JSON.stringify(storedTerms(terms));
}

function contractOf(
  row: ContractRow,
  acceptances: readonly ContractAcceptance[],
  pledges: readonly ContractPledge[],
): Contract {
  const terms = readTerms(row.terms);
  return {
    id: row.id,
    ref: row.ref,
    state: row.state,
    fablabId: row.fablab_id,
    receivingCommunityIds: terms.receivingCommunityIds,
    terms,
    currency: row.currency,
    deadline: row.deadline,
    draftRevision: row.draft_revision,
    release:
      row.current_release === null || row.sha256 === null
        ? null
        : { number: row.current_release, sha256: row.sha256 },
    acceptances,
    pledges,
  };
}
