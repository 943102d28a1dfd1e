import { Injectable } from '@nestjs/common';
import { dayOf, type Id } from '#kernel';
import { Database, IdSource, type Tx } from '#platform';
import type { Period, JobWork } from '../domain/job.js';
import type { OrderRef } from '../domain/events.js';
import { ticketPriority, type Urgency } from '../domain/order.js';
import type { Ticket } from '../domain/ticket.js';

/** A job as its rules see it, with what every change of it must tell others. */
export interface JobRow extends JobWork, Urgency {
  readonly id: Id<'job'>;
  readonly number: number;
  readonly workOrderId: Id<'workOrder'>;
  readonly fablabId: Id<'community'>;
  readonly sectionId: Id<'section'>;
  readonly laneId: Id<'lane'>;
  readonly contractRef: string | null;
  readonly epoch: number;
  readonly fence: number;
  readonly claimedBy: Id<'person'> | null;
  readonly seenAt: Date | null;
  readonly position: number;
  readonly part: number;
}

export type JobCause =
  | 'ordered'
  | 'maker'
  | 'predecessors-done'
  | 'lease-ended'
  | 'contract-ended'
  | 'pinned'
  | 'unpinned'
  | 'planned'
  | 'handed-over'
  | 'blocked'
  | 'lifted'
  | 'split'
  | 'merged'
  | 'rework'
  | 'cancelled'
  | 'amended';

/** Who holds a job, and until when without a further sign of life. */
export interface Hold {
  readonly makerId: Id<'person'>;
  readonly leaseEndsAt: Date;
}

/** Who and what made a job move, and whose it is afterwards. */
export interface Move {
  /** Null: nobody's any more. */
  readonly hold: Hold | null;
  readonly cause: JobCause;
  readonly actorId: Id<'person'> | null;
  /** Why it ended, where that needs saying. */
  readonly reason?: string | null;
  /** The maker's communities, where they are known: hours may be owed by one of them. */
  readonly communityIds?: readonly Id<'community'>[] | null;
}

export const JOB_COLUMNS = `
  job.id, job.number, job.work_order_id AS "workOrderId", job.fablab_id AS "fablabId",
  job.section_id AS "sectionId", job.lane_id AS "laneId", job.due_on::text AS "dueOn",
  job.planned_start AS "plannedStart", job.pinned_at IS NOT NULL AS pinned,
  (SELECT contract_ref FROM workshop.work_order WHERE id = job.work_order_id) AS "contractRef",
  job.state, job.epoch, job.fence, job.claimed_by AS "claimedBy", job.seen_at AS "seenAt",
  job.quantity, job.quantity_good AS "quantityGood", job.quantity_scrapped AS "quantityScrapped",
  job.blocks_open > 0 AS blocked, job.position, job.part, job.started_at AS "startedAt", job.running_since AS "runningSince", job.worked_seconds AS "workedSeconds",
  job.done_at AS "doneAt"`;

/** The order of a lane: `orderKey` of domain/order.ts, as the index `job_queue` holds it. */
export const QUEUE_ORDER = 'job.priority, job.ready_since, job.number';

/** Writes jobs and what happened to them. Every change of state goes through `move`. */
@Injectable()
export class JobRepository {
  constructor(
    private readonly ids: IdSource,
    private readonly database: Database,
  ) {}

