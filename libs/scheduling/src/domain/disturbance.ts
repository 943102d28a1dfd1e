import type { Placement } from './problem.js';

/** How much a plan differs from the one that people know. Only operations that are in both count. */
export interface Disturbance {
  /** Operations whose start, machine or maker is another one. */
  readonly moved: readonly number[];
  /** Of these, the operations with another machine or maker. */
  readonly reassigned: number;
  /** Σ |start − start before|, in units of time. */
  readonly shift: number;
  /** Pairs of operations that shared a machine before. */
  readonly pairs: number;
  /** Of these, the pairs that no longer share it, or not in that order. */
  readonly pairsChanged: number;
}

/** Compares two plans. O(n log n). */
export function measureDisturbance(before: readonly Placement[], after: readonly Placement[]): Disturbance {
  const now = new Map(after.map((each) => [each.operation, each]));
  const moved: number[] = [];
  const onMachine = new Map<number, Placement[]>();
  let reassigned = 0;
  let shift = 0;
  for (const each of before) {
    const found = now.get(each.operation);
    if (!found) continue;
    const elsewhere = found.machine !== each.machine || found.maker !== each.maker;
    if (elsewhere) reassigned++;
    if (elsewhere || found.start !== each.start) moved.push(each.operation);
    shift += Math.abs(found.start - each.start);
    const list = onMachine.get(each.machine);
    if (list) list.push(each);
    else onMachine.set(each.machine, [each]);
  }
  let pairs = 0;
  let pairsChanged = 0;
  for (const [machine, list] of onMachine) {
    const all = (list.length * (list.length - 1)) / 2;
    list.sort((one, other) => one.start - other.start || one.end - other.end);
    const stayed = list.filter((each) => now.get(each.operation)!.machine === machine);
    const left = all - (stayed.length * (stayed.length - 1)) / 2;
    pairs += all;
    pairsChanged += left + inversions(stayed.map((each) => now.get(each.operation)!.start));
  }
  return { moved, reassigned, shift, pairs, pairsChanged };
}

/** How many pairs of a list are in descending order, counted while merging. */
function inversions(values: readonly number[]): number {
  if (values.length < 2) return 0;
  let from = Float64Array.from(values);
  let to = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++)
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          to[at] = from[right++]!;
          count += middle - left;
        }
    }
    [from, to] = [to, from];
  }
  return count;
}
