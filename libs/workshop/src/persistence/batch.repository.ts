import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import type { OrderRef } from '../domain/events.js';
import { JOB_COLUMNS, JobRepository, type JobCause, type JobRow } from './job.repository.js';

/** What a job that comes out of another one is for. */
export interface NewPart {
  readonly quantity: number;
  /** It makes scrap good, rather than taking units over. */
  readonly isRework: boolean;
}

/** What follows from the end of a work order's job: null while others are open. */
export type OrderEnd = OrderRef & { readonly outcome: 'done' | 'cancelled'; readonly quantity: number };

/** Writes how jobs hang together: which waits for which, which is a part of which, and what their order still lacks. */
@Injectable()
export class BatchRepository {
  constructor(
    private readonly ids: IdSource,
    private readonly jobs: JobRepository,
  ) {}

  /** Waiting jobs that wait for one of these, locked in order of id. */
  successors(tx: Tx, jobIds: readonly Id<'job'>[]): Promise<JobRow[]> {
    return tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM workshop.job
       WHERE id IN (SELECT job_id FROM workshop.job_predecessor WHERE predecessor_id = ANY ($1::uuid[])) AND state = 'waiting'
       ORDER BY id FOR NO KEY UPDATE`,
      [jobIds],
      'lock-successors',
    );
  }

  /**
   * Counts anew what these waiting, locked jobs wait for, and makes ready those that wait for nothing and have nothing
   * in their way. Counted under the lock, so that of two last predecessors finished at once the later one sees both.
   */
  async settle(tx: Tx, waiting: readonly JobRow[], cause: JobCause): Promise<void> {
    if (waiting.length === 0) return;
    const released = await tx.query<{ id: Id<'job'>; epoch: number }>(
      `WITH counted AS (
         SELECT job.id, (SELECT count(*) FROM workshop.job_predecessor AS link JOIN workshop.job AS earlier
           ON earlier.id = link.predecessor_id WHERE link.job_id = job.id
           AND earlier.state NOT IN ('done', 'scrapped', 'cancelled'))::int AS open
         FROM workshop.job WHERE id = ANY ($1::uuid[]) AND state = 'waiting'),
       changed AS (
         UPDATE workshop.job SET predecessors_open = counted.open,
           state = CASE WHEN counted.open = 0 AND blocks_open = 0 THEN 'ready' ELSE state END,
           epoch = CASE WHEN counted.open = 0 AND blocks_open = 0 THEN epoch + 1 ELSE epoch END,
           ready_since = CASE WHEN counted.open = 0 AND blocks_open = 0 THEN $2::timestamptz ELSE ready_since END
         FROM counted WHERE job.id = counted.id RETURNING job.id, job.state, job.epoch)
       SELECT id, epoch FROM changed WHERE state = 'ready'`,
      [waiting.map((job) => job.id), tx.now],
      'settle-waiting',
    );
    const epochOf = new Map(released.map((row) => [row.id, row.epoch]));
    for (const job of waiting) {
      const epoch = epochOf.get(job.id);
      if (epoch === undefined) continue;
      const after: JobRow = { ...job, state: 'ready', epoch };
      await this.jobs.record(tx, after, 'waiting', cause, null);
      this.jobs.issueTicket(tx, after);
      this.jobs.announce(tx, after);
    }
  }

  /**
   * Makes another job of the same operation beside this one: with the same predecessors, and everything that waits for
   * this one waits for it too. It is ready when those before it have ended.
   */
  async addPart(tx: Tx, source: JobRow, part: NewPart, actorId: Id<'person'>): Promise<Id<'job'>> {
    const id = this.ids.next<'job'>();
    await tx.execute(
      `INSERT INTO workshop.job (id, work_order_id, fablab_id, section_id, work_centre_id, lane_id, position, part, name,
         instructions, quantity, planned_minutes, due_on, state, epoch, fence, predecessors_open, ready_since, created_at,
         split_from, rework_of)
       SELECT $2, work_order_id, fablab_id, section_id, work_centre_id, lane_id, position,
         (SELECT max(part) + 1 FROM workshop.job AS other WHERE other.work_order_id = job.work_order_id AND other.position = job.position),
         name, instructions, $3::int, round(planned_minutes::numeric * $3 / quantity), due_on,
         CASE predecessors_open WHEN 0 THEN 'ready' ELSE 'waiting' END, CASE predecessors_open WHEN 0 THEN 1 ELSE 0 END, 0,
         predecessors_open, CASE predecessors_open WHEN 0 THEN $4::timestamptz END, $4,
         CASE WHEN $5 THEN NULL ELSE job.id END, CASE WHEN $5 THEN job.id ELSE job.rework_of END
       FROM workshop.job WHERE id = $1`,
      [source.id, id, part.quantity, tx.now, part.isRework],
    );
    await tx.execute(
      `INSERT INTO workshop.job_predecessor (job_id, predecessor_id, work_order_id)
       SELECT $2, predecessor_id, work_order_id FROM workshop.job_predecessor WHERE job_id = $1
       UNION ALL SELECT job_id, $2, work_order_id FROM workshop.job_predecessor WHERE predecessor_id = $1`,
      [source.id, id],
    );
    await tx.execute(`UPDATE workshop.work_order SET jobs_open = jobs_open + 1 WHERE id = $1`, [
      source.workOrderId,
    ]);
    const [made] = await this.jobs.lockMany(tx, [id]);
    if (!made) throw new Error(`Job ${id} was just made and is not there.`);
    await this.jobs.record(tx, made, null, part.isRework ? 'rework' : 'split', actorId);
    if (made.state === 'ready') this.jobs.issueTicket(tx, made);
    this.jobs.announce(tx, made);
    return id;
  }

  /** Changes how many units a job is for; the time planned for it follows. */
  async resize(tx: Tx, job: JobRow, quantity: number): Promise<void> {
    await tx.execute(
      `UPDATE workshop.job SET quantity = $2::int, planned_minutes = round(planned_minutes::numeric * $2 / quantity) WHERE id = $1`,
      [job.id, quantity],
    );
    this.jobs.announce(tx, job);
  }

  /** Everything that waited for these waits for that one instead, and that one for what these waited for. */
  async linkInstead(tx: Tx, gone: readonly Id<'job'>[], survivor: Id<'job'>): Promise<void> {
    await tx.execute(
      `INSERT INTO workshop.job_predecessor (job_id, predecessor_id, work_order_id)
       SELECT job_id, $2, work_order_id FROM workshop.job_predecessor WHERE predecessor_id = ANY ($1::uuid[])
       UNION SELECT $2, predecessor_id, work_order_id FROM workshop.job_predecessor WHERE job_id = ANY ($1::uuid[])
       ON CONFLICT DO NOTHING`,
      [gone, survivor],
    );
  }

  /** Ends a job that nobody holds. */
  async cancel(
    tx: Tx,
    job: JobRow,
    by: {
      readonly actorId: Id<'person'>;
      readonly reason: string | null;
      readonly mergedInto: Id<'job'> | null;
    },
  ): Promise<void> {
    await tx.execute(
      `UPDATE workshop.job SET state = 'cancelled', ended_reason = $2, merged_into = $3 WHERE id = $1`,
      [job.id, by.reason, by.mergedInto],
    );
    const after: JobRow = { ...job, state: 'cancelled' };
    await this.jobs.record(tx, after, job.state, by.mergedInto ? 'merged' : 'cancelled', by.actorId);
    this.jobs.announce(tx, after);
  }

  /**
   * Counts one job of the order as ended. The decrement locks the row, so that of two last jobs finished at once
   * exactly one finds nothing left.
   */
  async countEnded(tx: Tx, workOrderId: Id<'workOrder'>): Promise<OrderEnd | null> {
    const [row] = await tx.query<OrderEnd & { state: string }>(
      `UPDATE workshop.work_order SET jobs_open = jobs_open - 1,
         state = CASE WHEN jobs_open > 1 THEN state WHEN EXISTS (SELECT FROM workshop.job WHERE work_order_id = $1 AND state = 'done')
           THEN 'done' ELSE 'cancelled' END,
         done_at = CASE WHEN jobs_open = 1 AND EXISTS (SELECT FROM workshop.job WHERE work_order_id = $1 AND state = 'done')
           THEN $2::timestamptz END
       WHERE id = $1
       RETURNING state, state AS outcome, quantity, contract_id AS "contractId", contract_ref AS "contractRef", contract_line AS "contractLine"`,
      [workOrderId, tx.now],
      'count-job-ended',
    );
    if (!row || row.state === 'open') return null;
    const { state: _state, ...end } = row;
    return end;
  }

  async orderOf(tx: Tx, workOrderId: Id<'workOrder'>): Promise<OrderRef> {
    const [row] = await tx.query<OrderRef>(
      `SELECT contract_id AS "contractId", contract_ref AS "contractRef", contract_line AS "contractLine"
       FROM workshop.work_order WHERE id = $1`,
      [workOrderId],
      'order-of-job',
    );
    if (!row) throw new Error(`Work order ${workOrderId} is gone.`);
    return row;
  }
}
