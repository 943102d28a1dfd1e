import { Injectable } from '@nestjs/common';
import { CatalogueService, type Exploded, type ProductVersion } from '#catalogue';
import { isDay, type Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import { jobName, takeStep } from './domain/job.js';
import type { JobCancelled } from './domain/events.js';
import { planJobs } from './domain/work-plan.js';
import { JobRepository } from './persistence/job.repository.js';
import {
  WorkOrderRepository,
  type LanePlace,
  type NewJob,
  type NewWorkOrder,
} from './persistence/work-order.repository.js';

/** One deliverable of a contract. */
export interface WorkLine {
  /** Unique in its contract. */
  readonly position: number;
  readonly productVersionId: Id<'productVersion'>;
  readonly receiverId: Id<'community'>;
  readonly tier: 'free' | 'fair' | 'premium';
  readonly quantity: number;
  readonly dueOn: string | null;
}

export interface ContractWork {
  readonly contractId: string;
  readonly ref: string;
  readonly fablabId: Id<'community'>;
  readonly lines: readonly WorkLine[];
}

type ExplodedVersion = ProductVersion & { readonly exploded: Exploded };

/** Turns what was promised into jobs. */
@Injectable()
export class WorkOrderService {
  constructor(
    private readonly ids: IdSource,
    private readonly catalogue: CatalogueService,
    private readonly workOrders: WorkOrderRepository,
    private readonly jobs: JobRepository,
  ) {}

  /**
   * Makes a work order for each line and a job for each operation of its version; those that wait for nothing
   * are ready at once. Told twice of the same contract it does its work once.
   */
  async createForContract(tx: Tx, work: ContractWork): Promise<void> {
    const versionIds = [...new Set(work.lines.map((line) => line.productVersionId))];
    const versions = await this.catalogue.explodedByIds(versionIds);
    const centres = [...versions.values()].flatMap((each) =>
      each.exploded.steps.map((step) => step.workCentreId),
    );
    const lanes = new Map(
      (await this.workOrders.lanesOf(tx, [...new Set(centres)])).map((lane) => [lane.workCentreId, lane]),
    );
    for (const line of work.lines) {
      const version = versions.get(line.productVersionId);
      if (!version) {
        throw new Error(
          `Contract ${work.ref} speaks of product version ${line.productVersionId}, which is gone.`,
        );
      }
      await this.createForLine(tx, work, line, version, lanes);
    }
  }

  /**
   * The contract ended before its time: what is not done is not to be done any more. Time, counts and notes are kept,
   * and whoever holds a job is told. A job that is done meanwhile stays done.
   * @throws Error while the contract's work orders are not there yet, so that it is tried again after them
   */
  async cancelForContract(
    tx: Tx,
    { contractId, ref }: Pick<ContractWork, 'contractId' | 'ref'>,
  ): Promise<void> {
    if (!(await this.workOrders.existForContract(tx, contractId)))
      throw new Error(`The work orders of ${ref} are not there yet; they are cancelled after they are.`);
    for (const job of await this.jobs.lockOpenOfContract(tx, contractId)) {
      const step = takeStep(jobName(job.number), job, { kind: 'cancel' }, job.seenAt ?? tx.now);
      await this.jobs.move(tx, job, step, { hold: null, cause: 'contract-ended', actorId: null });
      if (job.claimedBy === null) continue;
      const { id: jobId, number, fablabId, contractRef, claimedBy: makerId } = job;
      const cancelled: JobCancelled = {
        type: 'workshop.job-cancelled',
        payload: { jobId, number, fablabId, contractRef, makerId },
      };
      tx.publish(cancelled);
    }
    await this.workOrders.cancelForContract(tx, contractId);
  }

  private async createForLine(
    tx: Tx,
    work: ContractWork,
    line: WorkLine,
    version: ExplodedVersion,
    lanes: ReadonlyMap<string, LanePlace>,
  ): Promise<void> {
    const order: NewWorkOrder = {
      id: this.ids.next<'workOrder'>(),
      kind: 'production',
      fablabId: work.fablabId,
      contractId: work.contractId,
      contractRef: work.ref,
      contractLine: line.position,
      productVersionId: version.id,
      productName: version.productName,
      receiverId: line.receiverId,
      tier: line.tier,
      quantity: line.quantity,
      dueOn: isDay(line.dueOn) ? line.dueOn : null,
      jobsOpen: version.exploded.steps.length,
    };
    await this.place(tx, order, this.jobsOf(version, line.quantity, lanes));
  }

  /** Writes an order with its jobs, and tells of them; an order of a contract's line that is there already stays. */
  async place(tx: Tx, order: NewWorkOrder, jobs: readonly (NewJob & LanePlace)[]): Promise<void> {
    if (!(await this.workOrders.insert(tx, order))) return;
    await this.workOrders.insertJobs(tx, order, jobs);
    for (const job of jobs) {
      const row = {
        ...job,
        ...order,
        id: job.id,
        pinned: false,
        plannedStart: null,
        epoch: job.state === 'ready' ? 1 : 0,
        fence: 0,
      };
      await this.jobs.record(tx, row, null, 'ordered', null);
      if (job.state === 'ready') this.jobs.issueTicket(tx, row);
      this.jobs.announce(tx, row);
    }
  }

  private jobsOf(
    version: ExplodedVersion,
    quantity: number,
    lanes: ReadonlyMap<string, LanePlace>,
  ): (NewJob & LanePlace)[] {
    const planned = new Map(planJobs(version.exploded.steps, quantity).map((job) => [job.position, job]));
    const idOf = new Map(version.exploded.steps.map((step) => [step.position, this.ids.next<'job'>()]));
    return version.exploded.steps.map((step) => {
      const lane = lanes.get(step.workCentreId);
      const plan = planned.get(step.position);
      const id = idOf.get(step.position);
      if (!lane || !plan || !id)
        throw new Error(`Work centre ${step.workCentreId} of version ${version.id} is gone.`);
      return {
        ...lane,
        id,
        position: step.position,
        name: step.name,
        instructions: step.instructions,
        quantity: plan.quantity,
        plannedMinutes: plan.plannedMinutes,
        state: plan.state,
        after: plan.after.map((position) => idOf.get(position) as Id<'job'>),
      };
    });
  }
}
