import type { Decoder } from './decoder.js';
import type { Model } from './model.js';
import type { Objective } from './objective.js';
import type { Placement, Plan } from './problem.js';

/** An order of all operations and a mode for each: see `Decoder`. */
export interface Solution {
  readonly order: Int32Array;
  readonly mode: Int32Array;
}

/** Reads a decoded solution as a plan. */
export function toPlan(model: Model, solution: Solution, decoder: Decoder, objective: Objective): Plan {
  decoder.decode(solution.order, solution.mode);
  const values = new Float64Array(model.tiers.length);
  objective.evaluate(decoder, solution.mode, values);
  const placements: Placement[] = [];
  let makespan = 0;
  let beyondHorizon = 0;
  const calendars = [...model.machineCalendar, ...model.makerCalendar].some((each) => each !== null);
  for (let operation = 0; operation < model.operationCount; operation++) {
    const mode = solution.mode[operation]!;
    const maker = model.modeMaker[mode]!;
    const start = decoder.start[operation]!;
    const end = decoder.end[operation]!;
    const machine = model.modeMachine[mode]!;
    placements.push(
      maker < 0 ? { operation, machine, start, end } : { operation, machine, maker, start, end },
    );
    if (end > makespan) makespan = end;
    if (calendars && end > model.horizon) beyondHorizon++;
  }
  return { placements, objective: [...values], makespan, beyondHorizon };
}

/**
 * The solution that a plan stands for: its operations by start, and the modes it names. Operations that the plan lacks,
 * or places where they cannot be any more, keep the mode of `fallback` and come as early as what they wait for allows.
 */
export function fromPlacements(model: Model, placements: readonly Placement[], fallback: Solution): Solution {
  const mode = Int32Array.from(fallback.mode);
  const key = new Float64Array(model.operationCount).fill(-1);
  const ends = new Float64Array(model.operationCount);
  for (const each of placements) {
    key[each.operation] = each.start;
    ends[each.operation] = each.end;
    mode[each.operation] = namedMode(model, each) ?? mode[each.operation]!;
  }
  for (let operation = 0; operation < key.length; operation++)
    if (model.fixed[operation] === 1) key[operation] = model.fixedStart[operation]!;
  return { order: orderBy(model, key, ends), mode };
}

/** The mode with the machine and maker of a placement; null where there is none. */
function namedMode(model: Model, { operation, machine, maker }: Placement): number | null {
  for (let mode = model.modeStart[operation]!; mode < model.modeStart[operation + 1]!; mode++)
    if (model.modeMachine[mode] === machine && model.modeMaker[mode] === (maker ?? -1)) return mode;
  return null;
}

/**
 * The order by key, then by `ends` (what has no length goes before what starts with it), in which each operation still
 * comes after those it waits for, which push its key up.
 */
export function orderBy(model: Model, key: Float64Array, ends: ArrayLike<number>): Int32Array {
  const rank = new Int32Array(model.operationCount);
  const pushed = Float64Array.from(key);
  model.topological.forEach((operation, place) => {
    rank[operation] = place;
    for (let arc = model.predecessorStart[operation]!; arc < model.predecessorStart[operation + 1]!; arc++)
      pushed[operation] = Math.max(pushed[operation]!, pushed[model.predecessor[arc]!]!);
  });
  return Int32Array.from(model.topological).sort(
    (one, other) => pushed[one]! - pushed[other]! || ends[one]! - ends[other]! || rank[one]! - rank[other]!,
  );
}
