import type { Id } from '#kernel';
import { jobNumber, workOrderNumber } from '../domain/job.js';
import type { JobView, WorkOrderView } from '../job.reader.js';
import type { ClaimModel, JobModel, WorkOrderModel } from './job.model.js';

/** @param viewerId decides which claim is `mine` */
export function jobModel(view: JobView, viewerId: Id<'person'> | null): JobModel {
  const { id, state, name, position, after, quantity, plannedMinutes, instructions, dueOn } = view;
  const { quantityGood, quantityScrapped, doneAt, workCentreId, sectionId, workOrderId, fablabId } = view;
  const { part, splitFrom, mergedInto, reworkOf, endedReason } = view;
  return {
    ...{ part, splitFrom, mergedInto, reworkOf, endedReason },
    ...{ id, state, name, position, after, quantity, plannedMinutes, instructions, dueOn },
    ...{ quantityGood, quantityScrapped, doneAt, workCentreId, sectionId, workOrderId, fablabId },
    number: jobNumber(view.number),
    claim: claimModel(view, viewerId),
    view,
  };
}

export function workOrderModel(view: WorkOrderView): WorkOrderModel {
  return { ...view, number: workOrderNumber(view.number) };
}

function claimModel(view: JobView, viewerId: Id<'person'> | null): ClaimModel | null {
  if (view.claimedBy === null || view.claimedAt === null || view.leaseEndsAt === null) return null;
  return {
    id: `${view.id}-${view.fence}`,
    fence: view.fence,
    claimedAt: view.claimedAt,
    leaseEndsAt: view.leaseEndsAt,
    startedAt: view.startedAt,
    runningSince: view.runningSince,
    workedSeconds: view.workedSeconds,
    mine: view.claimedBy === viewerId,
    makerId: view.claimedBy,
    fablabId: view.fablabId,
  };
}
