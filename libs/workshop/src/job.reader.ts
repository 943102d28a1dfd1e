import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import { Database } from '#platform';
import type { BlockKind } from './domain/block.js';
import type { JobState } from './domain/job.js';
import { MACHINE_IS_DOWN } from './persistence/openness.js';

/** A job as boards show it. */
export interface JobView {
  readonly id: Id<'job'>;
  readonly number: number;
  readonly fablabId: Id<'community'>;
  readonly sectionId: Id<'section'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly workOrderId: Id<'workOrder'>;
  readonly contractRef: string | null;
  readonly state: JobState;
  readonly name: string;
  readonly position: number;
  readonly instructions: string | null;
  readonly quantity: number;
  readonly plannedMinutes: number;
  readonly dueOn: Day | null;
  readonly tier: 'free' | 'fair' | 'premium';
  /** 1 … 2^21: small ones are taken first. */
  readonly priority: number;
  readonly plannedStart: Date | null;
  readonly pinnedAt: Date | null;
  readonly pinnedBy: Id<'person'> | null;
  readonly pinReason: string | null;
  /** Positions of the operations before it, and of those that are not done yet. */
  readonly after: number[];
  readonly waitsFor: number[];
  readonly fence: number;
  readonly claimedBy: Id<'person'> | null;
  readonly claimedAt: Date | null;
  readonly leaseEndsAt: Date | null;
  readonly startedAt: Date | null;
  readonly runningSince: Date | null;
  readonly workedSeconds: number;
  readonly quantityGood: number;
  readonly quantityScrapped: number;
  readonly doneAt: Date | null;
  readonly part: number;
  readonly splitFrom: Id<'job'> | null;
  readonly mergedInto: Id<'job'> | null;
  readonly reworkOf: Id<'job'> | null;
  readonly endedReason: string | null;
  /** What is in its way now, by name. */
  readonly blockedBy: BlockKind[];
  /** Every machine of its work centre is out of use. */
  readonly machineDown: boolean;
}

export interface WorkOrderView {
  readonly id: Id<'workOrder'>;
  readonly fablabId: Id<'community'>;
  readonly number: number;
  readonly contractRef: string | null;
  readonly productName: string;
  readonly tier: 'free' | 'fair' | 'premium';
  readonly quantity: number;
  readonly dueOn: string | null;
  readonly state: string;
}

export interface NoteView {
  readonly id: Id<'jobNote'>;
  readonly jobId: Id<'job'>;
  readonly authorId: Id<'person'>;
  readonly text: string;
  readonly late: boolean;
  readonly writtenAt: Date;
}

/** Something that is, or was, in a job's way. */
export interface BlockView {
  readonly id: Id<'jobBlock'>;
  readonly jobId: Id<'job'>;
  readonly kind: BlockKind;
  readonly detail: string;
  readonly raisedBy: Id<'person'>;
  readonly raisedAt: Date;
  readonly lifterId: Id<'person'>;
  readonly liftedBy: Id<'person'> | null;
  readonly liftedAt: Date | null;
  readonly answer: string | null;
}

/** One step of a job's history, which is never changed. */
export interface JobEventView {
  readonly id: bigint;
  readonly jobId: Id<'job'>;
  readonly fromState: JobState | null;
  readonly toState: JobState;
  readonly cause: string;
  readonly actorId: Id<'person'> | null;
  readonly fence: number;
  readonly happenedAt: Date;
}

export interface MaterialView {
  readonly id: Id<'jobMaterial'>;
  readonly jobId: Id<'job'>;
  readonly kind: 'used' | 'waste';
  readonly item: string;
  readonly unit: string;
  readonly quantityMilli: bigint;
  readonly personId: Id<'person'>;
  readonly loggedAt: Date;
}

/** A board is for people: past this many jobs the counts say the rest. */
export const BOARD_JOBS_MAX = 300;

/** Work in hand, then what may be taken in its order, then what waits, then what ended, the latest first. */
const BOARD_ORDER = `CASE job.state WHEN 'running' THEN 0 WHEN 'paused' THEN 1 WHEN 'claimed' THEN 2 WHEN 'ready' THEN 3
    WHEN 'waiting' THEN 4 ELSE 5 END,
  job.done_at DESC NULLS LAST, job.priority, job.ready_since NULLS LAST, job.number`;

const JOB = `SELECT job.id, job.number, job.fablab_id AS "fablabId", job.section_id AS "sectionId",
  job.work_centre_id AS "workCentreId", job.work_order_id AS "workOrderId", work_order.contract_ref AS "contractRef",
  job.state, job.name, job.position, job.instructions, job.quantity, job.planned_minutes AS "plannedMinutes",
  job.due_on::text AS "dueOn", work_order.tier, job.priority, job.planned_start AS "plannedStart",
  job.pinned_at AS "pinnedAt", job.pinned_by AS "pinnedBy", job.pin_reason AS "pinReason", job.fence, job.claimed_by AS "claimedBy", job.claimed_at AS "claimedAt",
  job.lease_ends_at AS "leaseEndsAt", job.started_at AS "startedAt", job.running_since AS "runningSince",
  job.worked_seconds AS "workedSeconds", job.quantity_good AS "quantityGood",
  job.quantity_scrapped AS "quantityScrapped", job.done_at AS "doneAt",
  job.part, job.split_from AS "splitFrom", job.merged_into AS "mergedInto", job.rework_of AS "reworkOf", job.ended_reason AS "endedReason",
  ARRAY(SELECT DISTINCT kind FROM workshop.job_block WHERE job_id = job.id AND lifted_at IS NULL ORDER BY 1) AS "blockedBy", ${MACHINE_IS_DOWN} AS "machineDown",
  ARRAY(SELECT DISTINCT earlier.position FROM workshop.job_predecessor AS link JOIN workshop.job AS earlier ON earlier.id = link.predecessor_id
    WHERE link.job_id = job.id ORDER BY 1) AS after,
  ARRAY(SELECT DISTINCT earlier.position FROM workshop.job_predecessor AS link JOIN workshop.job AS earlier ON earlier.id = link.predecessor_id
    WHERE link.job_id = job.id AND job.state = 'waiting' AND earlier.state NOT IN ('done', 'scrapped', 'cancelled') ORDER BY 1) AS "waitsFor"
  FROM workshop.job JOIN workshop.work_order ON work_order.id = job.work_order_id
  JOIN workshop.work_centre ON work_centre.id = job.work_centre_id`;

