import type { Dice } from '../dice.js';
import { CriticalPath } from './blocks.js';
import type { Graph } from './graph.js';
import type { Neighbourhood } from './neighbourhood.js';
import { TabuList } from './tabu-list.js';

/**
 * The order on machines, for job shops without choice of machine: the neighbourhood N7 of Zhang et al. (2007), which
 * takes the N6 of Balas and Vazacopoulos (1998), operations of a critical block that move to its front or its end, and adds
 * its first and last operations that move inside. Moves are ranked by the estimate of Balas and Vazacopoulos: new heads
 * and tails for the operations between, by the old ones around them. A move is forbidden while it would bring back an
 * order of two operations that was given up lately.
 */
export class BlockMoves implements Neighbourhood {
  private readonly path: CriticalPath;
  private readonly tabu: TabuList;
  private readonly segment: Int32Array;
  private readonly newEnd: Int32Array;
  private readonly block: Int32Array;
  private readonly marked: Uint8Array;
  private readonly held: Int32Array;
  private readonly tenure: number;

  private bestValue = 0;
  private bestTies = 0;
  private bestMoved = -1;
  private bestTarget = -1;
  private bestForward = false;
  private anyMoved = -1;
  private anyTarget = -1;
  private anyForward = false;
  private anyUntil = 0;

  constructor(
    private readonly graph: Graph,
    private readonly dice: Dice,
  ) {
    this.path = new CriticalPath(graph);
    this.tabu = new TabuList(graph.count);
    this.segment = new Int32Array(graph.count);
    this.newEnd = new Int32Array(graph.count);
    this.block = new Int32Array(graph.count);
    this.marked = new Uint8Array(graph.count + 1);
    this.held = new Int32Array(graph.count);
    this.tenure = 10 + Math.trunc(graph.count / (graph.model.machineCount * graph.model.machineCount || 1));
  }

  reset(): void {
    this.tabu.clear();
  }

  step(iteration: number, best: number): boolean {
    const { graph, path } = this;
    path.find(this.dice);
    this.bestMoved = -1;
    this.anyMoved = -1;
    this.bestValue = 0x7fffffff;
    this.anyUntil = 0x7fffffff;
    let from = 0;
    while (from < path.length) {
      const machine = graph.machine[path.path[from]!]!;
      let to = from + 1;
      while (to < path.length && graph.machine[path.path[to]!] === machine) to++;
      if (to - from > 1) this.visitBlock(from, to, iteration, best);
      from = to;
    }
    if (this.bestMoved < 0) {
      if (this.anyMoved < 0) return false;
      this.bestMoved = this.anyMoved;
      this.bestTarget = this.anyTarget;
      this.bestForward = this.anyForward;
    }
    this.apply(iteration);
    return true;
  }

  private visitBlock(from: number, to: number, iteration: number, best: number): void {
    const { path } = this.path;
    const size = to - from;
    const { block } = this;
    for (let each = 0; each < size; each++) block[each] = path[from + each]!;
    const last = size - 1;
    // In the first block of a path nothing gains by moving to the front, in the last block nothing by moving to the end.
    const toFront = from > 0;
    const toEnd = to < this.path.length;
    if (toEnd) for (let each = 0; each < last; each++) this.forward(each, last, iteration, best);
    if (toFront)
      for (let each = toEnd && last === 1 ? 2 : 1; each <= last; each++)
        this.backward(each, 0, iteration, best);
    if (toFront) for (let each = 1; each < last; each++) this.forward(0, each, iteration, best);
    if (toEnd) for (let each = 1; each < last; each++) this.backward(last, each, iteration, best);
  }

  /** Block member `from` comes after member `to`, if that cannot close a circle. */
  private forward(from: number, to: number, iteration: number, best: number): void {
    const { block, graph, segment } = this;
    const moved = block[from]!;
    const target = block[to]!;
    const next = graph.jobAfter[moved]!;
    if (next !== graph.count) {
      const { tail, end, duration } = graph;
      if (next === target) return;
      // A path from the job's next operation to the target would show in both a head and a tail.
      if (tail[next]! >= tail[target]! + duration[next]! && end[target]! - duration[target]! >= end[next]!)
        return;
    }
    const size = to - from + 1;
    for (let each = 1; each < size; each++) segment[each - 1] = block[from + each]!;
    segment[size - 1] = moved;
    let until = 0;
    for (let each = 1; each < size; each++) {
      const other = this.tabu.forbiddenUntil(block[from + each]!, moved);
      if (other > until) until = other;
    }
    this.offer(moved, target, true, size, until, iteration, best);
  }

  private backward(from: number, to: number, iteration: number, best: number): void {
    const { block, graph, segment } = this;
    const moved = block[from]!;
    const target = block[to]!;
    const before = graph.jobBefore[moved]!;
    if (before !== graph.count) {
      const { tail, end, duration } = graph;
      if (before === target) return;
      if (
        end[before]! - duration[before]! >= end[target]! &&
        tail[target]! >= tail[before]! + duration[target]!
      )
        return;
    }
    const size = from - to + 1;
    segment[0] = moved;
    for (let each = 1; each < size; each++) segment[each] = block[to + each - 1]!;
    let until = 0;
    for (let each = 1; each < size; each++) {
      const other = this.tabu.forbiddenUntil(moved, block[to + each - 1]!);
      if (other > until) until = other;
    }
    this.offer(moved, target, false, size, until, iteration, best);
  }

