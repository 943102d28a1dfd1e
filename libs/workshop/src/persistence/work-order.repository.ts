import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import type { HouseKind } from '../domain/care.js';
import type { JobState } from '../domain/job.js';

export interface NewWorkOrder {
  readonly id: Id<'workOrder'>;
  readonly fablabId: Id<'community'>;
  readonly kind: 'production' | HouseKind;
  readonly contractId: string | null;
  readonly contractRef: string | null;
  readonly contractLine: number | null;
  readonly productVersionId: string | null;
  readonly productName: string;
  readonly receiverId: Id<'community'> | null;
  readonly tier: string;
  readonly quantity: number;
  readonly dueOn: Day | null;
  readonly jobsOpen: number;
}

export interface NewJob {
  readonly id: Id<'job'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly position: number;
  readonly name: string;
  readonly instructions: string | null;
  readonly quantity: number;
  readonly plannedMinutes: number;
  readonly state: JobState;
  /** Ids of the jobs that must be done before. */
  readonly after: readonly Id<'job'>[];
}

/** Where a work centre is, and the lane that its jobs queue in. */
export interface LanePlace {
  readonly workCentreId: Id<'workCentre'>;
  readonly sectionId: Id<'section'>;
  readonly laneId: Id<'lane'>;
}

@Injectable()
export class WorkOrderRepository {
  /** @returns false when this line of this contract has its work order already */
  async insert(tx: Tx, order: NewWorkOrder): Promise<boolean> {
    const inserted = await tx.query(
      `INSERT INTO workshop.work_order (id, fablab_id, contract_id, contract_ref, contract_line, product_version_id,
         product_name, receiver_id, tier, quantity, due_on, state, jobs_open, created_at, kind)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13, $14)
       ON CONFLICT ON CONSTRAINT work_order_contract_line_key DO NOTHING RETURNING id`,
      [
        order.id,
        order.fablabId,
        order.contractId,
        order.contractRef,
        order.contractLine,
        order.productVersionId,
        order.productName,
        order.receiverId,
        order.tier,
        order.quantity,
        order.dueOn,
        order.jobsOpen,
        tx.now,
        order.kind,
      ],
    );
    return inserted.length > 0;
  }

  /** All jobs of an order and their precedence, in two statements. Numbers are given in order of position. */
  async insertJobs(
    tx: Tx,
    order: Pick<NewWorkOrder, 'id' | 'fablabId' | 'dueOn'>,
    jobs: readonly (NewJob & LanePlace)[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.job (id, work_order_id, fablab_id, section_id, work_centre_id, lane_id, position, name,
         instructions, quantity, planned_minutes, due_on, state, epoch, fence, predecessors_open, ready_since, created_at)
       SELECT id, $2, $3, "sectionId", "workCentreId", "laneId", position, name, instructions, quantity, "plannedMinutes",
         $4::date, state, CASE state WHEN 'ready' THEN 1 ELSE 0 END, 0, jsonb_array_length(after),
         CASE state WHEN 'ready' THEN $5::timestamptz END, $5
       FROM jsonb_to_recordset($1::jsonb) AS job (id uuid, "sectionId" uuid, "workCentreId" uuid, "laneId" uuid,
         position integer, name text, instructions text, quantity integer, "plannedMinutes" integer, state text, after jsonb)
       ORDER BY position`,
      [JSON.stringify(jobs), order.id, order.fablabId, order.dueOn, tx.now],
    );
    const links = jobs.flatMap((job) => job.after.map((predecessorId) => ({ jobId: job.id, predecessorId })));
    if (links.length === 0) return;
    await tx.execute(
      `INSERT INTO workshop.job_predecessor (job_id, predecessor_id, work_order_id)
       SELECT "jobId", "predecessorId", $2 FROM jsonb_to_recordset($1::jsonb) AS link ("jobId" uuid, "predecessorId" uuid)`,
      [JSON.stringify(links), order.id],
    );
  }

  lanesOf(tx: Tx, workCentreIds: readonly string[]): Promise<LanePlace[]> {
    return tx.query(
      `SELECT DISTINCT ON (work_centre.id) work_centre.id AS "workCentreId", work_centre.section_id AS "sectionId", lane.id AS "laneId"
       FROM workshop.work_centre JOIN workshop.lane ON lane.work_centre_id = work_centre.id
       WHERE work_centre.id = ANY ($1::uuid[]) ORDER BY work_centre.id, lane.created_at, lane.id`,
      [workCentreIds],
    );
  }

  /** @returns false when the contract has no work orders yet */
  async existForContract(tx: Tx, contractId: string): Promise<boolean> {
    return (
      (await tx.query(`SELECT 1 FROM workshop.work_order WHERE contract_id = $1 LIMIT 1`, [contractId]))
        .length > 0
    );
  }

  async cancelForContract(tx: Tx, contractId: string): Promise<void> {
    await tx.execute(
      `UPDATE workshop.work_order SET state = 'cancelled' WHERE contract_id = $1 AND state = 'open'`,
      [contractId],
    );
  }

  /** Open orders of a contract, locked, whose day is another than agreed now. */
  async changeDays(
    tx: Tx,
    contractId: string,
    lines: readonly { readonly position: number; readonly dueOn: string }[],
  ): Promise<Id<'workOrder'>[]> {
    const changed = await tx.query<{ id: Id<'workOrder'> }>(
      `UPDATE workshop.work_order SET due_on = line."dueOn"
       FROM jsonb_to_recordset($2::jsonb) AS line (position integer, "dueOn" date)
       WHERE contract_id = $1 AND contract_line = line.position AND state = 'open' AND due_on IS DISTINCT FROM line."dueOn"
       RETURNING id`,
      [contractId, JSON.stringify(lines)],
    );
    return changed.map((row) => row.id);
  }

  /** Ids of the jobs of these orders that have not ended. */
  async openJobs(tx: Tx, orderIds: readonly Id<'workOrder'>[]): Promise<Id<'job'>[]> {
    const rows = await tx.query<{ id: Id<'job'> }>(
      `SELECT id FROM workshop.job WHERE work_order_id = ANY ($1::uuid[]) AND state NOT IN ('done', 'scrapped', 'cancelled')`,
      [orderIds],
    );
    return rows.map((row) => row.id);
  }
}
