import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import {
  Idempotency,
  UnitOfWork,
  hasRole,
  requireRole,
  requireViewer,
  type Tx,
  type Viewer,
} from '#platform';
import { QUEUED_STATES, jobName, unstarted } from './domain/job.js';
import { JobEnd } from './job-end.service.js';
import { BatchRepository } from './persistence/batch.repository.js';
import { JobRepository, type JobRow } from './persistence/job.repository.js';

const PARTS_MAX = 20;

/** Divides batches, joins them again, and cancels jobs: what coordinators do to work that nobody has begun. */
@Injectable()
export class BatchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly jobs: JobRepository,
    private readonly batches: BatchRepository,
    private readonly ends: JobEnd,
  ) {}

  /**
   * Puts some of a job's units, of those that nobody has begun, into a job of their own. The one who holds a job can
   * divide it too, and says the fence of the claim.
   * @returns the new job
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`, `STALE_CLAIM`, `KEY_REUSED`
   */
  split(
    who: Viewer | null,
    input: { idempotencyKey: string; jobId: string; quantity: number; fence?: number | null },
  ): Promise<Id<'job'>> {
    const read = checkInput((check) => ({
      jobId: check.id<'job'>('jobId', input.jobId, 'the job'),
      quantity: check.integer('quantity', input.quantity, {
        min: 1,
        max: LIMITS.quantityMax,
        name: 'the quantity',
      }),
    }));
    const all = { ...read, fence: input.fence ?? null };
    return this.once(who, 'splitJob', input.idempotencyKey, all, async (tx, viewer) => {
      const job = await this.locked(tx, read.jobId);
      this.requireHand(viewer, job, all.fence);
      const free = Math.min(unstarted(job), job.quantity - 1);
      if (read.quantity > free) {
        throw DomainError.badInput([
          {
            field: 'quantity',
            message:
              free === 0
                ? `The ${jobName(job.number)} has no units that could be put into a part of their own.`
                : `At most ${free} of the ${job.quantity} units of ${jobName(job.number)} can be put into a part of their own: the others are begun, or stay.`,
          },
        ]);
      }
      await this.batches.successors(tx, [job.id]);
      const id = await this.batches.addPart(
        tx,
        job,
        { quantity: read.quantity, isRework: false },
        viewer.personId,
      );
      await this.batches.resize(tx, job, job.quantity - read.quantity);
      await this.batches.settle(tx, await this.batches.successors(tx, [id]), 'split');
      await this.jobs.record(tx, job, job.state, 'split', viewer.personId, job.claimedBy);
      return id;
    });
  }

  /**
   * Joins parts of one operation that nobody has begun; the first of them stays.
   * @throws DomainError as `split`
   */
  merge(
    who: Viewer | null,
    input: { idempotencyKey: string; jobIds: readonly string[] },
  ): Promise<Id<'job'>> {
    const jobIds = checkInput((check) => {
      const ids = input.jobIds.map((id, index) => check.id<'job'>(`jobIds.${index}`, id, 'the job'));
      if (new Set(ids).size < 2 || ids.length > PARTS_MAX) {
        check.refuse('jobIds', `Choose 2 to ${PARTS_MAX} different jobs.`);
      }
      return ids;
    });
    return this.once(who, 'mergeJobs', input.idempotencyKey, { jobIds }, async (tx, viewer) => {
      const found = await this.jobs.lockMany(tx, jobIds);
      const missing = jobIds.find((id) => !found.some((job) => job.id === id));
      if (missing) throw DomainError.notFound('job', missing);
      const [survivor, ...others] = [...found].sort((a, b) => a.part - b.part) as [JobRow, ...JobRow[]];
      for (const job of found) requireRole(viewer, job.fablabId, ['coordinator'], 'join its jobs');
      assertMergeable(found);
      const gone = others.map((job) => job.id);
      const waiting = await this.batches.successors(tx, gone);
      await this.batches.linkInstead(tx, gone, survivor.id);
      for (const job of others) {
        await this.batches.cancel(tx, job, {
          actorId: viewer.personId,
          reason: null,
          mergedInto: survivor.id,
        });
      }
      await this.batches.resize(
        tx,
        survivor,
        found.reduce((sum, job) => sum + job.quantity, 0),
      );
      await this.jobs.record(tx, survivor, survivor.state, 'merged', viewer.personId);
      await this.batches.settle(
        tx,
        [...waiting, ...(survivor.state === 'waiting' ? [survivor] : [])],
        'merged',
      );
      for (const job of others) await this.batches.countEnded(tx, job.workOrderId);
      return survivor.id;
    });
  }

  /**
   * Ends a job that need not be done; what waited for it goes on.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (held, or ended), `KEY_REUSED`
   */
  cancel(
    who: Viewer | null,
    input: { idempotencyKey: string; jobId: string; reason: string },
  ): Promise<Id<'job'>> {
    const read = checkInput((check) => ({
      jobId: check.id<'job'>('jobId', input.jobId, 'the job'),
      reason: check.text('reason', input.reason, { max: LIMITS.noteCharsMax, name: 'the reason' }),
    }));
    return this.once(who, 'cancelJob', input.idempotencyKey, read, async (tx, viewer) => {
      const job = await this.locked(tx, read.jobId);
      requireRole(viewer, job.fablabId, ['coordinator'], 'cancel its jobs');
      if (!QUEUED_STATES.includes(job.state)) {
        throw new DomainError(
          'INVALID_STATE',
          `The ${jobName(job.number)} is ${job.state}; only a job that waits or is ready can be cancelled. Ask its maker to return it.`,
          { from: job.state },
        );
      }
      await this.batches.cancel(tx, job, { actorId: viewer.personId, reason: read.reason, mergedInto: null });
      await this.ends.dropped(tx, job);
      return job.id;
    });
  }

  private once(
    who: Viewer | null,
    operation: string,
    key: string,
    input: object,
    work: (tx: Tx, viewer: Viewer) => Promise<Id<'job'>>,
  ): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const call = { actor: viewer.personId, key, operation, input };
    return this.unitOfWork.run((tx) => this.idempotency.once(tx, call, () => work(tx, viewer)));
  }

  private async locked(tx: Tx, jobId: Id<'job'>): Promise<JobRow> {
    const job = await this.jobs.lock(tx, jobId);
    if (!job) throw DomainError.notFound('job', jobId);
    return job;
  }

  /** Whoever holds the job, by the number of the claim; of a job that nobody holds, a coordinator. */
  private requireHand(viewer: Viewer, job: JobRow, fence: number | null): void {
    if (job.claimedBy === null) {
      requireRole(viewer, job.fablabId, ['coordinator'], 'divide its jobs');
      if (QUEUED_STATES.includes(job.state)) return;
      throw new DomainError('INVALID_STATE', `The ${jobName(job.number)} is ${job.state}; it has ended.`, {
        from: job.state,
      });
    }
    if (job.claimedBy === viewer.personId && job.fence === fence) return;
    if (!hasRole(viewer, job.fablabId, 'coordinator') && job.claimedBy !== viewer.personId) {
      throw DomainError.forbidden(`Only the maker who holds ${jobName(job.number)} can do this.`);
    }
    throw new DomainError(
      'STALE_CLAIM',
      `The ${jobName(job.number)} is in a maker’s hands, and this is not the number of their claim. Load it again.`,
      { state: job.state },
    );
  }
}

function assertMergeable(jobs: readonly JobRow[]): void {
  const [first] = jobs as [JobRow];
  for (const job of jobs) {
    const name = jobName(job.number);
    if (job.workOrderId !== first.workOrderId || job.position !== first.position) {
      throw new DomainError(
        'INVALID_STATE',
        `The ${name} is another operation; only parts of one can be joined.`,
      );
    }
    const begun = job.workedSeconds > 0 || job.quantityGood + job.quantityScrapped > 0 || job.blocked;
    if (!QUEUED_STATES.includes(job.state) || job.state !== first.state || begun) {
      throw new DomainError(
        'INVALID_STATE',
        `The ${name} is ${begun ? 'begun or blocked' : job.state}; parts are joined while all of them wait, or all are ready, and nobody has begun any.`,
        { from: job.state },
      );
    }
  }
}
