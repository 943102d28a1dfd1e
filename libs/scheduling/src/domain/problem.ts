/**
 * The problem of the planner: a flexible job shop with two kinds of resource and calendars.
 *
 * Every time is an integer in one unit that the caller chooses (minutes, seconds, the literature's units), counted
 * from an origin that the caller chooses, and lies between 0 and {@link TIME_MAX}. An interval holds its start and
 * not its end. Jobs, operations, machines and makers are named by their place in their list, from 0.
 */

/** Later than any time of a problem or a plan; sums of two times stay within 32 bits. */
export const TIME_MAX = 1_000_000_000;

/** From `start` until just before `end`. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A machine. `calendar` lists when it is open, sorted and disjoint; none means always. Downtime is a gap. */
export interface Machine {
  readonly name?: string;
  readonly calendar?: readonly Interval[];
  /** The set-up family it is prepared for at the beginning; none means that the first set-up is free. */
  readonly family?: number;
}

/** A person who makes. `calendar` lists the stays less the absences; none means always there. */
export interface Maker {
  readonly name?: string;
  readonly calendar?: readonly Interval[];
}

/** What is promised as a whole. `promised` and `wished` are due dates, `weight` the cost of one unit of lateness. */
export interface Job {
  readonly name?: string;
  readonly release?: number;
  readonly promised?: number;
  readonly wished?: number;
  readonly weight?: number;
}

/** A qualified maker on an alternative; duration and attended part replace the alternative's where given. */
export interface MakerChoice {
  readonly maker: number;
  readonly duration?: number;
  readonly attended?: number;
}

/**
 * One machine that can do the operation, in `duration` units of work. With `makers`, one of them is needed from the
 * start for the first `attended` units (all of them where it is not given); the machine does the rest unattended.
 */
export interface Alternative {
  readonly machine: number;
  readonly duration: number;
  readonly attended?: number;
  readonly makers?: readonly MakerChoice[];
}

/** Starts `delay` units or more after the end of `operation` (transport, drying); closing times do not stop the delay. */
export interface Link {
  readonly operation: number;
  readonly delay?: number;
}

/** A fact: the operation runs or has run here. It is never moved, nor measured against calendars. */
export interface Frozen {
  readonly machine: number;
  readonly maker?: number;
  readonly start: number;
  readonly end: number;
  /** When the maker is free again; the end where not given. */
  readonly attendedUntil?: number;
}

/**
 * A coordinator's decision. `start` needs `machine` (and `maker`, where one is needed): the time is kept free for the
 * operation, which starts exactly then, or later only if what it waits for arrives later. `after` is a place in the
 * order: it starts when that operation has ended.
 */
export interface Pin {
  readonly machine?: number;
  readonly maker?: number;
  readonly start?: number;
  readonly after?: number;
}

/**
 * One step of a job. An operation holds its machine from start to end, and its maker from the start until the
 * attended part is done. Set-up is part of it: the work is the set-up from the family before it on the machine, then
 * the duration, both attended; an operation without duration needs no set-up and changes none. Where `interruptible`, the work rests while the machine (or, in the attended part, the
 * maker) is away and both stay held; otherwise all of it lies in one open interval of each.
 */
export interface Operation {
  readonly job: number;
  readonly after?: readonly Link[];
  readonly alternatives: readonly Alternative[];
  readonly interruptible?: boolean;
  readonly family?: number;
  readonly release?: number;
  readonly frozen?: Frozen;
  readonly pin?: Pin;
}

/** Where an operation is in a plan. `maker` is there exactly when the operation needs one. */
export interface Placement {
  readonly operation: number;
  readonly machine: number;
  readonly maker?: number;
  readonly start: number;
  readonly end: number;
}

/** The tiers of the objective, each minimised, the first before the second and so on. */
export type Tier = 'promised' | 'wished' | 'disturbance' | 'makespan' | 'flow' | 'setup';

/** The order that the fablab plans with. A benchmark runs with `['makespan']` alone. */
export const FABLAB_TIERS: readonly Tier[] = [
  'promised',
  'wished',
  'disturbance',
  'makespan',
  'flow',
  'setup',
];

/**
 * The plan that people know, against which a new one is measured: each operation costs the distance of its starts,
 * plus `reassignment` when its machine or its maker changes, times `soonFactor` when either start lies before `soonUntil`.
 */
export interface Published {
  readonly placements: readonly Placement[];
  readonly soonUntil?: number;
  readonly soonFactor?: number;
  readonly reassignment?: number;
}

export interface Problem {
  readonly jobs: readonly Job[];
  readonly operations: readonly Operation[];
  readonly machines: readonly Machine[];
  readonly makers?: readonly Maker[];
  /** `setups[from][to]` units from one family to another on any machine. */
  readonly setups?: readonly (readonly number[])[];
  /**
   * Calendars are known until here (the last end of an interval where not given). After it every resource counts as
   * open, so that a plan always exists; `beyondHorizon` of a plan says how many operations relied on that.
   */
  readonly horizon?: number;
  readonly published?: Published;
  readonly tiers?: readonly Tier[];
}

/** A plan. `objective[i]` is the value of the i-th tier of the problem; placements are in the order of the operations. */
export interface Plan {
  readonly placements: readonly Placement[];
  readonly objective: readonly number[];
  readonly makespan: number;
  readonly beyondHorizon: number;
}
