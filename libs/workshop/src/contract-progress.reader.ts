import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

/** How far a contract's work has come. Public: counts only. */
export interface ContractProgress {
  readonly jobsDone: number;
  readonly jobsTotal: number;
  /** Units that went through every operation and came out good. */
  readonly unitsDone: number;
  readonly unitsTotal: number;
}

const NOTHING_YET: ContractProgress = { jobsDone: 0, jobsTotal: 0, unitsDone: 0, unitsTotal: 0 };

/** Reads progress by contract, for the contract's page and for the public registry. */
@Injectable()
export class ContractProgressReader {
  constructor(private readonly database: Database) {}

  async progressOf(contractRef: string): Promise<ContractProgress> {
    return (await this.progressOfMany([contractRef])).get(contractRef) ?? NOTHING_YET;
  }

  /** Contracts without work orders have no entry. */
  async progressOfMany(contractRefs: readonly string[]): Promise<ReadonlyMap<string, ContractProgress>> {
    const rows = await this.database.query<ContractProgress & { ref: string }>(
      `SELECT ref, sum("jobsDone")::int AS "jobsDone", sum("jobsTotal")::int AS "jobsTotal",
         sum("unitsDone")::int AS "unitsDone", sum("unitsTotal")::int AS "unitsTotal"
       FROM (
         SELECT ref, "unitsTotal", sum(done) AS "jobsDone", sum(total) AS "jobsTotal", min(good) AS "unitsDone"
         FROM (
           -- An operation may have several parts, and jobs that make scrap good.
           SELECT work_order.id, work_order.contract_ref AS ref, work_order.quantity AS "unitsTotal", job.position,
             count(*) FILTER (WHERE job.state = 'done') AS done, count(*) FILTER (WHERE job.state <> 'scrapped') AS total,
             sum(CASE WHEN job.state IN ('done', 'scrapped') THEN job.quantity_good ELSE 0 END) AS good
           FROM workshop.work_order JOIN workshop.job ON job.work_order_id = work_order.id
           WHERE work_order.contract_ref = ANY ($1::text[]) AND job.state <> 'cancelled'
           GROUP BY work_order.id, job.position) AS operation
         GROUP BY id, ref, "unitsTotal") AS each
       GROUP BY ref`,
      [contractRefs],
      'contract-progress',
    );
    return new Map(rows.map(({ ref, ...progress }) => [ref, progress]));
  }
}
