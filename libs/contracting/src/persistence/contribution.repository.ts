import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { RequestLoader, Database, type Tx } from '#platform';
import type { ContributionEvent, ContributionEventKind } from '../domain/contribution.js';
import type { StatementContribution } from '../domain/statement.js';
import type { Query } from './obligation.rows.js';

export interface NewContributionEvent {
  readonly id: Id<'contributionEvent'>;
  readonly pledgeId: Id<'pledge'>;
  readonly kind: ContributionEventKind;
  readonly quantityMilli: bigint;
  readonly happenedOn: Day;
  readonly reason: string | null;
  readonly work?: { readonly timeLogId: string; readonly seconds: bigint };
  readonly reversesEventId?: Id<'contributionEvent'>;
  readonly recordedBy: Id<'person'> | null;
}

type Of<Event> = Event & { readonly pledgeId: Id<'pledge'> };

const EVENTS = `SELECT e.id, e.pledge_id AS "pledgeId", e.kind, e.quantity_milli AS "quantityMilli",
    to_char(e.happened_on, 'YYYY-MM-DD') AS "happenedOn", e.reason, e.time_log_id IS NOT NULL AS "isWork",
    r.id IS NOT NULL AS "isReversed", reversed.kind AS "reversedKind"
  FROM contracting.contribution_event e
  LEFT JOIN contracting.contribution_event r ON r.reverses_event_id = e.id
  LEFT JOIN contracting.contribution_event reversed ON reversed.id = e.reverses_event_id`;

/** What came of these pledges, in the order in which it was recorded. */
export function readContributions(
  query: Query,
  ids: readonly Id<'pledge'>[],
): Promise<StatementContribution[]> {
  return query(`${EVENTS} WHERE e.pledge_id = ANY ($1::uuid[]) ORDER BY e.id`, [ids]);
}

/** Writes what comes of hours and goods; the contract is locked by the caller, and the database counts the sums. */
@Injectable()
export class ContributionRepository {
  async insert(tx: Tx, event: NewContributionEvent): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.contribution_event
         (id, pledge_id, kind, quantity_milli, happened_on, reason, time_log_id, seconds, reverses_event_id, recorded_by,
          recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        event.id,
        event.pledgeId,
        event.kind,
        event.quantityMilli,
        event.happenedOn,
        event.reason,
        event.work?.timeLogId ?? null,
        event.work?.seconds ?? null,
        event.reversesEventId ?? null,
        event.recordedBy,
        tx.now,
      ],
    );
  }

  async find(tx: Tx, id: Id<'contributionEvent'>): Promise<Of<ContributionEvent> | null> {
    const [row] = await tx.query<Of<ContributionEvent>>(`${EVENTS} WHERE e.id = $1`, [id]);
    return row ?? null;
  }

  async isCounted(tx: Tx, timeLogId: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM contracting.contribution_event WHERE time_log_id = $1`, [
      timeLogId,
    ]);
    return rows.length > 0;
  }

  /** Seconds of all stretches that counted for a pledge. */
  async secondsOf(tx: Tx, pledgeId: Id<'pledge'>): Promise<bigint> {
    const [row] = await tx.query<{ seconds: bigint }>(
      `SELECT coalesce(sum(seconds), 0)::bigint AS seconds FROM contracting.contribution_event WHERE pledge_id = $1`,
      [pledgeId],
    );
    return row?.seconds ?? 0n;
  }
}

/** What came of each pledge of hours or goods, in the order in which it was recorded. */
@Injectable()
export class ContributionsOfPledgeLoader extends RequestLoader<Id<'pledge'>, ContributionEvent[]> {
  constructor(private readonly database: Database) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'pledge'>[]): Promise<ContributionEvent[][]> {
    const rows = await this.database.query<Of<ContributionEvent>>(
      `${EVENTS} WHERE e.pledge_id = ANY ($1::uuid[]) ORDER BY e.id`,
      [ids],
      'contributions-of-pledges',
    );
    return ids.map((id) => rows.filter(({ pledgeId }) => pledgeId === id));
  }
}
