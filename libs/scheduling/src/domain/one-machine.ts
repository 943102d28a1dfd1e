import { Heap } from './heap.js';

/**
 * Jackson's preemptive schedule: the optimum of one machine whose operations may be interrupted, and so a lower bound for
 * the shop (Carlier 1982). O(k log k).
 *
 * @param heads when each may start at the earliest; @param durations; @param tails what must follow after its end
 */
export function preemptiveBound(heads: Int32Array, durations: Int32Array, tails: Int32Array): number {
  const count = heads.length;
  const byHead = Int32Array.from(heads.keys()).sort((one, other) => heads[one]! - heads[other]!);
  const left = Int32Array.from(durations);
  const ready = new Heap(count + 1);
  let time = 0;
  let bound = 0;
  let next = 0;
  while (next < count || ready.size > 0) {
    if (ready.size === 0) time = Math.max(time, heads[byHead[next]!]!);
    while (next < count && heads[byHead[next]!]! <= time) ready.push(byHead[next]!, -tails[byHead[next++]!]!);
    const x = ready.pop();
    const until = next < count ? heads[byHead[next]!]! : Infinity;
    const done = Math.min(left[x]!, until - time);
    time += done;
    left[x]! -= done;
    if (left[x]! > 0) ready.push(x, -tails[x]!);
    else bound = Math.max(bound, time + tails[x]!);
  }
  return bound;
}