const WORK_ORDER = `SELECT id, fablab_id AS "fablabId", number, contract_ref AS "contractRef", product_name AS "productName",
  tier, quantity, due_on::text AS "dueOn", state FROM workshop.work_order`;

/** Reads jobs for screens: one statement for a board. Who may see them is for the caller to decide. */
@Injectable()
export class JobReader {
  constructor(private readonly database: Database) {}

  byIds(ids: readonly Id<'job'>[]): Promise<JobView[]> {
    return this.database.query(`${JOB} WHERE job.id = ANY ($1::uuid[])`, [ids], 'jobs-by-id');
  }

  /** The boards of several sections, each in its order and at most `BOARD_JOBS_MAX` long. */
  ofSections(sectionIds: readonly Id<'section'>[], states: readonly JobState[]): Promise<JobView[]> {
    return this.database.query(
      `SELECT board.* FROM unnest($1::uuid[]) WITH ORDINALITY AS section (id, place) CROSS JOIN LATERAL (
         ${JOB} WHERE job.section_id = section.id AND job.state = ANY ($2::text[])
         ORDER BY ${BOARD_ORDER} LIMIT ${BOARD_JOBS_MAX}) AS board`,
      [sectionIds, states],
      'jobs-of-sections',
    );
  }

  heldBy(personId: Id<'person'>): Promise<JobView[]> {
    return this.database.query(
      `${JOB} WHERE job.claimed_by = $1 ORDER BY job.claimed_at`,
      [personId],
      'jobs-held',
    );
  }

  ofWorkOrders(ids: readonly Id<'workOrder'>[]): Promise<JobView[]> {
    return this.database.query(
      `${JOB} WHERE job.work_order_id = ANY ($1::uuid[]) ORDER BY job.position`,
      [ids],
      'jobs-of-orders',
    );
  }

  workOrdersByIds(ids: readonly Id<'workOrder'>[]): Promise<WorkOrderView[]> {
    return this.database.query(`${WORK_ORDER} WHERE id = ANY ($1::uuid[])`, [ids], 'work-orders-by-id');
  }

  /** Of one contract, as far as they are made in one of these fablabs. */
  workOrdersOf(contractRef: string, fablabIds: readonly Id<'community'>[]): Promise<WorkOrderView[]> {
    return this.database.query(
      `${WORK_ORDER} WHERE contract_ref = $1 AND fablab_id = ANY ($2::uuid[]) ORDER BY contract_line`,
      [contractRef, fablabIds],
      'work-orders-of',
    );
  }

  notesOf(jobIds: readonly Id<'job'>[]): Promise<NoteView[]> {
    return this.database.query(
      `SELECT id, job_id AS "jobId", author_id AS "authorId", text, late, written_at AS "writtenAt"
       FROM workshop.job_note WHERE job_id = ANY ($1::uuid[]) ORDER BY written_at, id`,
      [jobIds],
      'notes-of-jobs',
    );
  }

  /** Open ones first, then the latest. */
  blocksOf(jobIds: readonly Id<'job'>[]): Promise<BlockView[]> {
    return this.database.query(
      `SELECT id, job_id AS "jobId", kind, detail, raised_by AS "raisedBy", raised_at AS "raisedAt", lifter_id AS "lifterId",
         lifted_by AS "liftedBy", lifted_at AS "liftedAt", answer
       FROM workshop.job_block WHERE job_id = ANY ($1::uuid[]) ORDER BY lifted_at DESC NULLS FIRST, raised_at, id`,
      [jobIds],
      'blocks-of-jobs',
    );
  }

  historyOf(jobIds: readonly Id<'job'>[]): Promise<JobEventView[]> {
    return this.database.query(
      `SELECT id, job_id AS "jobId", from_state AS "fromState", to_state AS "toState", cause, actor_id AS "actorId", fence,
         happened_at AS "happenedAt" FROM workshop.job_event WHERE job_id = ANY ($1::uuid[]) ORDER BY id`,
      [jobIds],
      'history-of-jobs',
    );
  }

  materialOf(jobIds: readonly Id<'job'>[]): Promise<MaterialView[]> {
    return this.database.query(
      `SELECT id, job_id AS "jobId", kind, item, unit, quantity_milli AS "quantityMilli", person_id AS "personId",
         logged_at AS "loggedAt" FROM workshop.job_material WHERE job_id = ANY ($1::uuid[]) ORDER BY logged_at, id`,
      [jobIds],
      'material-of-jobs',
    );
  }

  async byNumber(fablabId: Id<'community'>, number: number): Promise<JobView | null> {
    return this.database.queryOne(
      `${JOB} WHERE job.number = $1 AND job.fablab_id = $2`,
      [number, fablabId],
      'job-by-number',
    );
  }
}
