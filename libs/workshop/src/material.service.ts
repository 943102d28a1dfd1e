import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import { IdSource, Idempotency, UnitOfWork, requireViewer, type Viewer } from '#platform';
import { HELD_STATES, jobName } from './domain/job.js';
import { BatchRepository } from './persistence/batch.repository.js';
import { JobRepository } from './persistence/job.repository.js';

const MATERIAL_KINDS = ['used', 'waste'] as const;
const UNIT_CHARS_MAX = 20;

export interface MaterialInput {
  readonly idempotencyKey: string;
  readonly jobId: string;
  readonly fence: number;
  readonly kind: string;
  readonly item: string;
  readonly unit: string;
  readonly quantity: string;
}

/** Records what a job took in, and what was wasted on it; stock and cost sheets learn of it by the event. */
@Injectable()
export class MaterialService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly jobs: JobRepository,
    private readonly batches: BatchRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `UNAUTHENTICATED`, `NOT_FOUND`, `STALE_CLAIM` (not, or no longer, held), `KEY_REUSED` */
  log(who: Viewer | null, input: MaterialInput): Promise<Id<'job'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => ({
      jobId: check.id<'job'>('jobId', input.jobId, 'the job'),
      fence: check.integer('fence', input.fence, { min: 1, max: 2 ** 31 - 1, name: 'the claim’s number' }),
      kind: check.oneOf('kind', input.kind, MATERIAL_KINDS),
      item: check.text('item', input.item, { max: LIMITS.nameCharsMax, name: 'the material' }),
      unit: check.text('unit', input.unit, { max: UNIT_CHARS_MAX, name: 'the unit' }),
      quantityMilli: check.milli('quantity', input.quantity, 'the quantity'),
    }));
    const { jobId, fence, kind, item, unit, quantityMilli } = read;
    const call = {
      actor: viewer.personId,
      key: input.idempotencyKey,
      operation: 'logMaterial',
      input: { jobId, fence, kind, item, unit, quantityMilli },
    };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const job = await this.jobs.lock(tx, jobId);
        if (!job || !viewer.roles.has(job.fablabId)) throw DomainError.notFound('job', jobId);
        if (job.claimedBy !== viewer.personId || job.fence !== fence || !HELD_STATES.includes(job.state)) {
          throw new DomainError(
            'STALE_CLAIM',
            `You do not hold ${jobName(job.number)} under this claim. Nothing was changed.`,
            { state: job.state },
          );
        }
        const id = this.ids.next<'jobMaterial'>();
        await tx.execute(
          `INSERT INTO workshop.job_material (id, job_id, person_id, fence, kind, item, unit, quantity_milli, logged_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, jobId, viewer.personId, fence, kind, item, unit, quantityMilli, tx.now],
        );
        const { workOrderId, fablabId } = job;
        tx.publish({
          type: 'workshop.material-logged',
          payload: {
            ...{
              jobMaterialId: id,
              jobId,
              workOrderId,
              fablabId,
              makerId: viewer.personId,
              kind,
              item,
              unit,
            },
            quantityMilli: quantityMilli.toString(),
            ...(await this.batches.orderOf(tx, workOrderId)),
          },
        });
        this.jobs.announce(tx, job);
        return jobId;
      }),
    );
  }
}
