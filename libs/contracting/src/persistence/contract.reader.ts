import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import { Database, type Keyset, type Role } from '#platform';
import type { ReleaseStatus } from '../domain/amendment.js';
import type { ContractState, PledgeState } from '../domain/contract.js';
import type { ContributionKind, Instrument, ReturnKind } from '../domain/instrument.js';
import type { StoredTerms } from '../domain/terms.js';

/** A contract as lists and pages show it: everything but the parts that only some pages ask for. */
export interface ContractRow {
  readonly id: Id<'contract'>;
  readonly ref: string;
  readonly state: ContractState;
  readonly fablabId: Id<'community'>;
  readonly terms: StoredTerms;
  readonly currency: Currency;
  readonly deadline: Day;
  readonly thresholdMinor: bigint;
  readonly draftRevision: number;
  readonly currentRelease: number | null;
  readonly openedAt: Date | null;
  readonly activatedAt: Date | null;
  readonly endReason: string | null;
  readonly pledgedMinor: bigint;
  readonly receivedMinor: bigint;
  readonly pledgeCount: number;
  /** Communities with a pledge that is not binding yet. */
  readonly pledgedBy: readonly Id<'community'>[];
  readonly hasBindingPledges: boolean;
  /** Parties that accepted the release in force. */
  readonly acceptedBy: readonly Id<'community'>[];
  /** The number of the release that is proposed; null while nothing is. */
  readonly proposedRelease: number | null;
  /** Parties that accepted it. */
  readonly proposalAcceptedBy: readonly Id<'community'>[];
  /** Who proposed a termination that is not decided; null while nothing is proposed. */
  readonly terminationProposedBy: Id<'community'> | null;
  /** Whose yes it takes, and who has said it. */
  readonly terminationAsked: readonly Id<'community'>[];
  readonly terminationAcceptedBy: readonly Id<'community'>[];
}

export interface ReleaseRow {
  readonly contractId: Id<'contract'>;
  readonly number: number;
  readonly sha256: string;
  readonly publishedAt: Date;
  readonly canonicalJson: string;
  readonly status: ReleaseStatus;
  /** The release in whose place it was proposed; null for the first, and for a closing release. */
  readonly amends: number | null;
  readonly reason: string | null;
  readonly proposedBy: Id<'community'> | null;
  /** When it came into force in the place of another one, was declined, or was closed with its contract. */
  readonly decidedAt: Date | null;
  readonly declinedBy: Id<'community'> | null;
  readonly declineReason: string | null;
}

export interface AcceptanceRow {
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly personId: Id<'person'>;
  readonly role: Role;
  readonly releaseNumber: number;
  readonly releaseSha256: string;
  readonly acceptedAt: Date;
}

export interface PledgeRow {
  readonly id: Id<'pledge'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly instrument: Instrument;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  readonly currency: Currency;
  readonly state: PledgeState;
  readonly pledgedAt: Date;
  readonly offer: number;
  readonly contribution: ContributionKind;
  /** The section of hours, or the name of goods. */
  readonly item: string | null;
  readonly itemKey: string | null;
  readonly unit: string | null;
  readonly qualification: string | null;
  readonly quantityMilli: bigint;
  readonly receivedMilli: bigint;
  readonly valueMinor: bigint | null;
  readonly returnKind: ReturnKind;
  readonly line: number | null;
  readonly units: number;
  readonly freeUnits: number;
}

export interface PaymentRow {
  readonly id: Id<'payment'>;
  readonly pledgeId: Id<'pledge'>;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly valueDate: Day;
  readonly transferId: Id<'transfer'>;
  readonly recordedAt: Date;
  /** It was recorded wrongly, and taken back. */
  readonly isReversed: boolean;
}

/** What a list shows. Drafts, and what was withdrawn before it was published, are seen by `insideOf` only. */
export interface ContractFilter {
  /** The viewer's communities. */
  readonly insideOf: readonly Id<'community'>[];
  /** Only contracts with one of these as a party; null: all. */
  readonly parties: readonly Id<'community'>[] | null;
  readonly state: ContractState | null;
}

/**
 * One statement for a whole list, parties and funding included: TypeORM with loaders for each relation reached 0.19
 * of the plain SQL list, three plain statements equalled it (docs/architecture.md). Receivers stand in the terms.
 */
const COLUMNS = `c.id, c.ref, c.state, c.fablab_id AS "fablabId", c.terms, c.currency, c.deadline,
         c.threshold_minor AS "thresholdMinor", c.draft_revision AS "draftRevision", c.current_release AS "currentRelease",
         c.opened_at AS "openedAt", c.activated_at AS "activatedAt", c.end_reason AS "endReason",
         funding.pledged AS "pledgedMinor", funding.received AS "receivedMinor", funding.pledges AS "pledgeCount"`;

