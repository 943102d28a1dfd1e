/** One operation of a routing, as far as a job's making needs it. Positions are 1-based. */
export interface PlannedOperation {
  readonly position: number;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  /** Positions of operations that must be finished before. */
  readonly after: readonly number[];
}

/** A job to be, in its work order. */
export interface PlannedJob {
  readonly position: number;
  readonly plannedMinutes: number;
  /** Without duplicates, in order. */
  readonly after: readonly number[];
  readonly state: 'waiting' | 'ready';
}

/** One job for each operation: what must be made before it decides whether it is ready or waits. */
export function planJobs(routing: readonly PlannedOperation[], quantity: number): PlannedJob[] {
  return routing.map((operation) => {
    const after = [...new Set(operation.after)].sort((a, b) => a - b);
    return {
      position: operation.position,
      plannedMinutes: operation.setupMinutes + operation.unitMinutes * quantity,
      after,
      state: after.length === 0 ? 'ready' : 'waiting',
    };
  });
}
