import type { Progress } from '../domain/budget.js';
import type { Placement, Problem } from '../domain/problem.js';
import type { Planned } from '../domain/plan.js';

/** What a worker thread is started with. `stop` is one shared 32-bit word: anything but zero asks it to end. */
export interface SearchTask {
  readonly problem: Problem;
  readonly seed: number;
  readonly iterations: number;
  /** Milliseconds since 1970 at which it ends by itself; Infinity for never. */
  readonly deadline: number;
  readonly warm?: readonly Placement[];
  readonly stop: SharedArrayBuffer;
}

/** What a worker thread says. */
export type SearchMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly plan: Planned }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly details: unknown };
