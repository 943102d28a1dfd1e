import { Injectable } from '@nestjs/common';
import type { Day, Id } from '#kernel';
import type { Tx } from '#platform';
import { ticketPriority } from '../domain/order.js';
import { JobRepository, type JobRow } from './job.repository.js';

/** Writes what decides a job's turn. A ready job whose turn changed gets a new epoch, and with it a new ticket. */
@Injectable()
export class TurnRepository {
  constructor(private readonly jobs: JobRepository) {}

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
    await this.jobs.record(tx, after, job.state, pin ? 'pinned' : 'unpinned', actorId);
    if (after.state === 'ready') this.jobs.issueTicket(tx, after);
    this.jobs.announce(tx, after);
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
    await this.jobs.record(tx, after, job.state, 'planned', null);
    this.jobs.issueTicket(tx, after);
    this.jobs.announce(tx, after);
  }

  /** Takes the day of the job's order over. A ready job's ticket is renewed when its turn is another now. */
  async followOrderDay(tx: Tx, job: JobRow): Promise<void> {
    const [row] = await tx.query<{ dueOn: Day | null; moved: boolean }>(
      `UPDATE workshop.job SET due_on = work_order.due_on FROM workshop.work_order
       WHERE job.id = $1 AND work_order.id = job.work_order_id
       RETURNING job.due_on::text AS "dueOn", priority <> $2 AS moved`,
      [job.id, ticketPriority(job)],
    );
    if (!row) return;
    const renewed = row.moved && job.state === 'ready';
    const after: JobRow = { ...job, dueOn: row.dueOn, epoch: job.epoch + (renewed ? 1 : 0) };
    if (renewed) {
      await tx.execute(`UPDATE workshop.job SET epoch = $2, ready_since = $3 WHERE id = $1`, [
        job.id,
        after.epoch,
        tx.now,
      ]);
      this.jobs.issueTicket(tx, after);
    }
    await this.jobs.record(tx, after, job.state, 'amended', null, job.claimedBy);
    this.jobs.announce(tx, after);
  }
}
