import type { DomainEvent, Id } from '#kernel';

/** A job may be pulled: the worker puts its ticket into the queue of its lane. */
export type JobReady = DomainEvent<
  'workshop.job-ready',
  {
    readonly jobId: Id<'job'>;
    readonly epoch: number;
    readonly laneId: Id<'lane'>;
    readonly priority: number;
    /** ISO time of the planned start, until when the ticket is delayed; null: no plan, or pinned. */
    readonly notBefore: string | null;
  }
>;

/** Something about a job is different: boards look again. */
export type JobChanged = DomainEvent<
  'workshop.job-changed',
  {
    readonly jobId: Id<'job'>;
    readonly sectionId: Id<'section'>;
    readonly fablabId: Id<'community'>;
    readonly contractRef: string | null;
  }
>;

/** The last job of a work order is done. */
export type WorkOrderDone = DomainEvent<
  'workshop.work-order-done',
  {
    readonly workOrderId: Id<'workOrder'>;
    readonly fablabId: Id<'community'>;
    readonly contractId: string | null;
    readonly contractRef: string | null;
  }
>;

interface MachineMoved {
  readonly machineId: Id<'machine'>;
  readonly workCentreId: Id<'workCentre'>;
  readonly sectionId: Id<'section'>;
  readonly fablabId: Id<'community'>;
  /** False when no machine of the work centre is up: nobody is given its jobs. */
  readonly isCentreUp: boolean;
}

/** A machine is out of use: broken, in maintenance, or gone for good. */
export type MachineDown = DomainEvent<
  'workshop.machine-down',
  MachineMoved & { readonly reason: string | null }
>;

export type MachineUp = DomainEvent<'workshop.machine-up', MachineMoved>;

/** A job that somebody held is not to be done any more, because its contract has ended. */
export type JobCancelled = DomainEvent<
  'workshop.job-cancelled',
  {
    readonly jobId: Id<'job'>;
    readonly number: number;
    readonly fablabId: Id<'community'>;
    readonly contractRef: string | null;
    /** Who held it. */
    readonly makerId: Id<'person'>;
  }
>;

export type WorkshopEvent = JobReady | JobChanged | WorkOrderDone | JobCancelled | MachineDown | MachineUp;
