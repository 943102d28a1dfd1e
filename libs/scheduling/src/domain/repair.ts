import { compile } from './compile.js';
import { Decoder } from './decoder.js';
import { measureDisturbance, type Disturbance } from './disturbance.js';
import { Mending } from './mending.js';
import type { Model } from './model.js';
import { Objective } from './objective.js';
import type { Placement, Plan, Problem } from './problem.js';
import { orderBy, toPlan } from './solution.js';

/** A repaired plan, and what it moved. */
export interface Repaired extends Plan {
  readonly disturbance: Disturbance;
}

/**
 * Mends a published plan after an event: `problem` is the problem as it is now (a shorter calendar, frozen work that took
 * longer, a new job), `published` the plan that people know. An operation that can stay exactly where it is stays. One that
 * cannot goes into the next gap of the machine and maker that end it first, which are its own unless another gains more
 * than its duration; what waits for it goes after it in the same way. Nobody else moves.
 *
 * @throws DomainError BAD_INPUT for a problem that cannot be planned
 */
export function repair(problem: Problem, published: readonly Placement[]): Repaired {
  const model = compile(problem);
  const usable = published.filter((each) => each.operation < model.operationCount);
  const mending = new Mending(model, usable);
  mending.run();
  const order = orderBy(model, Float64Array.from(mending.start), mending.end);
  // The decoder has the last word; with these releases it starts nothing earlier than the repair did.
  const held: Model = { ...model, release: Int32Array.from(mending.start) };
  const plan = toPlan(held, { order, mode: mending.mode }, new Decoder(held), new Objective(model));
  return { ...plan, disturbance: measureDisturbance(usable, plan.placements) };
}
