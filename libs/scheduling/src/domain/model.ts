import type { Calendar } from './calendar.js';
import type { Tier } from './problem.js';

/** Stands for "no due date". */
export const NEVER = 0x7fffffff;

/**
 * What a resource holds that no sequence can move: frozen work, and the time kept free for pins. Sorted by start.
 * `owner[i]` is the operation.
 */
export interface Blocks {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly owner: Int32Array;
}

/**
 * A problem, compiled to flat arrays. n operations, m machines, w makers. Lists of lists are stored in the
 * usual compressed way: the items of i lie from `…Start[i]` to before `…Start[i + 1]`. A *mode* is a machine, a maker
 * (−1 for none) and the units of work; the modes of an operation on one machine lie together.
 */
export interface Model {
  readonly operationCount: number;
  readonly jobCount: number;
  readonly machineCount: number;
  readonly makerCount: number;
  readonly job: Int32Array;
  /** No operation starts before its release, its job's, or the time it is pinned to. */
  readonly release: Int32Array;
  readonly predecessorStart: Int32Array;
  readonly predecessor: Int32Array;
  readonly predecessorDelay: Int32Array;
  readonly successorStart: Int32Array;
  readonly successor: Int32Array;
  readonly successorDelay: Int32Array;
  readonly modeStart: Int32Array;
  readonly modeMachine: Int32Array;
  readonly modeMaker: Int32Array;
  readonly modeDuration: Int32Array;
  readonly modeAttended: Int32Array;
  readonly interruptible: Uint8Array;
  /** −1 for none. */
  readonly family: Int32Array;
  readonly familyCount: number;
  /** `setup[from * familyCount + to]` */
  readonly setup: Int32Array;
  readonly machineFamily: Int32Array;
  readonly promised: Int32Array;
  readonly wished: Int32Array;
  readonly weight: Int32Array;
  readonly machineCalendar: readonly (Calendar | null)[];
  readonly makerCalendar: readonly (Calendar | null)[];
  readonly machineBlocks: readonly (Blocks | null)[];
  readonly makerBlocks: readonly (Blocks | null)[];
  /** 1 frozen, 2 pinned to a time, 0 free. */
  readonly fixed: Uint8Array;
  readonly fixedStart: Int32Array;
  readonly fixedEnd: Int32Array;
  readonly fixedAttendedEnd: Int32Array;
  readonly publishedStart: Int32Array;
  readonly publishedMachine: Int32Array;
  readonly publishedMaker: Int32Array;
  readonly soonUntil: number;
  readonly soonFactor: number;
  readonly reassignment: number;
  readonly horizon: number;
  readonly tiers: readonly Tier[];
  /** An order of the operations in which each comes after all it waits for. */
  readonly topological: Int32Array;
  /** No calendars, set-ups, blocks or unattended parts: the decoder's and the search's fast path holds. */
  readonly plain: boolean;
  /** Every operation waits for at most one other and is waited for by at most one. */
  readonly chains: boolean;
}
