import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import { MembershipDirectory } from '#identity';
import {
  IdSource,
  Idempotency,
  UnitOfWork,
  requireRole,
  requireViewer,
  type Tx,
  type Viewer,
} from '#platform';
import { BLOCK_KINDS, BLOCK_TEXT_CHARS_MAX, type BlockKind } from './domain/block.js';
import { blockStep, jobName } from './domain/job.js';
import { JobRepository, type JobRow } from './persistence/job.repository.js';

export interface BlockInput {
  readonly idempotencyKey: string;
  readonly jobId: string;
  readonly kind: string;
  readonly detail: string;
  /** Who can lift it, beside the coordinators; without one, whoever raises it. */
  readonly lifterId?: string | null;
}

interface OpenBlock {
  readonly jobId: Id<'job'>;
  readonly kind: BlockKind;
  readonly lifterId: Id<'person'>;
}

/** Says what is in the way of a job, and that it no longer is. */
@Injectable()
export class BlockService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly jobs: JobRepository,
    private readonly members: MembershipDirectory,
  ) {}

  /**
   * A running job stops and stays with its maker; a ready one leaves its queue until everything was lifted.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN` (no maker or coordinator here), `NOT_FOUND`,
   *   `INVALID_STATE` (has ended), `KEY_REUSED`
   */
  async raise(who: Viewer | null, input: BlockInput): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      jobId: check.id<'job'>('jobId', input.jobId, 'the job'),
      kind: check.oneOf('kind', input.kind, BLOCK_KINDS),
      detail: check.text('detail', input.detail, { max: BLOCK_TEXT_CHARS_MAX, name: 'the words' }),
      lifterId: input.lifterId
        ? check.id<'person'>('lifterId', input.lifterId, 'the person')
        : viewer.personId,
    }));
    // Asked before the transaction, which must not wait for a second connection.
    const job = await this.jobs.find(read.jobId);
    if (!job) throw DomainError.notFound('job', read.jobId);
    if ((await this.members.rolesOf(job.fablabId, read.lifterId)).length === 0) {
      throw DomainError.badInput([
        { field: 'lifterId', message: 'Choose a member of this fablab who can lift it.' },
      ]);
    }
    const { idempotencyKey: key, ...rest } = input;
    const call = { actor: viewer.personId, key, operation: 'blockJob', input: rest };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const locked = await this.locked(tx, read.jobId);
        requireRole(viewer, locked.fablabId, ['maker', 'coordinator'], 'say what is in the way of its jobs');
        await this.write(tx, viewer, locked, read);
        return locked.id;
      }),
    );
  }

  /**
   * Lifts one block; when it was the last one the job goes back to its queue, or can be gone on with.
   * @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `FORBIDDEN` (neither named for it nor coordinator), `NOT_FOUND`,
   *   `INVALID_STATE` (lifted already), `KEY_REUSED`
   */
  lift(
    who: Viewer | null,
    input: { idempotencyKey: string; blockId: string; answer?: string | null },
  ): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      blockId: check.id<'jobBlock'>('blockId', input.blockId, 'what is in the way'),
      answer: check.optionalText('answer', input.answer, { max: BLOCK_TEXT_CHARS_MAX, name: 'the answer' }),
    }));
    const call = { actor: viewer.personId, key: input.idempotencyKey, operation: 'liftBlock', input: read };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const [block] = await tx.query<OpenBlock>(
          `SELECT job_id AS "jobId", kind, lifter_id AS "lifterId" FROM workshop.job_block WHERE id = $1`,
          [read.blockId],
        );
        if (!block) throw DomainError.notFound('block', read.blockId);
        const job = await this.locked(tx, block.jobId);
        if (block.lifterId !== viewer.personId || !viewer.roles.has(job.fablabId)) {
          requireRole(viewer, job.fablabId, ['coordinator'], 'lift this; so can the person named for it');
        }
        const lifted = await tx.execute(
          `UPDATE workshop.job_block SET lifted_by = $2, lifted_at = $3, answer = $4 WHERE id = $1 AND lifted_at IS NULL`,
          [read.blockId, viewer.personId, tx.now, read.answer],
        );
        if (lifted === 0) throw new DomainError('INVALID_STATE', 'This was lifted already.');
        await this.afterLift(tx, viewer, job, block);
        return job.id;
      }),
    );
  }

  private async write(
    tx: Tx,
    viewer: Viewer,
    job: JobRow,
    read: { kind: BlockKind; detail: string; lifterId: Id<'person'> },
  ): Promise<void> {
    const step = blockStep(jobName(job.number), job, tx.now);
    await tx.execute(
      `INSERT INTO workshop.job_block (id, job_id, kind, detail, raised_by, raised_at, lifter_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [this.ids.next(), job.id, read.kind, read.detail, viewer.personId, tx.now, read.lifterId],
    );
    await this.jobs.block(tx, job, step, {
      cause: 'blocked',
      actorId: viewer.personId,
      communityIds: job.claimedBy === viewer.personId ? [...viewer.roles.keys()] : null,
    });
    const { id: jobId, fablabId, sectionId } = job;
    const { kind, lifterId } = read;
    tx.publish({ type: 'workshop.job-blocked', payload: { jobId, fablabId, sectionId, kind, lifterId } });
  }

  private async afterLift(tx: Tx, viewer: Viewer, job: JobRow, block: OpenBlock): Promise<void> {
    const [row] = await tx.query<{ open: number }>(
      `UPDATE workshop.job SET blocks_open = blocks_open - 1,
         state = CASE WHEN state = 'waiting' AND blocks_open = 1 AND predecessors_open = 0 THEN 'ready' ELSE state END,
         epoch = CASE WHEN state = 'waiting' AND blocks_open = 1 AND predecessors_open = 0 THEN epoch + 1 ELSE epoch END,
         ready_since = CASE WHEN state = 'waiting' AND blocks_open = 1 AND predecessors_open = 0 THEN $2::timestamptz ELSE ready_since END
       WHERE id = $1 RETURNING blocks_open AS open`,
      [job.id, tx.now],
    );
    const [after] = await this.jobs.lockMany(tx, [job.id]);
    if (!after || !row) throw new Error(`Job ${job.id} is gone.`);
    await this.jobs.record(tx, after, job.state, 'lifted', viewer.personId, after.claimedBy);
    if (after.state === 'ready' && job.state !== 'ready') this.jobs.issueTicket(tx, after);
    this.jobs.announce(tx, after);
    const { id: jobId, fablabId, sectionId } = job;
    const { kind, lifterId } = block;
    tx.publish({
      type: 'workshop.job-lifted',
      payload: { jobId, fablabId, sectionId, kind, lifterId, stillBlocked: row.open > 0 },
    });
  }

  private async locked(tx: Tx, jobId: Id<'job'>): Promise<JobRow> {
    const job = await this.jobs.lock(tx, jobId);
    if (!job) throw DomainError.notFound('job', jobId);
    return job;
  }
}
