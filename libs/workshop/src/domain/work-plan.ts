/** One operation of a routing, as far as a job's making needs it. Positions are 1-based. */
export interface PlannedOperation {
  readonly position: number;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  /** How many times it is done for one unit of the order. */
  readonly unitsEach: number;
  /** Positions of operations that must be finished before. */
  readonly after: readonly number[];
}

/** A job to be, in its work order. */
export interface PlannedJob {
  readonly position: number;
  readonly quantity: number;
  readonly plannedMinutes: number;
  /** Without duplicates, in order. */
  readonly after: readonly number[];
  readonly state: 'waiting' | 'ready';
}

/** What the column holds: four thousand years. */
const MINUTES_MAX = 2 ** 31 - 1;

/** One job for each operation: what must be made before it decides whether it is ready or waits. */
export function planJobs(routing: readonly PlannedOperation[], quantity: number): PlannedJob[] {
  return routing.map((operation) => {
    const after = [...new Set(operation.after)].sort((a, b) => a - b);
    const pieces = operation.unitsEach * quantity;
    return {
      position: operation.position,
      quantity: pieces,
      plannedMinutes: Math.min(operation.setupMinutes + operation.unitMinutes * pieces, MINUTES_MAX),
      after,
      state: after.length === 0 ? 'ready' : 'waiting',
    };
  });
}
