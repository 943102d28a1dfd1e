import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { CommunityDirectory } from '#identity';
import type { Query } from '../../persistence/obligation.rows.js';
import type {
  ImportSnapshot,
  SnapshotContract,
  SnapshotMove,
  SnapshotPledge,
  SnapshotProposal,
} from '../snapshot.js';

/** Reads what a fablab has already: four statements, however long the table is. */
@Injectable()
export class SnapshotReader {
  constructor(private readonly communities: CommunityDirectory) {}

  /** @param query of a transaction, or of the pool for a preview */
  async read(query: Query, fablabId: Id<'community'>): Promise<ImportSnapshot> {
    const contracts = await query<SnapshotContract>(
      `SELECT c.id, c.ref, c.title, c.state, c.currency, c.deadline,
              coalesce((c.terms->'repayment'->>'interestBasisPointsPerYear')::int, 0) > 0
                OR jsonb_path_exists(c.terms, '$.offers[*].returns.repayment ? (@.interestBasisPointsPerYear > 0)')
                AS "bearsInterest",
              CASE WHEN c.terms ? 'offers'
                THEN array(SELECT o.offer->>'instrument'
                           FROM jsonb_array_elements(c.terms->'offers') WITH ORDINALITY AS o (offer, place) ORDER BY o.place)
                ELSE ARRAY['loan'] END AS instruments,
              array(SELECT p.community_id FROM contracting.contract_party p
                    WHERE p.contract_id = c.id AND p.side = 'receiving') AS "receiverIds"
       FROM contracting.contract c WHERE c.fablab_id = $1 ORDER BY c.id`,
      [fablabId],
    );
    const pledges = await query<SnapshotPledge>(
      `SELECT p.id, p.contract_id AS "contractId", p.community_id AS "communityId", p.state,
              p.instrument, p.return_kind AS "returnKind",
              p.amount_minor AS "amountMinor", p.received_minor AS "receivedMinor", p.waived_minor AS "waivedMinor",
              p.owed_minor AS "owedMinor"
       FROM contracting.pledge p JOIN contracting.contract c ON c.id = p.contract_id
       WHERE c.fablab_id = $1 AND p.amount_minor > 0 ORDER BY p.id`,
      [fablabId],
    );
    const moves = await query<SnapshotMove>(
      `SELECT y.pledge_id AS "pledgeId", 'payment' AS kind, y.amount_minor AS "amountMinor",
              to_char(y.value_date, 'YYYY-MM-DD') AS "valueDate"
       FROM contracting.payment y
       WHERE y.pledge_id = ANY ($1::uuid[])
         AND NOT EXISTS (SELECT FROM contracting.obligation_event r WHERE r.reverses_payment_id = y.id)
       UNION ALL
       SELECT e.pledge_id, 'repayment', e.amount_minor + e.interest_minor, to_char(e.value_date, 'YYYY-MM-DD')
       FROM contracting.obligation_event e
       WHERE e.pledge_id = ANY ($1::uuid[]) AND e.kind = 'repayment'
         AND NOT EXISTS (SELECT FROM contracting.obligation_event r WHERE r.reverses_event_id = e.id)`,
      [pledges.map(({ id }) => id)],
    );
    const proposals = await query<SnapshotProposal>(
      `SELECT o.contract_id AS "contractId", o.community_id AS "communityId", o.amount_minor AS "amountMinor"
       FROM contracting.pledge_proposal o JOIN contracting.contract c ON c.id = o.contract_id
       WHERE c.fablab_id = $1 AND o.state = 'proposed'`,
      [fablabId],
    );
    const communities = await this.communities.byIds([
      ...new Set(contracts.flatMap(({ receiverIds }) => receiverIds)),
    ]);
    return { contracts, pledges, moves, proposals, communities };
  }
}
