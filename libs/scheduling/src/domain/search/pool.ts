import type { Dice } from '../dice.js';
import type { Model } from '../model.js';
import type { Solution } from '../solution.js';

/** A solution with its makespan. */
export interface Member {
  readonly solution: Solution;
  makespan: number;
}

export function blankSolution(model: Model): Solution {
  return { order: new Int32Array(model.operationCount), mode: new Int32Array(model.operationCount) };
}

/** How many operations have another machine, maker or predecessor on the machine: 0 for the same plan, up to n. */
export function distance(model: Model, one: Solution, other: Solution): number {
  const before = predecessors(model, one);
  const otherBefore = predecessors(model, other);
  let different = 0;
  for (let x = 0; x < before.length; x++)
    if (one.mode[x] !== other.mode[x] || before[x] !== otherBefore[x]) different++;
  return different;
}

function predecessors(model: Model, solution: Solution): Int32Array {
  const last = new Int32Array(model.machineCount).fill(-1);
  const before = new Int32Array(model.operationCount);
  for (const x of solution.order) {
    const machine = model.modeMachine[solution.mode[x]!]!;
    before[x] = last[machine]!;
    last[machine] = x;
  }
  return before;
}

/**
 * A solution on a path from `from` to `to`. Both orders are lists in which each operation comes after its predecessors,
 * so that sorting by a weighted mean of both places gives such a list too, and keeps every order of two operations that both
 * agree on. The share of `to` is `share`; modes that differ come from `to` with that chance.
 */
export function relink(model: Model, from: Solution, to: Solution, share: number, dice: Dice): Solution {
  const count = model.operationCount;
  const key = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    key[from.order[place]!]! += (1 - share) * place;
    key[to.order[place]!]! += share * place;
  }
  const order = Int32Array.from(from.order).sort((one, other) => key[one]! - key[other]!);
  const mode = Int32Array.from(from.mode);
  for (let x = 0; x < count; x++) if (mode[x] !== to.mode[x] && dice.unit() < share) mode[x] = to.mode[x]!;
  return { order, mode };
}
