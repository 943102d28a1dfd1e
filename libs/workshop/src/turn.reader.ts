import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';

/** A ready job's place in its lane, and what its lane remembers. */
export interface TurnView {
  readonly jobId: Id<'job'>;
  readonly rank: number;
  readonly turn: number | null;
  readonly claimsSinceFree: number;
  readonly freeBound: number;
}

/** Places beyond this one are told as «further back»: nobody counts a queue of thousands. */
const PLACES_MAX = 1000;

/** Reads whose turn it is. */
@Injectable()
export class TurnReader {
  constructor(private readonly database: Database) {}

  /** Of those of these jobs that are ready and among the first of their lane. */
  turnsOf(jobIds: readonly Id<'job'>[]): Promise<TurnView[]> {
    return this.database.query(
      `SELECT placed.id AS "jobId", placed.rank::int, CASE placed.tier WHEN 'free' THEN placed.turn::int END AS turn,
         lane.claims_since_free AS "claimsSinceFree", workshop.free_bound_of(work_centre.fablab_id) AS "freeBound"
       FROM workshop.lane JOIN workshop.work_centre ON work_centre.id = lane.work_centre_id
       CROSS JOIN LATERAL (
         SELECT id, tier, row_number() OVER place AS rank, count(*) FILTER (WHERE tier = 'free') OVER place AS turn
         FROM (SELECT id, tier, priority, ready_since, number FROM workshop.job
           WHERE lane_id = lane.id AND state = 'ready' ORDER BY priority, ready_since, number LIMIT ${PLACES_MAX}) AS first
         WINDOW place AS (ORDER BY priority, ready_since, number)) AS placed
       WHERE lane.id IN (SELECT lane_id FROM workshop.job WHERE id = ANY ($1::uuid[])) AND placed.id = ANY ($1::uuid[])`,
      [jobIds],
      'turns-of-jobs',
    );
  }

  /** The bound for free-tier jobs that a fablab has published. */
  async freeBoundOf(fablabId: Id<'community'>): Promise<number> {
    const row = await this.database.queryOne<{ bound: number }>(
      `SELECT workshop.free_bound_of($1) AS bound`,
      [fablabId],
      'free-bound-of',
    );
    return row?.bound ?? 0;
  }
}
