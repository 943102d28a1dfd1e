import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import type { Period, JobWork } from '../domain/job.js';
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
}

export type JobCause =
  | 'ordered'
  | 'maker'
  | 'predecessors-done'
  | 'lease-ended'
  | 'contract-ended'
  | 'pinned'
  | 'unpinned'
  | 'planned';

/** Who holds a job, and until when without a further sign of life. */
export interface Hold {
  readonly makerId: Id<'person'>;
  readonly leaseEndsAt: Date;
}

export const JOB_COLUMNS = `
  job.id, job.number, job.work_order_id AS "workOrderId", job.fablab_id AS "fablabId",
  job.section_id AS "sectionId", job.lane_id AS "laneId", job.due_on::text AS "dueOn",
  job.planned_start AS "plannedStart", job.pinned_at IS NOT NULL AS pinned,
  (SELECT contract_ref FROM workshop.work_order WHERE id = job.work_order_id) AS "contractRef",
  job.state, job.epoch, job.fence, job.claimed_by AS "claimedBy", job.seen_at AS "seenAt",
  job.quantity, job.quantity_good AS "quantityGood", job.quantity_scrapped AS "quantityScrapped",
  job.started_at AS "startedAt", job.running_since AS "runningSince", job.worked_seconds AS "workedSeconds",
  job.done_at AS "doneAt"`;

/** The order of a lane: `orderKey` of domain/order.ts, as the index `job_queue` holds it. */
export const QUEUE_ORDER = 'job.priority, job.ready_since, job.number';

