import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { Database, type Keyset } from '#platform';
import type { ContractState } from '../../domain/contract.js';
import type { AnswerKind, Contribution, NeedState } from '../../domain/need.js';

export interface NeedRow {
  readonly id: Id<'need'>;
  readonly communityId: Id<'community'>;
  readonly revision: number;
  readonly title: string;
  readonly purpose: string;
  readonly quantity: string;
  readonly wantedBy: Day | null;
  readonly place: string;
  readonly brings: Contribution[];
  readonly postedAt: Date;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
  readonly answers: readonly { readonly fablabId: Id<'community'>; readonly kind: AnswerKind }[];
  readonly contractStates: readonly ContractState[];
}

export interface NeedAnswerRow {
  readonly id: Id<'needAnswer'>;
  readonly needId: Id<'need'>;
  readonly fablabId: Id<'community'>;
  readonly kind: AnswerKind;
  readonly reason: string;
  readonly condition: string | null;
  readonly needRevision: number;
  readonly answeredAt: Date;
  readonly isCurrent: boolean;
}

/** A contract that started from a need, as far as the need's page shows it. */
export interface NeedContractRow {
  readonly needId: Id<'need'>;
  readonly ref: string;
  readonly title: string;
  readonly state: ContractState;
}

/** The current answer of each fablab, and the states of all contracts, in the need's own row: lists ask nothing more. */
export const NEED_FACTS = `
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'fablabId', a.fablab_id, 'kind', a.kind)), '[]') AS answers
    FROM (SELECT DISTINCT ON (fablab_id) id, fablab_id, kind FROM contracting.need_answer
          WHERE need_id = n.id ORDER BY fablab_id, number DESC) a
  ) answered
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(c.state), '{}') AS states
    FROM contracting.contract_origin o JOIN contracting.contract c ON c.id = o.contract_id WHERE o.need_id = n.id
  ) contracted`;

const NEED = `
  SELECT n.id, n.community_id AS "communityId", n.revision, n.title, n.purpose, n.quantity,
         to_char(n.wanted_by, 'YYYY-MM-DD') AS "wantedBy", n.place, n.brings, n.posted_at AS "postedAt",
         n.closed_at AS "closedAt", n.close_reason AS "closeReason", answered.answers AS answers,
         contracted.states AS "contractStates"
  FROM contracting.need n ${NEED_FACTS}`;

/** `needState` of domain/need.ts as SQL, for the filter of the list; a test compares the two. */
const STATE = `CASE
  WHEN 'completed' = ANY (contracted.states) THEN 'met'
  WHEN contracted.states && ARRAY['open', 'active'] THEN 'inContract'
  WHEN n.closed_at IS NOT NULL THEN 'closed'
  WHEN jsonb_array_length(answered.answers) > 0 THEN 'answered'
  ELSE 'open' END`;

/** Reads the board. Needs and answers are public. */
@Injectable()
export class NeedReader {
  constructor(private readonly database: Database) {}

  /** Newest first; the cursor holds the id. `null` in a filter means any. */
  list(
    keyset: Keyset,
    filter: { readonly state: NeedState | null; readonly communityId: Id<'community'> | null },
  ): Promise<NeedRow[]> {
    const [after] = keyset.after ?? [null];
    return this.database.query(
      `${NEED}
       WHERE n.id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
         AND ($3::text IS NULL OR ${STATE} = $3) AND ($4::uuid IS NULL OR n.community_id = $4)
       ORDER BY n.id DESC LIMIT $1`,
      [keyset.limit, after, filter.state, filter.communityId],
      'need-list',
    );
  }

  byId(id: Id<'need'>): Promise<NeedRow | null> {
    return this.database.queryOne(`${NEED} WHERE n.id = $1`, [id], 'need-by-id');
  }

  /** All that were ever given, the newest first. */
  answersOf(ids: readonly Id<'need'>[]): Promise<NeedAnswerRow[]> {
    return this.database.query(
      `SELECT id, need_id AS "needId", fablab_id AS "fablabId", kind, reason, condition, need_revision AS "needRevision",
              answered_at AS "answeredAt",
              number = max(number) OVER (PARTITION BY need_id, fablab_id) AS "isCurrent"
       FROM contracting.need_answer WHERE need_id = ANY ($1::uuid[]) ORDER BY id DESC`,
      [ids],
      'answers-of-needs',
    );
  }

  /** Published ones, and drafts of the viewer's own communities. */
  contractsOf(ids: readonly Id<'need'>[], insideOf: readonly Id<'community'>[]): Promise<NeedContractRow[]> {
    return this.database.query(
      `SELECT o.need_id AS "needId", c.ref, c.title, c.state
       FROM contracting.contract_origin o JOIN contracting.contract c ON c.id = o.contract_id
       WHERE o.need_id = ANY ($1::uuid[]) AND (c.opened_at IS NOT NULL OR c.id IN
         (SELECT contract_id FROM contracting.contract_party WHERE community_id = ANY ($2::uuid[])))
       ORDER BY c.id DESC`,
      [ids, insideOf],
      'contracts-of-needs',
    );
  }

  /** The needs from which contracts started. */
  async originsOf(ids: readonly Id<'contract'>[]): Promise<ReadonlyMap<Id<'contract'>, NeedRow>> {
    const rows = await this.database.query<NeedRow & { contractId: Id<'contract'> }>(
      `SELECT origin.contract_id AS "contractId", need.*
       FROM contracting.contract_origin origin CROSS JOIN LATERAL (${NEED} WHERE n.id = origin.need_id) need
       WHERE origin.contract_id = ANY ($1::uuid[])`,
      [ids],
      'needs-of-contracts',
    );
    return new Map(rows.map((row) => [row.contractId, row]));
  }
}
