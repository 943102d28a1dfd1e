import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import { scheduleSentence, type StatementSource } from '../domain/statement.js';
import { ObligationReader } from '../persistence/obligation.reader.js';

/** A supporter, a fablab, and the year in which money first moved between them. */
export interface StatementPair {
  readonly supporterId: Id<'community'>;
  readonly fablabId: Id<'community'>;
  readonly firstYear: number;
}

interface PledgeOfContract {
  readonly pledgeId: Id<'pledge'>;
  readonly ref: string;
  readonly title: string;
  readonly words: string;
  readonly endCondition: string;
}

/** Reads what a statement is made of. Who may is asked by the callers. */
@Injectable()
export class StatementReader {
  constructor(
    private readonly database: Database,
    private readonly obligations: ObligationReader,
  ) {}

  /**
   * Where money has moved: for these supporters with whatever fablab, and for these fablabs with whatever supporter.
   */
  pairs(
    supporterIds: readonly Id<'community'>[],
    fablabIds: readonly Id<'community'>[],
  ): Promise<StatementPair[]> {
    return this.database.query(
      `SELECT p.community_id AS "supporterId", c.fablab_id AS "fablabId",
              extract(year FROM min(m.value_date))::int AS "firstYear"
       FROM contracting.pledge p
       JOIN contracting.contract c ON c.id = p.contract_id
       JOIN contracting.payment m ON m.pledge_id = p.id
       WHERE p.community_id = ANY ($1::uuid[]) OR c.fablab_id = ANY ($2::uuid[])
       GROUP BY p.community_id, c.fablab_id`,
      [supporterIds, fablabIds],
      'statement-pairs',
    );
  }

  /** Every contract between the two, in the order of their refs. */
  async sources(pair: Pick<StatementPair, 'supporterId' | 'fablabId'>): Promise<StatementSource[]> {
    const rows = await this.database.query<PledgeOfContract>(
      `SELECT p.id AS "pledgeId", c.ref, c.title, c.terms->>'repaymentTerms' AS words,
              c.terms->>'endCondition' AS "endCondition"
       FROM contracting.pledge p JOIN contracting.contract c ON c.id = p.contract_id
       WHERE p.community_id = $1 AND c.fablab_id = $2 AND p.state IN ('active', 'fulfilled')
       ORDER BY c.ref, p.id`,
      [pair.supporterId, pair.fablabId],
      'statement-pledges',
    );
    const found = await this.obligations.ofPledges(rows.map(({ pledgeId }) => pledgeId));
    const obligationOf = new Map(found.map(({ obligation }) => [obligation.pledgeId, obligation]));
    return [...new Set(rows.map(({ ref }) => ref))].map((ref) => {
      const own = rows.filter((row) => row.ref === ref);
      const [{ title, words, endCondition }] = own as [PledgeOfContract, ...PledgeOfContract[]];
      const obligations = own.flatMap(({ pledgeId }) => obligationOf.get(pledgeId) ?? []);
      const schedules = new Set(obligations.map(({ repayment }) => scheduleSentence(repayment)));
      return {
        ref,
        title,
        obligations,
        rule: [words, ...schedules, `Oversight ends: ${endCondition}`].filter((sentence) => sentence !== ''),
      };
    });
  }
}
