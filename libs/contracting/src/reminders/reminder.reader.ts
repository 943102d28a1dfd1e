import { dayOf, type Id } from '#kernel';
import { answerDueOn } from '../domain/question.js';
import { REMINDER_DAYS, type ReminderFacts } from '../domain/reminder.js';
import { readThreshold, thresholdsOf, type Contributed, type StoredThreshold } from '../domain/threshold.js';
import { readObligations, type Query } from '../persistence/obligation.rows.js';

export interface RemindedContract extends ReminderFacts {
  readonly id: Id<'contract'>;
}

type ContractRow = Omit<
  RemindedContract,
  | 'openedOn'
  | 'activatedOn'
  | 'endedOn'
  | 'obligations'
  | 'questions'
  | 'proposals'
  | 'thresholds'
  | 'pledges'
> & {
  readonly openedAt: Date | null;
  readonly activatedAt: Date | null;
  readonly endedAt: Date | null;
  readonly thresholdMinor: bigint;
  readonly otherThresholds: readonly StoredThreshold[] | null;
};

type ProposalRow = Omit<ReminderFacts['proposals'][number], 'proposedOn'> & {
  readonly contractId: Id<'contract'>;
  readonly proposedAt: Date;
};

interface QuestionRow {
  readonly contractId: Id<'contract'>;
  readonly number: number;
  readonly askedBy: Id<'community'>;
  readonly askedAt: Date;
  readonly answerDays: number;
}

const CONTRACTS = `
  SELECT c.id, c.ref, c.title, c.state, c.currency, c.deadline, c.fablab_id AS "fablabId",
         ARRAY(SELECT p.community_id FROM contracting.contract_party p
               WHERE p.contract_id = c.id AND p.side = 'receiving' ORDER BY p.community_id) AS "receivingCommunityIds",
         c.current_release AS "releaseNumber", c.opened_at AS "openedAt", c.activated_at AS "activatedAt",
         c.ended_at AS "endedAt", c.threshold_minor AS "thresholdMinor", c.terms->'thresholds' AS "otherThresholds",
         ARRAY(SELECT a.community_id FROM contracting.acceptance a
               WHERE a.contract_id = c.id AND a.release_number = c.current_release) AS "acceptedBy"
  FROM contracting.contract c`;

const PROPOSALS = `
  SELECT m.contract_id AS "contractId", 'amendment' AS what, m.number, m.proposed_at AS "proposedAt",
         ARRAY(SELECT p.community_id FROM contracting.contract_party p
               WHERE p.contract_id = m.contract_id AND NOT EXISTS (
                 SELECT FROM contracting.acceptance a WHERE a.contract_id = m.contract_id
                   AND a.release_number = m.number AND a.community_id = p.community_id)) AS "waitsFor"
  FROM contracting.amendment m WHERE m.state = 'proposed' AND m.contract_id = ANY ($1::uuid[])
  UNION ALL
  SELECT t.contract_id, 'settlement', t.number, t.proposed_at,
         ARRAY(SELECT asked FROM unnest(t.asked) AS asked WHERE NOT EXISTS (
                 SELECT FROM contracting.termination_acceptance a WHERE a.contract_id = t.contract_id
                   AND a.number = t.number AND a.community_id = asked))
  FROM contracting.termination t WHERE t.state = 'proposed' AND t.contract_id = ANY ($1::uuid[])`;

type PledgeRow = Contributed & { readonly contractId: Id<'contract'> };

/** What counts towards the thresholds of contracts that are open. */
const PLEDGES = `
  SELECT p.contract_id AS "contractId", p.contribution, p.amount_minor AS "amountMinor", p.item_key AS "itemKey", p.unit,
         p.quantity_milli AS "quantityMilli"
  FROM contracting.pledge p WHERE p.contract_id = ANY ($1::uuid[]) AND p.state = 'pledged'`;

/** Contracts that may give rise to a reminder, in the order of their ids. @param after the last one that was read */
export function readDue(
  query: Query,
  now: Date,
  after: Id<'contract'> | null,
  limit: number,
): Promise<RemindedContract[]> {
  const since = new Date(now.getTime() - REMINDER_DAYS.news * 86_400_000);
  return readFacts(
    query,
    `${CONTRACTS} WHERE (c.state IN ('draft', 'open', 'active') OR c.ended_at > $1 OR (c.state = 'terminated'
         AND EXISTS (SELECT FROM contracting.pledge p WHERE p.contract_id = c.id AND p.state = 'active')))
       AND c.id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY c.id LIMIT $3`,
    [since, after, limit],
  );
}

/** One contract, whatever its state. */
export async function readOne(query: Query, id: Id<'contract'>): Promise<RemindedContract | null> {
  return (await readFacts(query, `${CONTRACTS} WHERE c.id = $1`, [id]))[0] ?? null;
}

async function readFacts(query: Query, sql: string, values: readonly unknown[]): Promise<RemindedContract[]> {
  const rows = await query<ContractRow>(sql, values);
  const ids = rows.map(({ id }) => id);
  const owing = rows.filter(({ state }) => state === 'active' || state === 'terminated').map(({ id }) => id);
  const obligations = await readObligations(query, { contracts: owing });
  const questions = await query<QuestionRow>(
    `SELECT contract_id AS "contractId", number, community_id AS "askedBy", asked_at AS "askedAt",
            answer_days AS "answerDays"
     FROM contracting.question WHERE state = 'asked' AND contract_id = ANY ($1::uuid[]) ORDER BY contract_id, number`,
    [ids],
  );
  const proposals = await query<ProposalRow>(PROPOSALS, [ids]);
  const open = rows.filter(({ state }) => state === 'open').map(({ id }) => id);
  const pledges = await query<PledgeRow>(PLEDGES, [open]);
  return rows.map(({ openedAt, activatedAt, endedAt, thresholdMinor, otherThresholds, ...row }) => ({
    ...row,
    openedOn: openedAt && dayOf(openedAt),
    activatedOn: activatedAt && dayOf(activatedAt),
    endedOn: endedAt && dayOf(endedAt),
    thresholds: thresholdsOf({
      thresholdMinor,
      ...(otherThresholds && { thresholds: otherThresholds.map(readThreshold) }),
    }),
    pledges: pledges.filter(({ contractId }) => contractId === row.id),
    proposals: proposals
      .filter(({ contractId }) => contractId === row.id)
      .map(({ what, number, proposedAt, waitsFor }) => ({
        what,
        number,
        proposedOn: dayOf(proposedAt),
        waitsFor,
      })),
    obligations: obligations.flatMap(({ obligation }) =>
      obligation.contractId === row.id ? [obligation] : [],
    ),
    questions: questions
      .filter(({ contractId }) => contractId === row.id)
      .map((question) => ({
        number: question.number,
        askedBy: question.askedBy,
        dueOn: answerDueOn(question),
      })),
  }));
}
