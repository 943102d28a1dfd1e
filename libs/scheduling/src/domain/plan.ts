import type { Budget } from './budget.js';
import { compile } from './compile.js';
import { construct, quickestTails } from './construct.js';
import { Decoder } from './decoder.js';
import { Dice } from './dice.js';
import { makespanBound } from './lower-bound.js';
import type { Model } from './model.js';
import { compareObjectives, Objective } from './objective.js';
import type { Placement, Plan, Problem } from './problem.js';
import { BlockMoves } from './search/block-moves.js';
import { EliteSearch } from './search/elite-search.js';
import { ExactSearch } from './search/exact-search.js';
import { Graph } from './search/graph.js';
import { Reinsertion } from './search/reinsertion.js';
import { Meter } from './search/tabu-search.js';
import { fromPlacements, toPlan, type Solution } from './solution.js';

/** A plan with what is known about it. `iterations` is how many the search took. */
export interface Planned extends Plan {
  /** No plan has a lower value in the first tier than this. */
  readonly lowerBound: number;
  readonly iterations: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly budget: Budget;
  /** A plan to begin with, of this problem or of one that it came from; the dispatching rules otherwise. */
  readonly warm?: readonly Placement[];
}

/** The first plan, in milliseconds and without search. @throws DomainError BAD_INPUT for a problem that cannot be planned */
export function firstPlan(problem: Problem): Planned {
  const model = compile(problem);
  return planned(model, construct(model), 0);
}

/**
 * Plans a problem: deterministic for a seed and a number of iterations, never worse than the plan it begins with, and never
 * worse for more iterations.
 *
 * @throws DomainError BAD_INPUT for a problem that cannot be planned
 */
export function plan(problem: Problem, options: PlanOptions): Planned {
  const model = compile(problem);
  const built = construct(model);
  const begin = options.warm ? fromPlacements(model, options.warm, built) : built;
  if (model.operationCount === 0 || options.budget.iterations <= 0) return planned(model, begin, 0);
  return Graph.holds(model) ? searchGraph(model, begin, options) : searchExactly(model, begin, options);
}

/** A lower bound for the first tier. */
export function lowerBound(model: Model): number {
  if (model.tiers[0] === 'makespan') return makespanBound(model);
  return 0;
}

function planned(model: Model, solution: Solution, iterations: number): Planned {
  const found = toPlan(model, solution, new Decoder(model), new Objective(model));
  return { ...found, lowerBound: lowerBound(model), iterations };
}

/** Sizes of pools and tabu searches that did well on the hard instances of each kind, at 1 and at 5 seconds. */
const ORDER_POOLS = { size: 8, sizeMost: 30, patience: 1000, patienceMost: 4000 };
const CHOICE_POOLS = { size: 10, sizeMost: 30, patience: 1000, patienceMost: 3000 };

/** Where no operation has a choice of machine or maker, its order alone is searched. */
function searchGraph(model: Model, first: Solution, options: PlanOptions): Planned {
  const dice = new Dice(options.seed);
  const bound = lowerBound(model);
  const graph = new Graph(model);
  const fixedModes = model.modeMachine.length === model.operationCount && model.makerCount === 0;
  const hood = fixedModes ? new BlockMoves(graph, dice) : new Reinsertion(graph, dice);
  const meter = new Meter(options.budget, bound);
  const settings = fixedModes ? ORDER_POOLS : CHOICE_POOLS;
  const elite = new EliteSearch(
    graph,
    hood,
    new Decoder(model),
    quickestTails(model),
    dice,
    settings,
    (member) =>
      options.budget.onProgress?.({
        iterations: meter.iterations,
        objective: [member.makespan],
        lowerBound: bound,
      }),
  );
  elite.run(first, meter);
  // The graph lets work without length wait for its maker, which the decoder does not: the first plan may still be better.
  const found = planned(model, elite.best.solution, meter.iterations);
  const begun = planned(model, first, meter.iterations);
  return comparePlans(begun, found) < 0 ? begun : found;
}

/** Iterations of the first round of annealing, for each operation. */
const STEPS_PER_OPERATION = 20;

function searchExactly(model: Model, first: Solution, options: PlanOptions): Planned {
  const bound = lowerBound(model);
  // Only where one tier is all there is does reaching its bound mean that nothing is left to gain.
  const meter = new Meter(options.budget, model.tiers.length === 1 ? bound : -1);
  const report = (value: Float64Array): void => {
    options.budget.onProgress?.({ iterations: meter.iterations, objective: [...value], lowerBound: bound });
    meter.found(value[0]!);
  };
  const search = new ExactSearch(model, first, new Dice(options.seed), report);
  if (search.bestValue.some((each) => each > 0))
    search.run(meter, STEPS_PER_OPERATION * model.operationCount + 500);
  return planned(model, search.best, meter.iterations);
}

/** Negative where the first plan is better in the tiers of their problem. */
export function comparePlans(one: Plan, other: Plan): number {
  return compareObjectives(one.objective, other.objective);
}
