import type { Dice } from '../dice.js';
import type { Graph } from './graph.js';

/** A critical path, from front to back, chosen by chance where it forks. */
export class CriticalPath {
  readonly path: Int32Array;
  length = 0;
  /** For an operation on the path, the places where its run on one machine (or maker) begins and has ended; see `findRuns`. */
  readonly machineRun: Int32Array;
  readonly makerRun: Int32Array;
  /** The place on the path; −1 for operations that are not on it. */
  private readonly at: Int32Array;

  constructor(private readonly graph: Graph) {
    this.path = new Int32Array(graph.count);
    this.at = new Int32Array(graph.count + 1).fill(-1);
    this.machineRun = new Int32Array(2 * graph.count);
    this.makerRun = new Int32Array(2 * graph.count);
  }

  find(dice: Dice): void {
    const { graph, path } = this;
    const { count, end, duration, jobBefore, machineBefore, makerBefore, delay, makespan, hasMakers } = graph;
    // From the back: an operation that ends last, then always one that determines the start.
    let x = count;
    let ties = 0;
    for (const candidate of graph.lastOfJobs)
      if (end[candidate] === makespan && dice.below(++ties) === 0) x = candidate;
    let at = count;
    while (x !== count) {
      path[--at] = x;
      const head = end[x]! - duration[x]!;
      const byJob = jobBefore[x]!;
      const byMachine = machineBefore[x]!;
      const byMaker = hasMakers ? makerBefore[x]! : count;
      let next = count;
      let choices = 0;
      if (byMachine !== count && end[byMachine] === head) {
        next = byMachine;
        choices = 1;
      }
      if (
        byJob !== count &&
        end[byJob]! + delay[x]! === head &&
        (choices++ === 0 || dice.below(choices) === 0)
      )
        next = byJob;
      if (
        byMaker !== count &&
        byMaker !== byMachine &&
        end[byMaker] === head &&
        (choices++ === 0 || dice.below(choices) === 0)
      )
        next = byMaker;
      x = next;
    }
    this.length = count - at;
    path.copyWithin(0, at, count);
  }

  /** Finds the blocks: the runs of operations on one machine, and on one maker, that the path goes through. */
  findRuns(): void {
    const { graph, path, at } = this;
    at.fill(-1);
    for (let each = 0; each < this.length; each++) at[path[each]!] = each;
    this.runs(graph.machine, this.machineRun, -1);
    if (graph.hasMakers) this.runs(graph.maker, this.makerRun, graph.model.makerCount);
  }

  private runs(resource: Int32Array, into: Int32Array, none: number): void {
    const { path, length } = this;
    for (let from = 0; from < length;) {
      let to = from + 1;
      while (to < length && resource[path[to]!] === resource[path[from]!] && resource[path[from]!] !== none)
        to++;
      for (let each = from; each < to; each++) {
        into[2 * each] = from;
        into[2 * each + 1] = to;
      }
      from = to;
    }
  }

  /**
   * Whether putting x between `before` and `after`, on the resource where it is already, can shorten this path: it must come
   * to the front of its block or to the end, or leave one of these places to another (N6 and N7); and neither at the very
   * beginning of the path nor at its very end, where the sum stays the same.
   */
  helps(x: number, before: number, after: number, run: Int32Array): boolean {
    const place = this.at[x]!;
    const from = run[2 * place]!;
    const to = run[2 * place + 1]!;
    if (to - from < 2) return false;
    const before0 = this.at[before]!;
    const after0 = this.at[after]!;
    const beforeInside = before0 >= from && before0 < to;
    const afterInside = after0 >= from && after0 < to;
    if (beforeInside && afterInside)
      return (place === from && from > 0) || (place === to - 1 && to < this.length);
    if (afterInside) return from > 0;
    return beforeInside ? to < this.length : true;
  }
}