const FUNDING = `
           coalesce(sum(p.amount_minor) FILTER (WHERE p.state IN ('pledged', 'active', 'fulfilled')), 0)::bigint AS pledged,
           coalesce(sum(p.received_minor), 0)::bigint AS received,
           count(*) FILTER (WHERE p.state IN ('pledged', 'active', 'fulfilled'))::int AS pledges`;

/** With all that decides what a member of a party may do with it. */
const CONTRACT = `
  SELECT ${COLUMNS},
         funding.waiting AS "pledgedBy", funding.binding AS "hasBindingPledges", accepted.parties AS "acceptedBy",
         proposal.number AS "proposedRelease", coalesce(proposal.parties, '{}') AS "proposalAcceptedBy",
         ending.proposed_by AS "terminationProposedBy", coalesce(ending.asked, '{}') AS "terminationAsked",
         coalesce(ending.parties, '{}') AS "terminationAcceptedBy"
  FROM contracting.contract c
  CROSS JOIN LATERAL (
    SELECT ${FUNDING},
           coalesce(array_agg(p.community_id) FILTER (WHERE p.state = 'pledged'), '{}') AS waiting,
           coalesce(bool_or(p.state = 'active'), false) AS binding
    FROM contracting.pledge p WHERE p.contract_id = c.id
  ) funding
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(a.community_id), '{}') AS parties FROM contracting.acceptance a
    WHERE a.contract_id = c.id AND a.release_number = c.current_release
  ) accepted
  LEFT JOIN LATERAL (
    SELECT m.number, array(SELECT a.community_id FROM contracting.acceptance a
                           WHERE a.contract_id = c.id AND a.release_number = m.number) AS parties
    FROM contracting.amendment m WHERE m.contract_id = c.id AND m.state = 'proposed'
  ) proposal ON true
  LEFT JOIN LATERAL (
    SELECT t.proposed_by_community AS proposed_by, t.asked,
           array(SELECT a.community_id FROM contracting.termination_acceptance a
                 WHERE a.contract_id = c.id AND a.number = t.number) AS parties
    FROM contracting.termination t WHERE t.contract_id = c.id AND t.state = 'proposed'
  ) ending ON true`;

/** For somebody of no community, who can do nothing: who accepted and who pledged is not gathered for each row. */
const CONTRACT_SEEN = `
  SELECT ${COLUMNS},
         '{}'::uuid[] AS "pledgedBy", false AS "hasBindingPledges", '{}'::uuid[] AS "acceptedBy",
         (SELECT m.number FROM contracting.amendment m WHERE m.contract_id = c.id AND m.state = 'proposed')
           AS "proposedRelease", '{}'::uuid[] AS "proposalAcceptedBy",
         NULL::uuid AS "terminationProposedBy", '{}'::uuid[] AS "terminationAsked", '{}'::uuid[] AS "terminationAcceptedBy"
  FROM contracting.contract c
  CROSS JOIN LATERAL (SELECT ${FUNDING} FROM contracting.pledge p WHERE p.contract_id = c.id) funding`;

const OF_PARTY = `c.id IN (SELECT contract_id FROM contracting.contract_party WHERE community_id = ANY ($4::uuid[]))`;
const INSIDE = `c.id IN (SELECT contract_id FROM contracting.contract_party WHERE community_id = ANY ($5::uuid[]))`;

/** Reads contracts outside of transactions. */
@Injectable()
export class ContractReader {
  constructor(private readonly database: Database) {}

  /** Newest first; the cursor holds the id. */
  list(filter: ContractFilter, keyset: Keyset): Promise<ContractRow[]> {
    const [after] = keyset.after ?? [null];
    const isInside = filter.insideOf.length > 0;
    const visible = isInside
      ? `(c.opened_at IS NOT NULL OR ${INSIDE})`
      : `c.opened_at IS NOT NULL AND $5::uuid[] IS NOT NULL`;
    const party = filter.parties ? OF_PARTY : `$4::uuid[] IS NULL`;
    return this.database.query(
      `${isInside ? CONTRACT : CONTRACT_SEEN}
       WHERE c.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') AND ($3::text IS NULL OR c.state = $3)
         AND ${party} AND ${visible}
       ORDER BY c.id DESC LIMIT $1`,
      [keyset.limit, after, filter.state, filter.parties, filter.insideOf],
      `contract-list${filter.parties ? '-party' : ''}${isInside ? '-inside' : ''}`,
    );
  }