  async lock(tx: Tx, jobId: Id<'job'>): Promise<JobRow | null> {
    const [row] = await tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job WHERE id = $1 FOR NO KEY UPDATE`,
      [jobId],
    );
    return row ?? null;
  }

  /** The jobs of a contract that are not ended, locked in the order of ids, with who holds them. */
  lockOpenOfContract(tx: Tx, contractId: string): Promise<JobRow[]> {
    return tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job
       WHERE work_order_id IN (SELECT id FROM workshop.work_order WHERE contract_id = $1)
         AND state NOT IN ('done', 'scrapped', 'cancelled')
       ORDER BY id FOR NO KEY UPDATE`,
      [contractId],
    );
  }

  /** Unlocked, outside of a transaction: what it says may have changed by the time it is used. */
  async find(jobId: Id<'job'>): Promise<JobRow | null> {
    return this.database.queryOne<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job WHERE id = $1`,
      [jobId],
      'find-job',
    );
  }

  /** In order of id, so that two who want several never wait for each other. */
  lockMany(tx: Tx, jobIds: readonly Id<'job'>[]): Promise<JobRow[]> {
    return tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      [jobIds],
    );
  }

  /**
   * The fenced claim, in one function of the database, which keeps the bound for free-tier jobs. With a ticket it
   * succeeds only while that job is ready under this very epoch, so that of all who hold a ticket, or an old one, one
   * gets it; without one it takes the first of the lane. `redirected`: a free-tier job was due and taken instead.
   * @returns null when the ticket is stale, or the lane has no job
   */
  async claim(
    tx: Tx,
    laneId: Id<'lane'>,
    ticket: Ticket | null,
    hold: Hold,
  ): Promise<(JobRow & { readonly redirected: boolean }) | null> {
    const [row] = await tx.query<JobRow & { redirected: boolean }>(
      `SELECT ${JOB_COLUMNS}, job.redirected FROM (
         SELECT (claim.claimed).*, claim.redirected FROM workshop.claim_job($1, $2, $3, $4, $5, $6) AS claim) AS job`,
      [laneId, ticket?.jobId ?? null, ticket?.epoch ?? null, hold.makerId, tx.now, hold.leaseEndsAt],
      'claim-job',
    );
    if (!row) return null;
    this.announce(tx, row);
    return row;
  }

  /**
   * Writes what a step made of a job: the work, the hold, the period that ended, and the history. A job that becomes
   * ready gets a new epoch, and with it a new ticket; one that changes hands a new fence.
   */
  async move(
    tx: Tx,
    job: JobRow,
    step: { readonly next: JobWork; readonly period: Period | null },
    by: Move,
  ): Promise<JobRow> {
    const { next, period } = step;
    const isReady = next.state === 'ready' && job.state !== 'ready';
    const changesHands = by.hold !== null && by.hold.makerId !== job.claimedBy;
    const after: JobRow = {
      ...{ ...job, ...next },
      epoch: job.epoch + (isReady ? 1 : 0),
      fence: job.fence + (changesHands ? 1 : 0),
      claimedBy: by.hold?.makerId ?? null,
    };
    await tx.query(
      `UPDATE workshop.job SET state = $2, epoch = $3, quantity_good = $4, quantity_scrapped = $5, started_at = $6,
         running_since = $7, worked_seconds = $8, done_at = $9, lease_ends_at = $10, claimed_by = $12, fence = $13,
         claimed_at = CASE WHEN $12::uuid IS NULL THEN NULL WHEN fence < $13 THEN $11::timestamptz ELSE claimed_at END,
         seen_at = CASE WHEN $12::uuid IS NULL THEN NULL ELSE $11::timestamptz END,
         ready_since = CASE WHEN epoch < $3 THEN $11::timestamptz ELSE ready_since END, ended_reason = $14
       WHERE id = $1`,
      [
        job.id,
        next.state,
        after.epoch,
        next.quantityGood,
        next.quantityScrapped,
        next.startedAt,
        next.runningSince,
        next.workedSeconds,
        next.doneAt,
        by.hold?.leaseEndsAt ?? null,
        tx.now,
        after.claimedBy,
        after.fence,
        by.reason ?? null,
      ],
      'move-job',
    );
    if (period !== null && job.claimedBy !== null)
      await this.logTime(tx, job, period, by.communityIds ?? null);
    if (next.state !== job.state || changesHands) {
      await this.record(tx, after, job.state, by.cause, by.actorId, after.claimedBy);
    }
    if (isReady) this.issueTicket(tx, after);
    this.announce(tx, after);
    return after;
  }

  /** Counts one more thing in a job's way, and writes what that made of it. Its hold, if any, stays as it is. */
  async block(
    tx: Tx,
    job: JobRow,
    step: { readonly next: JobWork; readonly period: Period | null },
    by: Pick<Move, 'cause' | 'actorId' | 'communityIds'>,
  ): Promise<void> {
    const { next, period } = step;
    await tx.execute(
      `UPDATE workshop.job SET blocks_open = blocks_open + 1, state = $2, running_since = $3, worked_seconds = $4 WHERE id = $1`,
      [job.id, next.state, next.runningSince, next.workedSeconds],
    );
    if (period !== null) await this.logTime(tx, job, period, by.communityIds ?? null);
    await this.record(tx, { ...job, ...next }, job.state, by.cause, by.actorId, job.claimedBy);
    this.announce(tx, job);
  }

  async addNote(
    tx: Tx,
    note: { jobId: Id<'job'>; authorId: Id<'person'>; fence: number; text: string; late: boolean },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.job_note (id, job_id, author_id, fence, text, late, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [this.ids.next(), note.jobId, note.authorId, note.fence, note.text, note.late, tx.now],
    );
  }

  /** True for who held the job under this fence, now or at any time before. */
  async heldOnce(tx: Tx, jobId: Id<'job'>, fence: number, personId: Id<'person'>): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM workshop.job_event WHERE job_id = $1 AND fence = $2 AND coalesce(holder_id, actor_id) = $3 AND to_state = 'claimed'`,
      [jobId, fence, personId],
    );
    return rows.length > 0;
  }

  /** Puts the event that the worker turns into a BullMQ entry into the outbox. */
  issueTicket(tx: Tx, job: Pick<JobRow, 'id' | 'epoch' | 'laneId' | keyof Urgency>): void {
    const { id: jobId, epoch, laneId } = job;
    const notBefore = job.pinned ? null : (job.plannedStart?.toISOString() ?? null);
    tx.publish({
      type: 'workshop.job-ready',
      payload: { jobId, epoch, laneId, priority: ticketPriority(job), notBefore },
    });
  }

  announce(tx: Tx, job: Pick<JobRow, 'id' | 'sectionId' | 'fablabId' | 'contractRef'>): void {
    const { id: jobId, sectionId, fablabId, contractRef } = job;
    tx.publish({ type: 'workshop.job-changed', payload: { jobId, sectionId, fablabId, contractRef } });
  }

  async record(
    tx: Tx,
    job: Pick<JobRow, 'id' | 'state' | 'epoch' | 'fence'>,
    from: string | null,
    cause: JobCause,
    actorId: Id<'person'> | null,
    holderId: Id<'person'> | null = null,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO workshop.job_event (job_id, from_state, to_state, cause, actor_id, epoch, fence, happened_at, holder_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [job.id, from, job.state, cause, actorId, job.epoch, job.fence, tx.now, holderId],
      'record-job-event',
    );
  }

  private async logTime(
    tx: Tx,
    job: JobRow,
    period: Period,
    communityIds: readonly Id<'community'>[] | null,
  ): Promise<void> {
    const { id: jobId, workOrderId, fablabId, sectionId, claimedBy: makerId } = job;
    const id = this.ids.next<'timeLog'>();
    const [order] = await tx.query<OrderRef>(
      `WITH logged AS (
         INSERT INTO workshop.time_log (id, job_id, person_id, fence, started_at, ended_at, seconds) VALUES ($1, $2, $3, $4, $5, $6, $7))
       SELECT contract_id AS "contractId", contract_ref AS "contractRef", contract_line AS "contractLine"
       FROM workshop.work_order WHERE id = $8`,
      [id, jobId, makerId, job.fence, period.startedAt, period.endedAt, period.seconds, workOrderId],
      'log-time',
    );
    if (makerId === null || order === undefined) return;
    tx.publish({
      type: 'workshop.time-logged',
      payload: {
        ...{ timeLogId: id, jobId, workOrderId, fablabId, sectionId, makerId, communityIds, ...order },
        seconds: period.seconds,
        milliHours: Math.floor((period.seconds * 1000) / 3600),
        day: dayOf(period.endedAt),
      },
    });
  }
}
