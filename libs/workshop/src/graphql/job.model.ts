import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { TierEnum } from '#catalogue';
import type { Day, Id } from '#kernel';
import { Policy } from '#platform';
import { JOB_STATES, type JobState } from '../domain/job.js';
import type { JobView } from '../job.reader.js';
import { FABLAB_MEMBER } from './workshop.policy.js';

export const JobStateEnum = Object.fromEntries(JOB_STATES.map((state) => [state, state])) as {
  [State in JobState]: State;
};
registerEnumType(JobStateEnum, { name: 'JobState' });

@ObjectType('WorkOrder', { description: 'Make so many units of a version, for a line of a contract.' })
@Policy(FABLAB_MEMBER)
export class WorkOrderModel {
  @Field(() => ID)
  id: Id<'workOrder'>;

  @Field(() => String, { description: 'Such as WO-000045.' })
  number: string;

  @Field(() => Int)
  quantity: number;

  @Field(() => String, { description: '`open`, `done` or `cancelled`.' })
  state: string;

  @Field(() => String, { nullable: true })
  contractRef: string | null;

  @Field(() => TierEnum)
  tier: 'free' | 'fair' | 'premium';

  @Field(() => String)
  productName: string;

  @Field(() => String, { nullable: true })
  dueOn: string | null;

  fablabId: Id<'community'>;
}

@ObjectType('Claim', { description: 'That a maker holds a job, and for how long without a further action.' })
@Policy(FABLAB_MEMBER)
export class ClaimModel {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'Goes with every action on the job; each claim has its own number.' })
  fence: number;

  @Field(() => Date)
  claimedAt: Date;

  @Field(() => Date, { description: 'Every action moves it on; past it the job goes back to its queue.' })
  leaseEndsAt: Date;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null unless the job runs.' })
  runningSince: Date | null;

  @Field(() => Int, {
    description: 'Worked on this job until `runningSince`, by earlier holders too.',
  })
  workedSeconds: number;

  @Field(() => Boolean, { description: 'It is the viewer’s.' })
  mine: boolean;

  makerId: Id<'person'>;
  fablabId: Id<'community'>;
}

@ObjectType('JobNote')
@Policy(FABLAB_MEMBER)
export class JobNoteModel {
  @Field(() => ID)
  id: Id<'jobNote'>;

  @Field(() => String)
  text: string;

  @Field(() => Date)
  writtenAt: Date;

  @Field(() => Boolean, { description: 'It was written after its author’s claim had ended.' })
  late: boolean;

  authorId: Id<'person'>;
  fablabId: Id<'community'>;
}

@ObjectType('Job', { description: 'One operation of a work order at one work centre: what a maker pulls.' })
@Policy(FABLAB_MEMBER)
export class JobModel {
  @Field(() => ID)
  id: Id<'job'>;

  @Field(() => String, { description: 'Such as J-000123.' })
  number: string;

  @Field(() => JobStateEnum)
  state: JobState;

  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'Its place in the routing, from 1 on.' })
  position: number;

  @Field(() => [Int], { description: 'Positions of the jobs of the same work order that come before it.' })
  after: number[];

  @Field(() => Int)
  quantity: number;

  @Field(() => Int)
  plannedMinutes: number;

  @Field(() => String, { nullable: true })
  instructions: string | null;

  @Field(() => String, { nullable: true, description: 'The day on which its work order is due.' })
  dueOn: Day | null;

  @Field(() => ClaimModel, { nullable: true, description: 'Null unless a maker holds it.' })
  claim: ClaimModel | null;

  @Field(() => Int)
  quantityGood: number;

  @Field(() => Int)
  quantityScrapped: number;

  @Field(() => Date, { nullable: true })
  doneAt: Date | null;

  @Field(() => Int, { description: 'Which part of its operation’s batch, from 1.' })
  part: number;

  @Field(() => ID, { nullable: true, description: 'The job whose units it took over.' })
  splitFrom: Id<'job'> | null;

  @Field(() => ID, { nullable: true, description: 'The job that took its units over.' })
  mergedInto: Id<'job'> | null;

  @Field(() => ID, { nullable: true, description: 'The job whose scrap it makes good.' })
  reworkOf: Id<'job'> | null;

  @Field(() => String, { nullable: true, description: 'Why it was scrapped or cancelled.' })
  endedReason: string | null;

  workCentreId: Id<'workCentre'>;
  sectionId: Id<'section'>;
  workOrderId: Id<'workOrder'>;
  fablabId: Id<'community'>;
  view: JobView;
}

@ObjectType('TakeNextJobPayload')
@Policy('signedIn')
export class TakeNextJobPayload {
  @Field(() => JobModel, { nullable: true, description: 'Null when there is none to take.' })
  job: JobModel | null;

  @Field(() => String, { description: 'One sentence: why this job, or why none.' })
  reason: string;
}

@ObjectType('ContractProgress', { description: 'How far the work for a contract has come.' })
@Policy('public')
export class ContractProgressModel {
  @Field(() => Int)
  jobsDone: number;

  @Field(() => Int)
  jobsTotal: number;

  @Field(() => Int, { description: 'Units that went through every operation and came out good.' })
  unitsDone: number;

  @Field(() => Int)
  unitsTotal: number;
}
