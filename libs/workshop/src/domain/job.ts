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
  ready: ['claimed', 'cancelled'],
  claimed: ['running', 'ready', 'cancelled'],
  running: ['paused', 'ready', 'done', 'scrapped', 'cancelled'],
  paused: ['running', 'ready', 'done', 'scrapped', 'cancelled'],
  done: [],
  scrapped: [],
  cancelled: [],
};

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
}

export type JobAction =
  | { readonly kind: 'claim' | 'start' | 'pause' | 'resume' | 'return' | 'cancel' }
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
  // Both lead to «running», but a pause is ended by resuming, and a fresh claim by starting.
  if (action.kind === 'start' && work.state === 'paused') throw outOfOrder(name, work, 'resume it');
  if (action.kind === 'resume' && work.state === 'claimed') throw outOfOrder(name, work, 'start it');
  assertTransition(JOB_TRANSITIONS, name, work.state, TARGETS[action.kind]);
  const { period, workedSeconds } = stopClock(work, now);
  const next: JobWork = { ...work, state: TARGETS[action.kind], runningSince: null, workedSeconds };
  switch (action.kind) {
    case 'start':
    case 'resume':
      return { next: { ...next, startedAt: work.startedAt ?? now, runningSince: now }, period };
    case 'complete':
      assertCounted(work, action);
      return { next: { ...next, ...quantitiesOf(action), doneAt: now }, period };
    case 'return':
      return { next: { ...next, startedAt: null }, period };
    case 'claim':
    case 'pause':
    case 'cancel':
      return { next, period };
  }
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
  if (!HELD_STATES.includes(work.state)) {
    throw new DomainError('INVALID_STATE', `The ${name} is ${work.state}; only its holder can log on it.`, {
      from: work.state,
    });
  }
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

function quantitiesOf(action: { quantityGood: number; quantityScrapped: number }): {
  quantityGood: number;
  quantityScrapped: number;
} {
  return { quantityGood: action.quantityGood, quantityScrapped: action.quantityScrapped };
}

function miscounted(message: string): DomainError {
  return DomainError.badInput([{ field: 'quantityGood', message }]);
}

function outOfOrder(name: string, work: JobWork, instead: string): DomainError {
  return new DomainError('INVALID_STATE', `The ${name} is ${work.state}; ${instead} instead.`, {
    from: work.state,
  });
}
