import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import type { StatementSource } from '../domain/statement.js';
import { readContributions } from '../persistence/contribution.repository.js';
import { ObligationReader } from '../persistence/obligation.reader.js';

/** A supporter, a fablab, and the year in which something first moved between them. */
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
  /** Of each line, in their order. */
  readonly products: readonly string[];
}

/** Reads what a statement is made of. Who may is asked by the callers. */
@Injectable()
export class StatementReader {
  constructor(
    private readonly database: Database,
    private readonly obligations: ObligationReader,
  ) {}

  /**
   * Where money, hours or goods have moved: for these supporters with whatever fablab, and for these fablabs with whatever supporter.
   */
  pairs(
    supporterIds: readonly Id<'community'>[],
    fablabIds: readonly Id<'community'>[],
  ): Promise<StatementPair[]> {
    return this.database.query(
      `SELECT p.community_id AS "supporterId", c.fablab_id AS "fablabId",
              extract(year FROM min(moved.on_day))::int AS "firstYear"
       FROM contracting.pledge p
       JOIN contracting.contract c ON c.id = p.contract_id
       JOIN (SELECT pledge_id, value_date AS on_day FROM contracting.payment
             UNION ALL SELECT pledge_id, happened_on FROM contracting.contribution_event WHERE kind = 'received') moved
         ON moved.pledge_id = p.id
       WHERE p.community_id = ANY ($1::uuid[]) OR c.fablab_id = ANY ($2::uuid[])
       GROUP BY p.community_id, c.fablab_id`,
      [supporterIds, fablabIds],
      'statement-pairs',
    );
  }

  /** Every contract between the two, in the order of their refs. */
  async sources(pair: Pick<StatementPair, 'supporterId' | 'fablabId'>): Promise<StatementSource[]> {
    const rows = await this.database.query<PledgeOfContract>(
      `SELECT p.id AS "pledgeId", c.ref, c.title,
              coalesce(c.terms->'offers'->(p.offer - 1)->>'words', c.terms->>'repaymentTerms') AS words,
              c.terms->>'endCondition' AS "endCondition",
              ARRAY(SELECT d.line->>'product'
                    FROM jsonb_array_elements(r.canonical_json::jsonb->'deliverables') WITH ORDINALITY AS d (line, place)
                    ORDER BY d.place) AS products
       FROM contracting.pledge p JOIN contracting.contract c ON c.id = p.contract_id
       LEFT JOIN contracting.release r ON r.contract_id = c.id AND r.number = c.current_release
       WHERE p.community_id = $1 AND c.fablab_id = $2 AND p.state IN ('active', 'fulfilled')
       ORDER BY c.ref, p.id`,
      [pair.supporterId, pair.fablabId],
      'statement-pledges',
    );
    const ids = rows.map(({ pledgeId }) => pledgeId);
    const found = await this.obligations.ofPledges(ids);
    const contributions = await readContributions((text, values) => this.database.query(text, values), ids);
    const obligationOf = new Map(found.map(({ obligation }) => [obligation.pledgeId, obligation]));
    return [...new Set(rows.map(({ ref }) => ref))].map((ref) => {
      const own = rows.filter((row) => row.ref === ref);
      const [{ title, endCondition, products }] = own as [PledgeOfContract, ...PledgeOfContract[]];
      const obligations = own.flatMap(({ pledgeId }) => obligationOf.get(pledgeId) ?? []);
      const words = [...new Set(own.map((row) => row.words))];
      return {
        ref,
        title,
        words,
        endCondition,
        productOf: (line: number) => products[line - 1] ?? `line ${line}`,
        obligations,
        contributions: contributions.filter(({ pledgeId }) => own.some((row) => row.pledgeId === pledgeId)),
      };
    });
  }
}
