import { DomainError, assertTransition, type TransitionTable } from '#kernel';

export const JOB_STATES = [
  'waiting',
  'ready',
  'claimed',
  'running',
  'paused',
  'done',
  'scrapped',
  'cancelled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Repeated in the database as the trigger `job_step`: what the table does not hold, no program can do. */
export const JOB_TRANSITIONS: TransitionTable<JobState> = {
  waiting: ['ready', 'cancelled'],
  ready: ['claimed', 'waiting', 'cancelled'],
  claimed: ['running', 'ready', 'waiting', 'cancelled'],
  running: ['paused', 'claimed', 'ready', 'done', 'scrapped', 'cancelled'],
  paused: ['running', 'claimed', 'ready', 'waiting', 'done', 'scrapped', 'cancelled'],
  done: [],
  scrapped: [],
  cancelled: [],
};

/** Nobody holds it, and it has not ended. */
export const QUEUED_STATES: readonly JobState[] = ['waiting', 'ready'];

/** In a maker's hands. */
export const HELD_STATES: readonly JobState[] = ['claimed', 'running', 'paused'];

/** `J-000123`: six digits at least. */
export function jobNumber(number: number): string {
  return `J-${number.toString().padStart(6, '0')}`;
}

/** The job as sentences name it. */
export function jobName(number: number): string {
  return `job ${jobNumber(number)}`;
}

/** `WO-000045`: six digits at least. */
export function workOrderNumber(number: number): string {
  return `WO-${number.toString().padStart(6, '0')}`;
}

/** What a maker's action can change of a job. */
export interface JobWork {
  readonly state: JobState;
  readonly quantity: number;
  readonly quantityGood: number;
  readonly quantityScrapped: number;
  readonly startedAt: Date | null;
  readonly runningSince: Date | null;
  readonly workedSeconds: number;
  readonly doneAt: Date | null;
  /** Something is in the way, by a named reason: it rests until that was lifted. */
  readonly blocked: boolean;
}

export type JobAction =
  | { readonly kind: 'claim' | 'start' | 'pause' | 'resume' | 'return' | 'handOver' | 'cancel' }
  | { readonly kind: 'scrap'; readonly quantityGood: number | null }
  | { readonly kind: 'log'; readonly quantityGood: number | null; readonly quantityScrapped: number | null }
  | { readonly kind: 'complete'; readonly quantityGood: number; readonly quantityScrapped: number };

/** A stretch of time in which the job ran; whole seconds, rounded down. */
export interface Period {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly seconds: number;
}

export interface JobStep {
  readonly next: JobWork;
  /** The period that ended with this step. */
  readonly period: Period | null;
}

const TARGETS: Readonly<Record<Exclude<JobAction['kind'], 'log'>, JobState>> = {
  claim: 'claimed',
  handOver: 'claimed',
  scrap: 'scrapped',
  start: 'running',
  pause: 'paused',
  resume: 'running',
  return: 'ready',
  complete: 'done',
  cancel: 'cancelled',
};

/**
 * What an action makes of a job.
 * @param name the job in a sentence, such as `job J-000123`
 * @throws DomainError `INVALID_STATE` out of order, `BAD_INPUT` for quantities that do not add up
 */
export function takeStep(name: string, work: JobWork, action: JobAction, now: Date): JobStep {
  if (action.kind === 'log') return logged(name, work, action);
  if (!['claim', 'cancel'].includes(action.kind) && !HELD_STATES.includes(work.state))
    throw notHeld(name, work);
  if (action.kind === 'claim' && work.state !== 'ready') throw outOfOrder(name, work, 'take a ready one');
  // Both lead to «running», but a pause is ended by resuming, and a fresh claim by starting.
  if (action.kind === 'start' && work.state === 'paused') throw outOfOrder(name, work, 'resume it');
  if (action.kind === 'resume' && work.state === 'claimed') throw outOfOrder(name, work, 'start it');
  const target = action.kind === 'return' && work.blocked ? 'waiting' : TARGETS[action.kind];
  // A job that was claimed and not begun changes hands without changing its state.
  if (action.kind !== 'handOver' || work.state !== 'claimed')
    assertTransition(JOB_TRANSITIONS, name, work.state, target);
  if (work.blocked && UNBLOCKED_ONLY.includes(action.kind)) throw blockedNow(name, work);
  const { period, workedSeconds } = stopClock(work, now);
  const next: JobWork = { ...work, state: target, runningSince: null, workedSeconds };
  switch (action.kind) {
    case 'start':
    case 'resume':
      return { next: { ...next, startedAt: work.startedAt ?? now, runningSince: now }, period };
    case 'complete':
      assertCounted(work, action);
      return { next: { ...next, ...quantitiesOf(action), doneAt: now }, period };
    case 'return':
      return { next: { ...next, startedAt: null }, period };
    case 'scrap':
      return { next: { ...next, ...lost(work, action.quantityGood) }, period };
    case 'claim':
    case 'pause':
    case 'cancel':
    case 'handOver':
      return { next, period };
  }
}

/** What cannot be done while something is in the way. */
const UNBLOCKED_ONLY: readonly JobAction['kind'][] = ['claim', 'start', 'resume', 'complete'];

/**
 * What an open block makes of a job: it stops, stays in its maker's hands if it is in some, and else leaves its queue.
 * @throws DomainError `INVALID_STATE` for a job that has ended
 */
export function blockStep(name: string, work: JobWork, now: Date): JobStep {
  if (work.state === 'running') {
    const { period, workedSeconds } = stopClock(work, now);
    return { next: { ...work, state: 'paused', runningSince: null, workedSeconds, blocked: true }, period };
  }
  if (HELD_STATES.includes(work.state) || QUEUED_STATES.includes(work.state)) {
    const state = work.state === 'ready' ? 'waiting' : work.state;
    return { next: { ...work, state, blocked: true }, period: null };
  }
  throw new DomainError('INVALID_STATE', `The ${name} is ${work.state}; nothing can be in its way.`, {
    from: work.state,
  });
}

/** How many units of a job nobody has begun: only these can go into another part. */
export function unstarted(work: JobWork): number {
  return work.quantity - work.quantityGood - work.quantityScrapped;
}

/** Ends the running period, if there is one. Time never runs backwards, whatever a clock did. */
export function stopClock(work: JobWork, now: Date): { period: Period | null; workedSeconds: number } {
  if (work.runningSince === null) return { period: null, workedSeconds: work.workedSeconds };
  const endedAt = now < work.runningSince ? work.runningSince : now;
  const seconds = Math.floor((endedAt.getTime() - work.runningSince.getTime()) / 1000);
  return {
    period: { startedAt: work.runningSince, endedAt, seconds },
    workedSeconds: work.workedSeconds + seconds,
  };
}

function logged(name: string, work: JobWork, action: Extract<JobAction, { kind: 'log' }>): JobStep {
  if (!HELD_STATES.includes(work.state)) throw notHeld(name, work);
  const quantityGood = action.quantityGood ?? work.quantityGood;
  const quantityScrapped = action.quantityScrapped ?? work.quantityScrapped;
  if (quantityGood + quantityScrapped > work.quantity) {
    throw miscounted(
      `${quantityGood} good and ${quantityScrapped} scrapped are more than the ${work.quantity} of this job.`,
    );
  }
  return { next: { ...work, quantityGood, quantityScrapped }, period: null };
}

function assertCounted(work: JobWork, action: Extract<JobAction, { kind: 'complete' }>): void {
  if (action.quantityGood + action.quantityScrapped === work.quantity) return;
  throw miscounted(
    `${action.quantityGood} good and ${action.quantityScrapped} scrapped make ${action.quantityGood + action.quantityScrapped}; this job is for ${work.quantity}. Count again, or pause the job until all are made.`,
  );
}

/** All that is not good is lost. */
function lost(
  work: JobWork,
  quantityGood: number | null,
): { quantityGood: number; quantityScrapped: number } {
  const good = quantityGood ?? work.quantityGood;
  if (good >= work.quantity) {
    throw miscounted(`All ${work.quantity} are good, so nothing is scrapped. Complete the job instead.`);
  }
  return { quantityGood: good, quantityScrapped: work.quantity - good };
}

function blockedNow(name: string, work: JobWork): DomainError {
  return new DomainError(
    'INVALID_STATE',
    `Something is in the way of ${name}. It goes on when that was lifted; until then you can return it.`,
    { from: work.state, blocked: true },
  );
}

function quantitiesOf(action: { quantityGood: number; quantityScrapped: number }): {
  quantityGood: number;
  quantityScrapped: number;
} {
  return { quantityGood: action.quantityGood, quantityScrapped: action.quantityScrapped };
}

function miscounted(message: string): DomainError {
  return DomainError.badInput([{ field: 'quantityGood', message }]);
}

function notHeld(name: string, work: JobWork): DomainError {
  return new DomainError(
    'INVALID_STATE',
    `The ${name} is ${work.state}; only a maker who holds it can do this.`,
    { from: work.state },
  );
}

function outOfOrder(name: string, work: JobWork, instead: string): DomainError {
  return new DomainError('INVALID_STATE', `The ${name} is ${work.state}; ${instead} instead.`, {
    from: work.state,
  });
}
