/** One way to go from a solution to a neighbour; it holds the graph and its own memory of what is forbidden. */
export interface Neighbourhood {
  /** Goes one step; `best` is the makespan that a forbidden move must beat. False where there is no step to go. */
  step(iteration: number, best: number): boolean;
  /** Forgets what is forbidden. */
  reset(): void;
}