  private offer(
    moved: number,
    target: number,
    forward: boolean,
    size: number,
    until: number,
    iteration: number,
    best: number,
  ): void {
    const forbidden = until > iteration;
    const value = this.estimate(forward ? moved : target, forward ? target : moved, size);
    if (forbidden && value >= best) {
      if (until < this.anyUntil) {
        this.anyUntil = until;
        this.anyMoved = moved;
        this.anyTarget = target;
        this.anyForward = forward;
      }
      return;
    }
    if (value > this.bestValue) return;
    if (value === this.bestValue) {
      if (this.dice.below(++this.bestTies) > 0) return;
    } else this.bestTies = 1;
    this.bestValue = value;
    this.bestMoved = moved;
    this.bestTarget = target;
    this.bestForward = forward;
  }

  /** The longest path through the operations of `segment`, which replaces what lay from `first` to `last`. */
  private estimate(first: number, last: number, size: number): number {
    const { segment, newEnd } = this;
    const { end, tail, duration, jobBefore, jobAfter, machineBefore, machineAfter, delay, release } =
      this.graph;
    let before = end[machineBefore[first]!]!;
    for (let each = 0; each < size; each++) {
      const x = segment[each]!;
      let head = end[jobBefore[x]!]! + delay[x]!;
      if (release[x]! > head) head = release[x]!;
      if (before > head) head = before;
      before = head + duration[x]!;
      newEnd[each] = before;
    }
    let after = tail[machineAfter[last]!]!;
    let longest = 0;
    for (let each = size - 1; each >= 0; each--) {
      const x = segment[each]!;
      const next = jobAfter[x]!;
      const byJob = tail[next]! + delay[next]!;
      if (byJob > after) after = byJob;
      if (newEnd[each]! + after > longest) longest = newEnd[each]! + after;
      after += duration[x]!;
    }
    return longest;
  }

  private apply(iteration: number): void {
    const { graph, tabu } = this;
    const moved = this.bestMoved;
    const target = this.bestTarget;
    const until = iteration + this.tenure + this.dice.below(this.tenure);
    if (this.bestForward) {
      for (let x = graph.machineAfter[moved]!; ; x = graph.machineAfter[x]!) {
        tabu.forbid(moved, x, until);
        if (x === target) break;
      }
      graph.unlink(moved);
      graph.linkMachine(moved, target, graph.machineAfter[target]!);
      this.shiftForward(moved, target);
    } else {
      for (let x = graph.machineBefore[moved]!; ; x = graph.machineBefore[x]!) {
        tabu.forbid(x, moved, until);
        if (x === target) break;
      }
      graph.unlink(moved);
      graph.linkMachine(moved, graph.machineBefore[target]!, target);
      this.shiftBackward(moved, target);
    }
  }

  /** Mends the order of the graph between `moved` and `target`, which now comes first: what hangs on `moved` goes after it. */
  private shiftForward(moved: number, target: number): void {
    const { graph, marked, held } = this;
    const { order, place, jobBefore, machineBefore } = graph;
    const from = place[moved]!;
    const to = place[target]!;
    marked[moved] = 1;
    let kept = from;
    let count = 0;
    held[count++] = moved;
    for (let at = from + 1; at <= to; at++) {
      const x = order[at]!;
      if (marked[jobBefore[x]!] === 1 || (marked[machineBefore[x]!] === 1 && x !== target)) {
        marked[x] = 1;
        held[count++] = x;
      } else {
        order[kept] = x;
        place[x] = kept++;
      }
    }
    for (let each = 0; each < count; each++) {
      const x = held[each]!;
      marked[x] = 0;
      order[kept] = x;
      place[x] = kept++;
    }
    graph.refreshHeads(from);
    graph.refreshTails(to);
  }

  private shiftBackward(moved: number, target: number): void {
    const { graph, marked, held } = this;
    const { order, place, jobAfter, machineAfter } = graph;
    const from = place[target]!;
    const to = place[moved]!;
    marked[moved] = 1;
    let kept = to;
    let count = 0;
    held[count++] = moved;
    for (let at = to - 1; at >= from; at--) {
      const x = order[at]!;
      if (marked[jobAfter[x]!] === 1 || (marked[machineAfter[x]!] === 1 && x !== target)) {
        marked[x] = 1;
        held[count++] = x;
      } else {
        order[kept] = x;
        place[x] = kept--;
      }
    }
    for (let each = 0; each < count; each++) {
      const x = held[each]!;
      marked[x] = 0;
      order[kept] = x;
      place[x] = kept--;
    }
    graph.refreshHeads(from);
    graph.refreshTails(to);
  }
}
