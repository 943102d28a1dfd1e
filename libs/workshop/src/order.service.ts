import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import { Idempotency, UnitOfWork, requireRole, requireViewer, type Tx, type Viewer } from '#platform';
import { FREE_BOUND_MAX } from './domain/fairness.js';
import { jobName } from './domain/job.js';
import { ticketPriority } from './domain/order.js';
import { JobRepository, type JobRow } from './persistence/job.repository.js';
import { TurnRepository } from './persistence/turn.repository.js';
import { WorkOrderRepository } from './persistence/work-order.repository.js';

const PIN_REASON_CHARS_MAX = 300;
const PINNABLE: readonly string[] = ['waiting', 'ready'];

/** When the plan lets a job begin; null: it has no place in the plan. */
export interface PlannedStart {
  readonly jobId: Id<'job'>;
  readonly plannedStart: Date | null;
}

/** Changes the order of lanes: by the plan, and by a coordinator's pin. Nothing else does. */
@Injectable()
export class OrderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly jobs: JobRepository,
    private readonly turns: TurnRepository,
    private readonly workOrders: WorkOrderRepository,
  ) {}

  /**
   * Puts a job first in its lane, for a reason that everybody sees. The bound for free-tier jobs holds nevertheless.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `KEY_REUSED`, `INVALID_STATE` (in
   *   somebody's hands, ended, or pinned already)
   */
  pin(
    who: Viewer | null,
    input: { idempotencyKey: string; jobId: string; reason: string },
  ): Promise<Id<'job'>> {
    const { jobId, reason } = checkInput((check) => ({
      jobId: check.id<'job'>('jobId', input.jobId, 'the job'),
      reason: check.text('reason', input.reason, { max: PIN_REASON_CHARS_MAX, name: 'the reason' }),
    }));
    return this.reorder(who, 'pinJob', input.idempotencyKey, { jobId, reason }, (tx, viewer, job) => {
      if (job.pinned) throw new DomainError('INVALID_STATE', `The ${jobName(job.number)} is pinned already.`);
      return this.turns.setPin(tx, job, { personId: viewer.personId, reason });
    });
  }

  /** Takes a pin off. @throws DomainError as `pin` */
  unpin(who: Viewer | null, input: { idempotencyKey: string; jobId: string }): Promise<Id<'job'>> {
    const jobId = checkInput((check) => check.id<'job'>('jobId', input.jobId, 'the job'));
    return this.reorder(who, 'unpinJob', input.idempotencyKey, { jobId }, (tx, viewer, job) => {
      if (!job.pinned) throw new DomainError('INVALID_STATE', `The ${jobName(job.number)} is not pinned.`);
      return this.turns.setPin(tx, job, null, viewer.personId);
    });
  }

  /**
   * Writes what the plan says; jobs that have ended, or are in somebody's hands, keep what they had. A ready job whose
   * turn changed gets a new ticket.
   */
  async plan(tx: Tx, starts: readonly PlannedStart[]): Promise<void> {
    const startOf = new Map(starts.map((each) => [each.jobId, each.plannedStart]));
    for (const job of await this.jobs.lockMany(tx, [...startOf.keys()])) {
      const plannedStart = startOf.get(job.id) ?? null;
      if (!PINNABLE.includes(job.state) || plannedStart?.getTime() === job.plannedStart?.getTime()) continue;
      const moved = ticketPriority({ ...job, plannedStart }) !== ticketPriority(job);
      await this.turns.setPlannedStart(tx, job, plannedStart, moved);
    }
  }

  /** An amendment came into force: open orders of this contract, and their jobs, are due on other days now. */
  async changeDays(
    tx: Tx,
    contractId: string,
    lines: readonly { readonly position: number; readonly dueOn: string }[],
  ): Promise<void> {
    const orders = await this.workOrders.changeDays(tx, contractId, lines);
    if (orders.length === 0) return;
    for (const job of await this.jobs.lockMany(tx, await this.workOrders.openJobs(tx, orders))) {
      await this.turns.followOrderDay(tx, job);
    }
  }

  /**
   * Publishes another bound for free-tier jobs.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN`
   */
  async setFreeBound(
    who: Viewer | null,
    input: { fablabId: string; freeBound: number },
  ): Promise<{ fablabId: Id<'community'>; freeBound: number }> {
    const viewer = requireViewer(who);
    const rule = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      freeBound: check.integer('freeBound', input.freeBound, {
        min: 0,
        max: FREE_BOUND_MAX,
        name: 'the bound',
      }),
    }));
    requireRole(viewer, rule.fablabId, ['coordinator'], 'change its published rules');
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `INSERT INTO workshop.fablab_rule (fablab_id, free_bound, set_by, set_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (fablab_id) DO UPDATE SET free_bound = excluded.free_bound, set_by = excluded.set_by, set_at = excluded.set_at`,
        [rule.fablabId, rule.freeBound, viewer.personId, tx.now],
      ),
    );
    return rule;
  }

  private reorder(
    who: Viewer | null,
    operation: string,
    key: string,
    input: { readonly jobId: Id<'job'>; readonly reason?: string },
    change: (tx: Tx, viewer: Viewer, job: JobRow) => Promise<void>,
  ): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation, input }, async () => {
        const job = await this.jobs.lock(tx, input.jobId);
        if (!job) throw DomainError.notFound('job', input.jobId);
        requireRole(viewer, job.fablabId, ['coordinator'], 'change the order of its jobs');
        if (!PINNABLE.includes(job.state)) {
          throw new DomainError(
            'INVALID_STATE',
            `The ${jobName(job.number)} is ${job.state}; only a job that waits or is ready has a place in line.`,
            { from: job.state },
          );
        }
        await change(tx, viewer, job);
        return job.id;
      }),
    );
  }
}
