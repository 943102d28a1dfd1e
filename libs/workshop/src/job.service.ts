import { Inject, Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import {
  CONFIG,
  Idempotency,
  UnitOfWork,
  requireRole,
  requireViewer,
  type Config,
  type Tx,
  type Viewer,
} from '#platform';
import { jobName, takeStep, type JobAction } from './domain/job.js';
import { JobRepository, type Hold, type JobRow } from './persistence/job.repository.js';
import { WorkOrderRepository } from './persistence/work-order.repository.js';

/** What every action on a held job carries: which claim it speaks for. */
export interface ClaimInput {
  readonly idempotencyKey: string;
  readonly jobId: string;
  readonly fence: number;
  readonly note?: string | null;
  readonly quantityGood?: number | null;
  readonly quantityScrapped?: number | null;
}

export const JOB_MUTATIONS = ['start', 'pause', 'resume', 'log', 'complete', 'return'] as const;
export type JobMutation = (typeof JOB_MUTATIONS)[number];

interface ReadInput {
  readonly jobId: Id<'job'>;
  readonly fence: number;
  readonly note: string | null;
  readonly action: JobAction;
}

/** Plain JSON, as it is kept with the idempotency key. `refused` is thrown after the note was committed. */
interface Outcome {
  readonly jobId: Id<'job'>;
  readonly refused: { readonly message: string; readonly details: Record<string, unknown> } | null;
}

/** What makers do with the jobs they hold. Each action extends the lease. */
@Injectable()
export class JobService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly jobs: JobRepository,
    private readonly workOrders: WorkOrderRepository,
    @Inject(CONFIG) private readonly config: Pick<Config, 'leaseMinutes'>,
  ) {}

  /**
   * Does one action in one unit of work.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN` (no maker here, or never held the job),
   *   `NOT_FOUND`, `INVALID_STATE` (out of order), `KEY_REUSED`, and `STALE_CLAIM` when the viewer's claim has
   *   ended: then a note is kept nevertheless, `details.noteKept` says so, and nothing else has changed
   */
  async act(who: Viewer | null, mutation: JobMutation, input: ClaimInput): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => readInput(check, mutation, input));
    const { idempotencyKey: key, ...rest } = input;
    const call = { actor: viewer.personId, key, operation: `${mutation}Job`, input: rest };
    const outcome = await this.unitOfWork.run((tx) =>
      this.idempotency.once<Outcome>(tx, call, () => this.apply(tx, viewer, read)),
    );
    if (outcome.refused) {
      throw new DomainError('STALE_CLAIM', outcome.refused.message, outcome.refused.details);
    }
    return outcome.jobId;
  }

  private async apply(tx: Tx, viewer: Viewer, input: ReadInput): Promise<Outcome> {
    const job = await this.jobs.lock(tx, input.jobId);
    if (!job) throw DomainError.notFound('job', input.jobId);
    requireRole(viewer, job.fablabId, ['maker'], 'work on its jobs');
    if (job.claimedBy !== viewer.personId || job.fence !== input.fence)
      return this.late(tx, viewer, job, input);
    const step = takeStep(jobName(job.number), job, input.action, tx.now);
    const ended = step.next.state === 'ready' || step.next.state === 'done';
    const hold = ended ? null : this.holdOf(tx, viewer);
    await this.keepNote(tx, viewer, input, false);
    await this.jobs.move(tx, job, step, { hold, cause: 'maker', actorId: viewer.personId });
    if (step.next.state === 'done') await this.finish(tx, job);
    return { jobId: job.id, refused: null };
  }

  /** The viewer's claim has ended, or never was. Words are kept, deeds are not. */
  private async late(tx: Tx, viewer: Viewer, job: JobRow, input: ReadInput): Promise<Outcome> {
    const name = jobName(job.number);
    if (!(await this.jobs.heldOnce(tx, job.id, input.fence, viewer.personId))) {
      if (job.claimedBy === viewer.personId) {
        throw new DomainError(
          'STALE_CLAIM',
          `Your claim on ${name} has another number; load the job again.`,
          {
            noteKept: false,
          },
        );
      }
      throw DomainError.forbidden(`Only the maker who holds ${name} can do this.`);
    }
    const now = job.claimedBy === null ? `it is ${job.state} now` : 'another claim holds it now';
    const ended = `Your claim on ${name} has ended, and ${now}.`;
    if (input.note === null) {
      throw new DomainError('STALE_CLAIM', `${ended} Nothing was changed.`, {
        state: job.state,
        noteKept: false,
      });
    }
    await this.keepNote(tx, viewer, input, true);
    const message = `${ended} Your note was kept; nothing else was changed.`;
    return { jobId: job.id, refused: { message, details: { state: job.state, noteKept: true } } };
  }

  private async finish(tx: Tx, job: JobRow): Promise<void> {
    await this.jobs.releaseSuccessors(tx, job.id);
    const order = await this.workOrders.countJobDone(tx, job.workOrderId);
    if (!order) return;
    const { workOrderId, fablabId } = job;
    tx.publish({ type: 'workshop.work-order-done', payload: { workOrderId, fablabId, ...order } });
  }

  private async keepNote(tx: Tx, viewer: Viewer, input: ReadInput, late: boolean): Promise<void> {
    const { jobId, fence, note: text } = input;
    if (text !== null) await this.jobs.addNote(tx, { jobId, authorId: viewer.personId, fence, text, late });
  }

  private holdOf(tx: Tx, viewer: Viewer): Hold {
    const leaseEndsAt = new Date(tx.now.getTime() + this.config.leaseMinutes * 60_000);
    return { makerId: viewer.personId, leaseEndsAt };
  }
}

function readInput(check: InputCheck, mutation: JobMutation, input: ClaimInput): ReadInput {
  const jobId = check.id<'job'>('jobId', input.jobId, 'the job');
  const fence = check.integer('fence', input.fence, { min: 1, max: 2 ** 31 - 1, name: 'the claim’s number' });
  const note = check.optionalText('note', input.note, { max: LIMITS.noteCharsMax, name: 'the note' });
  return { jobId, fence, note, action: readAction(check, mutation, input, note) };
}

function readAction(
  check: InputCheck,
  mutation: JobMutation,
  input: ClaimInput,
  note: string | null,
): JobAction {
  const count = (field: 'quantityGood' | 'quantityScrapped'): number =>
    check.integer(field, input[field], { min: 0, max: LIMITS.quantityMax, name: 'the count' });
  if (mutation === 'complete') {
    return {
      kind: mutation,
      quantityGood: count('quantityGood'),
      quantityScrapped: count('quantityScrapped'),
    };
  }
  if (mutation !== 'log') return { kind: mutation };
  const given = (field: 'quantityGood' | 'quantityScrapped'): number | null =>
    (input[field] ?? null) === null ? null : count(field);
  const action = {
    kind: mutation,
    quantityGood: given('quantityGood'),
    quantityScrapped: given('quantityScrapped'),
  };
  if (note === null && action.quantityGood === null && action.quantityScrapped === null) {
    check.refuse('note', 'Please give a note or a count.');
  }
  return action;
}
