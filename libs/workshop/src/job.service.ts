import { Inject, Injectable } from '@nestjs/common';
import { MembershipDirectory } from '#identity';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import {
  CONFIG,
  Idempotency,
  UnitOfWork,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Config,
  type Tx,
  type Viewer,
} from '#platform';
import { HELD_STATES, jobName, takeStep, type JobAction } from './domain/job.js';
import { JobEnd } from './job-end.service.js';
import { LaneReader } from './lane.reader.js';
import { JobRepository, type Hold, type JobRow } from './persistence/job.repository.js';

/** What every action on a held job carries: which claim it speaks for. */
export interface ClaimInput {
  readonly idempotencyKey: string;
  readonly jobId: string;
  readonly fence: number;
  readonly note?: string | null;
  readonly quantityGood?: number | null;
  readonly quantityScrapped?: number | null;
  /** For `handOver`. */
  readonly toMakerId?: string;
  /** For `complete`: make the scrapped units again; true unless said otherwise. */
  readonly rework?: boolean | null;
}

export const JOB_MUTATIONS = [
  'start',
  'pause',
  'resume',
  'log',
  'complete',
  'return',
  'handOver',
  'scrap',
] as const;
export type JobMutation = (typeof JOB_MUTATIONS)[number];

interface ReadInput {
  readonly jobId: Id<'job'>;
  readonly fence: number;
  readonly note: string | null;
  readonly action: JobAction;
  readonly toMakerId: Id<'person'> | null;
  readonly rework: boolean;
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
    private readonly ends: JobEnd,
    private readonly lanes: LaneReader,
    private readonly members: MembershipDirectory,
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
    if (read.toMakerId !== null) await this.checkTaker(read.jobId, read.toMakerId);
    const outcome = await this.unitOfWork
      .run((tx) => this.idempotency.once<Outcome>(tx, call, () => this.apply(tx, viewer, read)))
      .catch((error: unknown) => {
        if (violatedConstraint(error) !== 'job_one_held_in_section') throw error;
        throw new DomainError(
          'INVALID_STATE',
          'This maker holds another job in the section. It has to be completed or returned first.',
        );
      });
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
    await this.keepNote(tx, viewer, input, false);
    const after = await this.jobs.move(tx, job, step, {
      hold: HELD_STATES.includes(step.next.state)
        ? this.holdOf(tx, input.toMakerId ?? viewer.personId)
        : null,
      cause: input.toMakerId === null ? 'maker' : 'handed-over',
      actorId: viewer.personId,
      communityIds: [...viewer.roles.keys()],
      reason: step.next.state === 'scrapped' ? input.note : null,
    });
    if (after.state === 'done' || after.state === 'scrapped') {
      await this.ends.finished(tx, after, viewer.personId, input.rework);
    }
    return { jobId: job.id, refused: null };
  }

  /** Asked before the transaction, which must not wait for a second connection. */
  private async checkTaker(jobId: Id<'job'>, makerId: Id<'person'>): Promise<void> {
    const job = await this.jobs.find(jobId);
    if (!job) throw DomainError.notFound('job', jobId);
    const refuse = (message: string): never => {
      throw DomainError.badInput([{ field: 'toMakerId', message }]);
    };
    if (job.claimedBy === makerId) refuse('This maker holds the job already.');
    if (!(await this.members.isMaker(job.fablabId, makerId))) refuse('Choose a maker of this fablab.');
    if (!(await this.lanes.isOpenTo(job.laneId, makerId))) {
      refuse('This maker does not hold every qualification that the work centre asks for.');
    }
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

  private async keepNote(tx: Tx, viewer: Viewer, input: ReadInput, late: boolean): Promise<void> {
    const { jobId, fence, note: text } = input;
    if (text !== null) await this.jobs.addNote(tx, { jobId, authorId: viewer.personId, fence, text, late });
  }

  private holdOf(tx: Tx, makerId: Id<'person'>): Hold {
    const leaseEndsAt = new Date(tx.now.getTime() + this.config.leaseMinutes * 60_000);
    return { makerId, leaseEndsAt };
  }
}

/** Who goes on, or wonders later, has to be told. */
const NOTE_NEEDED: readonly JobMutation[] = ['handOver', 'scrap'];

function readInput(check: InputCheck, mutation: JobMutation, input: ClaimInput): ReadInput {
  const jobId = check.id<'job'>('jobId', input.jobId, 'the job');
  const fence = check.integer('fence', input.fence, { min: 1, max: 2 ** 31 - 1, name: 'the claim’s number' });
  const words = { max: LIMITS.noteCharsMax, name: 'the note' };
  const note = NOTE_NEEDED.includes(mutation)
    ? check.text('note', input.note, words)
    : check.optionalText('note', input.note, words);
  const toMakerId =
    mutation === 'handOver' ? check.id<'person'>('toMakerId', input.toMakerId, 'the maker') : null;
  const action = readAction(check, mutation, input, note);
  return { jobId, fence, note, toMakerId, action, rework: input.rework ?? true };
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
  const given = (field: 'quantityGood' | 'quantityScrapped'): number | null =>
    (input[field] ?? null) === null ? null : count(field);
  if (mutation === 'scrap') return { kind: mutation, quantityGood: given('quantityGood') };
  if (mutation !== 'log') return { kind: mutation };
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
