import { Injectable } from '@nestjs/common';
import { DomainError, isId, type Id } from '#kernel';
import { Database, type Keyset } from '#platform';
import type {
  SheetFilter,
  SheetGoods,
  SheetLine,
  SheetOrder,
  SheetScope,
  SheetSort,
  SheetTotal,
} from './sheet.js';

/**
 * A pledge with its sums and what is due next, as domain/schedule.ts reckons it: the parts are equal, the last takes
 * the rounding, a deferral divides only what was open then; the schedule is that of the pledge's own offer. A test
 * compares the two. $1 the community, $2 and $3 the
 * supporters' ids and slugs.
 */
const ROWS = (side: SheetScope['side']): string => `
  SELECT p.id AS "pledgeId", c.ref AS "contractRef", c.title AS "contractTitle", c.state AS "contractState",
         c.fablab_id AS "fablabId", p.community_id AS "supporterId", supporter.slug, p.instrument, p.contribution,
         p.return_kind AS "returnKind", p.state, p.currency, p.item, p.unit,
         coalesce(share.yes, false) AS "isShare",
         CASE WHEN p.state IN ('withdrawn', 'voided') THEN 0 ELSE p.amount_minor END AS "pledgedMinor",
         CASE WHEN p.state IN ('withdrawn', 'voided') THEN 0 ELSE p.quantity_milli END AS "pledgedMilli",
         p.received_milli AS "receivedMilli", p.returned_milli AS "returnedMilli",
         CASE WHEN p.state = 'active' AND c.state <> 'terminated'
           THEN greatest(p.quantity_milli - p.waived_milli - p.received_milli, 0) ELSE 0 END AS "awaitedMilli",
         CASE c.state WHEN 'terminated' THEN p.owed_minor > 0 ELSE contracting.pledge_open(p) END AS "isOpen",
         p.received_minor AS "receivedMinor", p.repaid_minor AS "repaidMinor", p.forgiven_minor AS "forgivenMinor",
         p.waived_minor AS "waivedMinor", p.owed_minor AS "owedMinor",
         CASE WHEN p.state = 'active' THEN greatest(p.amount_minor - p.waived_minor - p.received_minor, 0) ELSE 0 END
           AS "awaitedMinor",
         received.on_day AS "receivedOn", repaid.on_day AS "repaidOn", due.on_day AS "dueOn", due.open_minor AS "dueMinor"
  FROM contracting.pledge p
  JOIN contracting.contract c ON c.id = p.contract_id
  JOIN unnest($2::uuid[], $3::text[]) AS supporter (id, slug) ON supporter.id = p.community_id
  CROSS JOIN LATERAL (
    SELECT to_char(max(y.value_date), 'YYYY-MM-DD') AS on_day FROM contracting.payment y
    WHERE y.pledge_id = p.id
      AND NOT EXISTS (SELECT FROM contracting.obligation_event r WHERE r.reverses_payment_id = y.id)
  ) received
  CROSS JOIN LATERAL (
    SELECT to_char(max(e.value_date), 'YYYY-MM-DD') AS on_day FROM contracting.obligation_event e
    WHERE e.pledge_id = p.id AND e.kind = 'repayment'
      AND NOT EXISTS (SELECT FROM contracting.obligation_event r WHERE r.reverses_event_id = e.id)
  ) repaid
  LEFT JOIN LATERAL (
    SELECT e.rhythm, e.amount_minor FROM contracting.obligation_event e
    WHERE e.pledge_id = p.id AND e.kind = 'deferral' ORDER BY e.id DESC LIMIT 1
  ) deferral ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(deferral.rhythm, c.terms->'offers'->(p.offer - 1)->'returns'->'repayment', c.terms->'repayment')
             AS given,
           least(coalesce(deferral.amount_minor, 0), p.repaid_minor) AS before
  ) agreed
  CROSS JOIN LATERAL (
    SELECT deferral.rhythm IS NULL AND c.terms->'offers'->(p.offer - 1)->'returns' ? 'premiumShareBasisPoints' AS yes
  ) share
  CROSS JOIN LATERAL (
    SELECT coalesce((given->>'instalments')::int, 1) AS parts, coalesce((given->>'everyMonths')::int, 1) AS months,
           coalesce((given->>'firstDueOn')::date, c.deadline::date + interval '12 months') AS first_day,
           p.received_minor - p.forgiven_minor - before AS total, p.repaid_minor - before AS returned
  ) rhythm
  CROSS JOIN LATERAL (
    SELECT CASE WHEN total / parts = 0 THEN parts - 1 ELSE least(returned / (total / parts), parts - 1) END::int AS done
  ) instalment
  LEFT JOIN LATERAL (
    SELECT to_char(first_day + make_interval(months => done * months), 'YYYY-MM-DD') AS on_day,
           (CASE WHEN done = parts - 1 THEN total ELSE total / parts * (done + 1) END - returned)::bigint AS open_minor
  ) due ON p.owed_minor > 0 AND p.return_kind = 'money' AND share.yes IS NOT TRUE
  WHERE ${side === 'fablab' ? 'c.fablab_id' : 'p.community_id'} = $1`;