  async countPublishedByState(): Promise<Partial<Record<ContractState, number>>> {
    const rows = await this.database.query<{ state: ContractState; count: number }>(
      `SELECT state, count(*)::int AS count FROM contracting.contract WHERE opened_at IS NOT NULL GROUP BY state`,
      [],
      'contract-count-by-state',
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** @returns null for a draft of others, too */
  byRef(ref: string, insideOf: readonly Id<'community'>[]): Promise<ContractRow | null> {
    return this.database.queryOne(
      `${CONTRACT} WHERE c.ref = $1 AND (c.opened_at IS NOT NULL OR c.id IN
         (SELECT contract_id FROM contracting.contract_party WHERE community_id = ANY ($2::uuid[])))`,
      [ref, insideOf],
      'contract-by-ref',
    );
  }

  byId(id: Id<'contract'>): Promise<ContractRow | null> {
    return this.database.queryOne(`${CONTRACT} WHERE c.id = $1`, [id], 'contract-by-id');
  }

  /** Oldest first. */
  releasesOf(ids: readonly Id<'contract'>[]): Promise<ReleaseRow[]> {
    return this.database.query(
      `SELECT r.contract_id AS "contractId", r.number, r.sha256, r.published_at AS "publishedAt",
              r.canonical_json AS "canonicalJson", a.amends, a.reason, a.proposed_by_community AS "proposedBy",
              a.ended_at AS "decidedAt", a.end_reason AS "declineReason",
              CASE WHEN a.state = 'declined' THEN a.ended_by_community END AS "declinedBy",
              CASE WHEN a.state IN ('proposed', 'declined', 'closed') THEN a.state
                   WHEN r.number = c.current_release THEN 'in_force' ELSE 'replaced' END AS status
       FROM contracting.release r
       JOIN contracting.contract c ON c.id = r.contract_id
       LEFT JOIN contracting.amendment a ON a.contract_id = r.contract_id AND a.number = r.number
       WHERE r.contract_id = ANY ($1::uuid[]) ORDER BY r.contract_id, r.number`,
      [ids],
      'releases-of-contracts',
    );
  }

  /** Of every release, in the order in which they came. */
  allAcceptancesOf(ids: readonly Id<'contract'>[]): Promise<AcceptanceRow[]> {
    return this.database.query(
      `SELECT contract_id AS "contractId", community_id AS "communityId", person_id AS "personId", role,
              release_number AS "releaseNumber", release_sha256 AS "releaseSha256", accepted_at AS "acceptedAt"
       FROM contracting.acceptance WHERE contract_id = ANY ($1::uuid[]) ORDER BY id`,
      [ids],
      'all-acceptances-of-contracts',
    );
  }

  /** Of the release in force, in the order in which they came. */
  acceptancesOf(ids: readonly Id<'contract'>[]): Promise<AcceptanceRow[]> {
    return this.database.query(
      `SELECT a.contract_id AS "contractId", a.community_id AS "communityId", a.person_id AS "personId", a.role,
              a.release_number AS "releaseNumber", a.release_sha256 AS "releaseSha256", a.accepted_at AS "acceptedAt"
       FROM contracting.acceptance a
       JOIN contracting.contract c ON c.id = a.contract_id AND coalesce(c.accepted_release, c.current_release) = a.release_number
       WHERE a.contract_id = ANY ($1::uuid[]) ORDER BY a.id`,
      [ids],
      'acceptances-of-contracts',
    );
  }

  /** In the order in which they came. */
  pledgesOf(ids: readonly Id<'contract'>[]): Promise<PledgeRow[]> {
    return this.database.query(
      `${PLEDGE} WHERE contract_id = ANY ($1::uuid[]) ORDER BY id`,
      [ids],
      'pledges-of-contracts',
    );
  }

  pledge(id: Id<'pledge'>): Promise<PledgeRow | null> {
    return this.database.queryOne(`${PLEDGE} WHERE id = $1`, [id], 'pledge-by-id');
  }

  /** In the order in which they were recorded. */
  paymentsOf(ids: readonly Id<'pledge'>[]): Promise<PaymentRow[]> {
    return this.database.query(
      `SELECT p.id, p.pledge_id AS "pledgeId", p.amount_minor AS "amountMinor", p.currency,
              to_char(p.value_date, 'YYYY-MM-DD') AS "valueDate", p.transfer_id AS "transferId",
              p.recorded_at AS "recordedAt", r.id IS NOT NULL AS "isReversed"
       FROM contracting.payment p LEFT JOIN contracting.obligation_event r ON r.reverses_payment_id = p.id
       WHERE p.pledge_id = ANY ($1::uuid[]) ORDER BY p.id`,
      [ids],
      'payments-of-pledges',
    );
  }
}

const PLEDGE = `
  SELECT id, contract_id AS "contractId", community_id AS "communityId", instrument, amount_minor AS "amountMinor",
         received_minor AS "receivedMinor", currency, state, pledged_at AS "pledgedAt", offer, contribution, item,
         item_key AS "itemKey", unit, qualification, quantity_milli AS "quantityMilli",
         received_milli AS "receivedMilli", value_minor AS "valueMinor", return_kind AS "returnKind", line, units,
         free_units AS "freeUnits"
  FROM contracting.pledge`;
