import { Decoder } from './decoder.js';
import type { Dice } from './dice.js';
import { Heap } from './heap.js';
import { NEVER, type Model } from './model.js';
import { compareObjectives, Objective } from './objective.js';
import type { Solution } from './solution.js';

/** Units of work from the start of each operation to the end of its job by the quickest modes: its tail. */
export function quickestTails(model: Model): Int32Array {
  const tail = new Int32Array(model.operationCount);
  for (let place = model.operationCount - 1; place >= 0; place--) {
    const operation = model.topological[place]!;
    let after = 0;
    for (let arc = model.successorStart[operation]!; arc < model.successorStart[operation + 1]!; arc++)
      after = Math.max(after, tail[model.successor[arc]!]! + model.successorDelay[arc]!);
    tail[operation] = after + quickest(model, operation);
  }
  return tail;
}

/** The least units of work among the modes of an operation. */
export function quickest(model: Model, operation: number): number {
  let least = NEVER;
  for (let mode = model.modeStart[operation]!; mode < model.modeStart[operation + 1]!; mode++)
    least = Math.min(least, model.modeDuration[mode]!);
  return least;
}

/**
 * Dispatches operations one after the other, each in the mode that ends first. The next is the one with the least
 * key among those whose predecessors are placed: `ready` when they have arrived, plus `urgency` times the latest start
 * that keeps the job's date (or, without dates, minus `urgency` times the tail). O((n + arcs) log n + modes).
 */
export function dispatch(
  model: Model,
  decoder: Decoder,
  tails: Int32Array,
  urgency: number,
  dice: Dice | null,
): Solution {
  const order = new Int32Array(model.operationCount);
  const mode = new Int32Array(model.operationCount);
  const waiting = new Int32Array(model.operationCount);
  const heap = new Heap(model.operationCount);
  const key = (operation: number): number => {
    const due = Math.min(model.promised[model.job[operation]!]!, model.wished[model.job[operation]!]!);
    const latest = (due === NEVER ? model.horizon : due) - tails[operation]!;
    const jitter = dice ? dice.unit() * 0.2 * tails[operation]! : 0;
    return decoder.readyAt(operation) + urgency * latest + jitter;
  };
  decoder.clear();
  for (let operation = 0; operation < model.operationCount; operation++) {
    waiting[operation] = model.predecessorStart[operation + 1]! - model.predecessorStart[operation]!;
    if (waiting[operation] === 0) heap.push(operation, key(operation));
  }
  for (let place = 0; heap.size > 0; place++) {
    const operation = heap.pop();
    order[place] = operation;
    mode[operation] = bestMode(model, decoder, operation, dice);
    decoder.place(operation, mode[operation]!);
    for (let arc = model.successorStart[operation]!; arc < model.successorStart[operation + 1]!; arc++) {
      const next = model.successor[arc]!;
      if (--waiting[next]! === 0) heap.push(next, key(next));
    }
  }
  return { order, mode };
}

/** The mode that ends first; ties go to the shorter one, then by chance. */
function bestMode(model: Model, decoder: Decoder, operation: number, dice: Dice | null): number {
  const first = model.modeStart[operation]!;
  const last = model.modeStart[operation + 1]!;
  if (last - first === 1 || model.fixed[operation] !== 0) return first;
  const ready = decoder.readyAt(operation);
  let best = first;
  let bestEnd = NEVER;
  let ties = 0;
  for (let mode = first; mode < last; mode++) {
    const duration = model.modeDuration[mode]!;
    const maker = model.modeMaker[mode]!;
    let soonest = Math.max(ready, decoder.machineFree[model.modeMachine[mode]!]!);
    if (maker >= 0) soonest = Math.max(soonest, decoder.makerFree[maker]!);
    // Most modes are out of the question before calendars and set-ups are looked at.
    if (soonest + duration > bestEnd) continue;
    const end = model.plain ? soonest + duration : decoder.endIn(operation, mode, ready);
    if (end > bestEnd) continue;
    if (end === bestEnd && duration >= model.modeDuration[best]!) {
      if (duration > model.modeDuration[best]! || !dice || dice.below(++ties + 1) > 0) continue;
    } else ties = 0;
    best = mode;
    bestEnd = end;
  }
  return best;
}

/** How much the date counts beside the moment of readiness, in the rules that the first plan tries. */
const URGENCIES = [0.5, 3, 0];

/** Models larger than this get one rule: the first plan shall be there at once. */
const RULES_OPERATIONS_MAX = 2000;

/** The first plan: the best of a few dispatching rules. */
export function construct(model: Model): Solution {
  const decoder = new Decoder(model);
  const objective = new Objective(model);
  const tails = quickestTails(model);
  const rules = model.operationCount > RULES_OPERATIONS_MAX ? URGENCIES.slice(0, 1) : URGENCIES;
  const values = new Float64Array(model.tiers.length);
  let best: Solution | null = null;
  let bestValues = values;
  for (const urgency of rules) {
    const solution = dispatch(model, decoder, tails, urgency, null);
    decoder.decode(solution.order, solution.mode);
    objective.evaluate(decoder, solution.mode, values);
    if (!best || compareObjectives(values, bestValues) < 0) {
      best = solution;
      bestValues = Float64Array.from(values);
    }
  }
  return best!;
}