/** Writes jobs and what happened to them. Every change of state goes through `move`. */
@Injectable()
export class JobRepository {
  constructor(private readonly ids: IdSource) {}

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
   * Writes what a step made of a held job: the work, the hold (null: nobody's any more), the period that ended,
   * and the history. A job that becomes ready gets a new epoch, and with it a new ticket.
   */
  async move(
    tx: Tx,
    job: JobRow,
    step: { readonly next: JobWork; readonly period: Period | null },
    by: { readonly hold: Hold | null; readonly cause: JobCause; readonly actorId: Id<'person'> | null },
  ): Promise<void> {
    const { next, period } = step;
    const epoch = next.state === 'ready' ? job.epoch + 1 : job.epoch;
    await tx.execute(
      `UPDATE workshop.job SET state = $2, epoch = $3, quantity_good = $4, quantity_scrapped = $5, started_at = $6,
         running_since = $7, worked_seconds = $8, done_at = $9, lease_ends_at = $10,
         claimed_by = CASE WHEN $10::timestamptz IS NULL THEN NULL ELSE claimed_by END,
         claimed_at = CASE WHEN $10::timestamptz IS NULL THEN NULL ELSE claimed_at END,
         seen_at = CASE WHEN $10::timestamptz IS NULL THEN NULL ELSE $11::timestamptz END,
         ready_since = CASE WHEN $2 = 'ready' THEN $11::timestamptz ELSE ready_since END
       WHERE id = $1`,
      [
        job.id,
        next.state,
        epoch,
        next.quantityGood,
        next.quantityScrapped,
        next.startedAt,
        next.runningSince,
        next.workedSeconds,
        next.doneAt,
        by.hold?.leaseEndsAt ?? null,
        tx.now,
      ],
    );
    if (period !== null && job.claimedBy !== null) await this.logTime(tx, job, period, job.claimedBy);
    const after: JobRow = { ...job, ...next, epoch };
    if (next.state !== job.state) await this.record(tx, after, job.state, by.cause, by.actorId);
    if (next.state === 'ready') this.issueTicket(tx, after);
    this.announce(tx, after);
  }

  /**
   * One predecessor of these jobs is done. Locks them in id order and makes those ready that waited for it alone.
   */
  async releaseSuccessors(tx: Tx, doneJobId: Id<'job'>): Promise<void> {
    const waiting = await tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job
       WHERE id IN (SELECT job_id FROM workshop.job_predecessor WHERE predecessor_id = $1) AND state = 'waiting'
       ORDER BY id FOR NO KEY UPDATE`,
      [doneJobId],
    );
    if (waiting.length === 0) return;
    const released = await tx.query<{ id: Id<'job'>; state: string }>(
      `UPDATE workshop.job SET predecessors_open = predecessors_open - 1,
         state = CASE predecessors_open WHEN 1 THEN 'ready' ELSE state END,
         epoch = CASE predecessors_open WHEN 1 THEN epoch + 1 ELSE epoch END,
         ready_since = CASE predecessors_open WHEN 1 THEN $2::timestamptz ELSE ready_since END
       WHERE id = ANY ($1::uuid[]) RETURNING id, state`,
      [waiting.map((job) => job.id), tx.now],
    );
    const ready = new Set(released.filter((row) => row.state === 'ready').map((row) => row.id));
    for (const job of waiting) {
      if (!ready.has(job.id)) continue;
      const after: JobRow = { ...job, state: 'ready', epoch: job.epoch + 1 };
      await this.record(tx, after, 'waiting', 'predecessors-done', null);
      this.issueTicket(tx, after);
      this.announce(tx, after);
    }
  }

  /**
   * Pins a job, or takes the pin off. A ready job's ticket is renewed, since its turn is another now; it stands behind
   * those of the same priority, here as in the queue.
   */
  async setPin(
    tx: Tx,
    job: JobRow,
    pin: { readonly personId: Id<'person'>; readonly reason: string } | null,
    actorId: Id<'person'> | null = pin?.personId ?? null,
  ): Promise<void> {
    const after: JobRow = {
      ...job,
      pinned: pin !== null,
      epoch: job.epoch + (job.state === 'ready' ? 1 : 0),
    };
    await tx.execute(
      `UPDATE workshop.job SET pinned_at = $2, pinned_by = $3, pin_reason = $4, epoch = $5,
         ready_since = CASE state WHEN 'ready' THEN $6::timestamptz ELSE ready_since END WHERE id = $1`,
      [job.id, pin && tx.now, pin?.personId ?? null, pin?.reason ?? null, after.epoch, tx.now],
    );
    await this.record(tx, after, job.state, pin ? 'pinned' : 'unpinned', actorId);
    if (after.state === 'ready') this.issueTicket(tx, after);
    this.announce(tx, after);
  }

  /** @param moved the job has another turn than before: a ready one needs another ticket */
  async setPlannedStart(tx: Tx, job: JobRow, plannedStart: Date | null, moved: boolean): Promise<void> {
    const renewed = moved && job.state === 'ready';
    const after: JobRow = { ...job, plannedStart, epoch: job.epoch + (renewed ? 1 : 0) };
    await tx.execute(
      `UPDATE workshop.job SET planned_start = $2, epoch = $3,
         ready_since = CASE WHEN epoch < $3 THEN $4::timestamptz ELSE ready_since END WHERE id = $1`,
      [job.id, plannedStart, after.epoch, tx.now],
    );
    if (!renewed) return;
    await this.record(tx, after, job.state, 'planned', null);
    this.issueTicket(tx, after);
    this.announce(tx, after);
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
      `SELECT 1 FROM workshop.job_event WHERE job_id = $1 AND fence = $2 AND actor_id = $3 AND to_state = 'claimed'`,
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
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.job_event (job_id, from_state, to_state, cause, actor_id, epoch, fence, happened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [job.id, from, job.state, cause, actorId, job.epoch, job.fence, tx.now],
    );
  }

  private async logTime(tx: Tx, job: JobRow, period: Period, personId: Id<'person'>): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.time_log (id, job_id, person_id, fence, started_at, ended_at, seconds) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [this.ids.next(), job.id, personId, job.fence, period.startedAt, period.endedAt, period.seconds],
    );
  }
}
