import type { Budget } from '../budget.js';
import type { Solution } from '../solution.js';
import type { Graph } from './graph.js';
import type { Neighbourhood } from './neighbourhood.js';

/** How often the world outside is asked whether to go on. */
const STEPS_BETWEEN_QUESTIONS = 256;

/** Beginnings without a single step after which a search gives up. */
const STUCK_MAX = 50;

/** Counts iterations over a whole search, and knows when it is over: by its budget, from outside, or by an optimum. */
export class Meter {
  iterations = 0;
  private over = false;
  private stuckInARow = 0;

  constructor(
    private readonly budget: Budget,
    private readonly lowerBound: number,
  ) {}

  /** Counts one iteration and says whether there may be another. */
  tick(): boolean {
    this.iterations++;
    if (this.iterations >= this.budget.iterations) this.over = true;
    else if (this.iterations % STEPS_BETWEEN_QUESTIONS === 0 && this.budget.shouldStop?.() === true)
      this.over = true;
    return !this.over;
  }

  /** A search had no step to go. Where that happens again and again, there is nothing to search. */
  stuck(): void {
    this.tick();
    if (++this.stuckInARow >= STUCK_MAX) this.over = true;
  }

  moved(): void {
    this.stuckInARow = 0;
  }

  found(makespan: number): void {
    if (makespan <= this.lowerBound) this.over = true;
  }

  get done(): boolean {
    return this.over;
  }
}

/**
 * Tabu search from the solution in the graph until `patience` iterations have brought nothing better. Leaves the best
 * solution met in `best`, and returns its makespan.
 */
export function tabuSearch(
  graph: Graph,
  hood: Neighbourhood,
  meter: Meter,
  patience: number,
  best: Solution,
): number {
  hood.reset();
  let makespan = graph.makespan;
  graph.save(best);
  meter.found(makespan);
  for (let idle = 0, iteration = 1; idle < patience && !meter.done; idle++, iteration++) {
    if (!hood.step(iteration, makespan)) {
      meter.stuck();
      break;
    }
    meter.moved();
    if (graph.makespan < makespan) {
      makespan = graph.makespan;
      graph.save(best);
      meter.found(makespan);
      idle = 0;
    }
    meter.tick();
  }
  return makespan;
}
