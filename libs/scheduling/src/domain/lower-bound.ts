import { quickest, quickestTails } from './construct.js';
import { preemptiveBound } from './one-machine.js';
import type { Model } from './model.js';

/**
 * A makespan that no plan can beat: the longest job by its quickest modes; for each machine the preemptive bound over the
 * operations that only it can do (Carlier 1982); and for each set of machines that is somebody's choice, all work that
 * has no choice outside of it, shared equally, between the least head and the least tail. The same for makers.
 * Calendars and set-ups only delay, so that the bound holds with them.
 */
export function makespanBound(model: Model): number {
  const tails = quickestTails(model);
  const heads = quickestHeads(model);
  let bound = 0;
  for (let x = 0; x < model.operationCount; x++) {
    // Frozen work is a fact that may lie anywhere; then only its end is sure.
    if (model.fixed[x] === 1) return lastFrozenEnd(model);
    bound = Math.max(bound, heads[x]! + tails[x]!);
  }
  const after = tails.map((tail, x) => tail - quickest(model, x));
  bound = Math.max(
    bound,
    resourceBound(model, heads, after, model.modeMachine, model.modeDuration, model.machineCount),
  );
  return Math.max(
    bound,
    resourceBound(model, heads, after, model.modeMaker, model.modeAttended, model.makerCount),
  );
}

function lastFrozenEnd(model: Model): number {
  let latest = 0;
  for (let x = 0; x < model.operationCount; x++)
    if (model.fixed[x] === 1) latest = Math.max(latest, model.fixedEnd[x]!);
  return latest;
}

function quickestHeads(model: Model): Int32Array {
  const head = new Int32Array(model.operationCount);
  for (const x of model.topological) {
    head[x] = model.release[x]!;
    for (let arc = model.predecessorStart[x]!; arc < model.predecessorStart[x + 1]!; arc++) {
      const before = model.predecessor[arc]!;
      head[x] = Math.max(head[x]!, head[before]! + quickest(model, before) + model.predecessorDelay[arc]!);
    }
  }
  return head;
}

interface Share {
  readonly size: number;
  readonly members: Set<number>;
  readonly operations: number[];
}

function resourceBound(
  model: Model,
  heads: Int32Array,
  after: Int32Array,
  resourceOf: Int32Array,
  unitsOf: Int32Array,
  count: number,
): number {
  const least = new Int32Array(model.operationCount);
  const sets = new Map<string, Share>();
  for (let x = 0; x < model.operationCount; x++) {
    const members = new Set<number>();
    let units = 0x7fffffff;
    for (let mode = model.modeStart[x]!; mode < model.modeStart[x + 1]!; mode++) {
      members.add(resourceOf[mode]!);
      units = Math.min(units, unitsOf[mode]!);
    }
    if (members.has(-1)) continue;
    least[x] = units;
    const name = [...members].sort((one, other) => one - other).join(' ');
    const share = sets.get(name) ?? { size: members.size, members, operations: [] };
    share.operations.push(x);
    sets.set(name, share);
  }
  if (count > 0) sets.set('all', { size: count, members: new Set(Array(count).keys()), operations: [] });
  let bound = 0;
  for (const set of sets.values()) {
    const inside = [...sets.values()].filter((each) =>
      [...each.members].every((member) => set.members.has(member)),
    );
    bound = Math.max(
      bound,
      shareBound(
        inside.flatMap((each) => each.operations),
        set.size,
        heads,
        least,
        after,
      ),
    );
  }
  return bound;
}

/** Work that `size` resources share: the preemptive bound for one; for several, sorted sums of heads, work and tails. */
function shareBound(
  operations: readonly number[],
  size: number,
  heads: Int32Array,
  least: Int32Array,
  after: Int32Array,
): number {
  const pick = (values: Int32Array): Int32Array => Int32Array.from(operations, (x) => values[x]!);
  if (size === 1) return preemptiveBound(pick(heads), pick(least), pick(after));
  // The sums are only right where each resource can have a first and a last operation of its own.
  if (operations.length < 2 * size) return 0;
  const sum = (values: Int32Array): number => values.reduce((total, each) => total + each, 0);
  const firsts = sum(pick(heads).sort().subarray(0, size));
  const lasts = sum(pick(after).sort().subarray(0, size));
  // No resource starts before the head of its first operation, nor ends later than the end less the tail of its last.
  return Math.ceil((sum(pick(least)) + firsts + lasts) / size);
}
