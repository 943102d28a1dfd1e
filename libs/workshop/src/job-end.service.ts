import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { Tx } from '#platform';
import { BatchRepository } from './persistence/batch.repository.js';
import type { JobRow } from './persistence/job.repository.js';

/** What follows when a job ends: others become ready, scrap is made good, and its order may be finished. */
@Injectable()
export class JobEnd {
  constructor(private readonly batches: BatchRepository) {}

  /** After a job ended in its maker's hands. @param rework make the scrapped units again */
  async finished(tx: Tx, job: JobRow, makerId: Id<'person'>, rework: boolean): Promise<void> {
    const { id: jobId, workOrderId, fablabId, sectionId, position } = job;
    const { quantityGood, quantityScrapped, workedSeconds } = job;
    const successors = await this.batches.successors(tx, [jobId]);
    if (rework && quantityScrapped > 0) {
      await this.batches.addPart(tx, job, { quantity: quantityScrapped, isRework: true }, makerId);
    }
    const order = await this.batches.orderOf(tx, workOrderId);
    const outcome = job.state === 'scrapped' ? 'scrapped' : 'done';
    tx.publish({
      type: 'workshop.job-completed',
      payload: {
        ...{ jobId, workOrderId, fablabId, sectionId, makerId, position, outcome },
        ...{ quantityGood, quantityScrapped, workedSeconds, ...order },
      },
    });
    await this.batches.settle(tx, successors, 'predecessors-done');
    await this.countEnded(tx, job);
  }

  /** After a job that nobody held was ended. */
  async dropped(tx: Tx, job: JobRow): Promise<void> {
    await this.batches.settle(tx, await this.batches.successors(tx, [job.id]), 'predecessors-done');
    await this.countEnded(tx, job);
  }

  private async countEnded(tx: Tx, { workOrderId, fablabId }: JobRow): Promise<void> {
    const end = await this.batches.countEnded(tx, workOrderId);
    if (end)
      tx.publish({ type: 'workshop.work-order-completed', payload: { workOrderId, fablabId, ...end } });
  }
}
