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

/** What a work order was made for; all null for one that no contract asked for. */
export interface OrderRef {
  readonly contractId: string | null;
  readonly contractRef: string | null;
  /** Which deliverable, from 1. */
  readonly contractLine: number | null;
}

/** A stretch of work ended: hours for labour pledges and cost sheets. Once for each stretch. */
export type TimeLogged = DomainEvent<
  'workshop.time-logged',
  OrderRef & {
    readonly timeLogId: Id<'timeLog'>;
    readonly jobId: Id<'job'>;
    readonly workOrderId: Id<'workOrder'>;
    readonly fablabId: Id<'community'>;
    readonly sectionId: Id<'section'>;
    readonly makerId: Id<'person'>;
    /** Those that the maker belonged to when the stretch ended; null: nobody acted then, ask identity. */
    readonly communityIds: readonly Id<'community'>[] | null;
    readonly seconds: number;
    /** Thousandths of an hour, rounded down. Sum `seconds` where many stretches are counted together. */
    readonly milliHours: number;
    /** UTC, when it ended: `2026-05-01`. */
    readonly day: string;
  }
>;

/** Material went into a job, or was wasted on it. */
export type MaterialLogged = DomainEvent<
  'workshop.material-logged',
  OrderRef & {
    readonly jobMaterialId: Id<'jobMaterial'>;
    readonly jobId: Id<'job'>;
    readonly workOrderId: Id<'workOrder'>;
    readonly fablabId: Id<'community'>;
    readonly makerId: Id<'person'>;
    readonly kind: 'used' | 'waste';
    readonly item: string;
    readonly unit: string;
    /** Thousandths of the unit, as a decimal string. */
    readonly quantityMilli: string;
  }
>;

/** A job ended in its maker's hands: done, or scrapped as a whole. */
export type JobCompleted = DomainEvent<
  'workshop.job-completed',
  OrderRef & {
    readonly jobId: Id<'job'>;
    readonly workOrderId: Id<'workOrder'>;
    readonly fablabId: Id<'community'>;
    readonly sectionId: Id<'section'>;
    readonly makerId: Id<'person'>;
    readonly position: number;
    readonly outcome: 'done' | 'scrapped';
    readonly quantityGood: number;
    readonly quantityScrapped: number;
    /** By all its makers. */
    readonly workedSeconds: number;
  }
>;

/** The last job of a work order has ended. */
export type WorkOrderCompleted = DomainEvent<
  'workshop.work-order-completed',
  OrderRef & {
    readonly workOrderId: Id<'workOrder'>;
    readonly fablabId: Id<'community'>;
    /** `cancelled`: none of its jobs was done. */
    readonly outcome: 'done' | 'cancelled';
    readonly quantity: number;
  }
>;

/** Something is in the way of a job, or no longer. */
export type JobBlocked = DomainEvent<
  'workshop.job-blocked',
  {
    readonly jobId: Id<'job'>;
    readonly fablabId: Id<'community'>;
    readonly sectionId: Id<'section'>;
    readonly kind: 'material' | 'machine' | 'question';
    readonly lifterId: Id<'person'>;
  }
>;
export type JobLifted = DomainEvent<
  'workshop.job-lifted',
  JobBlocked['payload'] & { readonly stillBlocked: boolean }
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

export type WorkshopEvent =
  | JobReady
  | JobChanged
  | TimeLogged
  | MaterialLogged
  | JobCompleted
  | WorkOrderCompleted
  | JobBlocked
  | JobLifted
  | JobCancelled
  | MachineDown
  | MachineUp;