/** $4 the contract, $5 the supporter, $6 the state, $7 what is due, $8 today, $9 the instrument. */
const CHOSEN = `
  ($4::text IS NULL OR "contractRef" = $4) AND ($5::uuid IS NULL OR "supporterId" = $5)
  AND CASE $6::text WHEN 'all' THEN true WHEN 'standing' THEN state NOT IN ('withdrawn', 'voided') ELSE state = $6 END
  AND ($9::text IS NULL OR instrument = $9)
  AND CASE $7::text WHEN 'awaited' THEN "awaitedMinor" + "awaitedMilli" > 0 WHEN 'owed' THEN "isOpen"
                    WHEN 'overdue' THEN "dueOn" < $8::text ELSE true END`;

/** Every key is text that sorts byte by byte, so that one comparison serves them all; what has none comes last. */
const KEYS: Readonly<Record<SheetSort, string>> = {
  contract: `left("contractRef", 9) || lpad(substr("contractRef", 10), 12, '0') || ' ' || slug`,
  supporter: `slug || ' ' || left("contractRef", 9) || lpad(substr("contractRef", 10), 12, '0')`,
  pledged: `currency || lpad("pledgedMinor"::text, 19, '0')`,
  received: `currency || lpad("receivedMinor"::text, 19, '0')`,
  owed: `currency || lpad("owedMinor"::text, 19, '0')`,
  due: `coalesce("dueOn", '~')`,
};
const KEY_OF_NONE_DESCENDING = `coalesce("dueOn", '!')`;

type LineRow = Omit<SheetLine, 'goods'> &
  Omit<SheetGoods, 'item' | 'unit'> & { readonly item: string | null; readonly unit: string | null };

function lineOf({
  item,
  unit,
  pledgedMilli,
  receivedMilli,
  awaitedMilli,
  returnedMilli,
  ...line
}: LineRow): SheetLine {
  const goods =
    item === null
      ? null
      : { item, unit: unit ?? '', pledgedMilli, receivedMilli, awaitedMilli, returnedMilli };
  return { ...line, goods };
}

/** The treasurer's sheet: one statement for a page of it and one for its sums, however many rows there are. */
@Injectable()
export class SheetReader {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `BAD_INPUT` for a cursor that no page gave out */
  async rows(
    scope: SheetScope,
    filter: SheetFilter,
    { sort, descending }: SheetOrder,
    keyset: Keyset,
  ): Promise<SheetLine[]> {
    const [afterKey = null, afterId = null] = keyset.after ?? [];
    if (afterId !== null && !isId(afterId))
      throw DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
    const key = sort === 'due' && descending ? KEY_OF_NONE_DESCENDING : KEYS[sort];
    const direction = descending ? 'DESC' : 'ASC';
    const rows = await this.database.query<LineRow>(
      `WITH sheet AS (${ROWS(scope.side)}), keyed AS (SELECT *, (${key}) COLLATE "C" AS "sortKey" FROM sheet)
       SELECT * FROM keyed WHERE ${CHOSEN}
         AND ($10::text IS NULL OR ("sortKey", "pledgeId") ${descending ? '<' : '>'} ($10::text COLLATE "C", $11::uuid))
       ORDER BY "sortKey" ${direction}, "pledgeId" ${direction} LIMIT $12`,
      [...values(scope, filter), afterKey, afterId, keyset.limit],
      `sheet-rows-${scope.side}-${sort}-${direction}`,
    );
    return rows.map(lineOf);
  }

  /** By currency. What was withdrawn or voided counts for nothing. */
  totals(scope: SheetScope, filter: SheetFilter): Promise<SheetTotal[]> {
    const sums = ['pledged', 'received', 'awaited', 'repaid', 'forgiven', 'waived', 'owed']
      .map((name) => `sum("${name}Minor")::bigint AS "${name}Minor"`)
      .join(', ');
    return this.database.query(
      `WITH sheet AS (${ROWS(scope.side)})
       SELECT currency, count(*)::int AS pledges, ${sums} FROM sheet WHERE ${CHOSEN} GROUP BY currency ORDER BY currency`,
      values(scope, filter),
      `sheet-totals-${scope.side}`,
    );
  }

  /** Everything a sheet can be filtered by. */
  async choices(
    communityId: Id<'community'>,
    side: SheetScope['side'],
  ): Promise<{
    readonly supporterIds: readonly Id<'community'>[];
    readonly contracts: readonly { readonly ref: string; readonly title: string }[];
  }> {
    const rows = await this.database.query<{ ref: string; title: string; supporters: Id<'community'>[] }>(
      `SELECT c.ref, c.title, array_agg(DISTINCT p.community_id) AS supporters
       FROM contracting.pledge p JOIN contracting.contract c ON c.id = p.contract_id
       WHERE ${side === 'fablab' ? 'c.fablab_id' : 'p.community_id'} = $1
       GROUP BY c.id ORDER BY c.id DESC`,
      [communityId],
      `sheet-choices-${side}`,
    );
    return {
      supporterIds: [...new Set(rows.flatMap(({ supporters }) => supporters))],
      contracts: rows.map(({ ref, title }) => ({ ref, title })),
    };
  }
}

function values(scope: SheetScope, filter: SheetFilter): unknown[] {
  return [
    scope.communityId,
    scope.supporters.map(({ id }) => id),
    scope.supporters.map(({ slug }) => slug),
    filter.contractRef,
    filter.supporterId,
    filter.state,
    filter.due,
    scope.today,
    filter.instrument,
  ];
}
