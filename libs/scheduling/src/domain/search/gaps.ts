import type { Dice } from '../dice.js';
import type { CriticalPath } from './blocks.js';
import type { Graph } from './graph.js';
import type { TabuList } from './tabu-list.js';

/**
 * The gaps into which an operation that was taken out can go back, and the best of all that were seen in a step.
 *
 * A gap lies between `before` and `after` on a machine (and another on a maker). It closes no circle where no path leads
 * from what comes after the operation (next on the job, on the machine, on the maker) to what comes before it; a path
 * from a to b would show both as `start(b) ≥ end(a)` and as `tail(a) ≥ duration(a) + tail(b)`.
 */
export class Gaps {
  operation = -1;
  mode = -1;
  machineBefore = -1;
  machineAfter = -1;
  makerBefore = -1;
  makerAfter = -1;

  /** Ends and tails without the operation. */
  private readonly end: Int32Array;
  private readonly tail: Int32Array;
  private without = 0;
  private readonly modeUntil: Int32Array;
  private readonly machineKeys: number;

  private iteration = 0;
  private best = 0;
  private value = 0;
  private through = 0;
  private ties = 0;
  private readonly fallback = new Int32Array(6);
  private fallbackUntil = 0;

  constructor(
    private readonly graph: Graph,
    private readonly path: CriticalPath,
    private readonly tabu: TabuList,
    private readonly dice: Dice,
  ) {
    this.end = new Int32Array(graph.count + 1);
    this.tail = new Int32Array(graph.count + 1);
    this.modeUntil = new Int32Array(graph.model.modeMachine.length);
    this.machineKeys = graph.count;
  }

  reset(): void {
    this.modeUntil.fill(0);
  }

  /** What an operation follows on a machine, as the second part of a forbidden pair. */
  machineKey(machine: number, before: number): number {
    return before === this.graph.count ? this.machineKeys + machine : before;
  }

  makerKey(maker: number, before: number): number {
    return before === this.graph.count ? this.machineKeys + this.graph.model.machineCount + maker : before;
  }

  forbidMode(_operation: number, mode: number, until: number): void {
    this.modeUntil[mode] = until;
  }

  begin(iteration: number, best: number): void {
    this.iteration = iteration;
    this.best = best;
    this.value = 0x7fffffff;
    this.through = 0x7fffffff;
    this.ties = 0;
    this.operation = -1;
    this.fallback[0] = -1;
    this.fallbackUntil = 0x7fffffff;
  }

  /** Heads and tails without x, which must be out of its machine and maker and without duration. */
  measure(x: number): void {
    const { graph } = this;
    const { order, duration, jobBefore, machineBefore, makerBefore, delay, release, count, hasMakers } =
      graph;
    const { end, tail } = this;
    end.set(graph.end);
    tail.set(graph.tail);
    const place = graph.place[x]!;
    for (let at = place; at < count; at++) {
      const y = order[at]!;
      let head = end[jobBefore[y]!]! + delay[y]!;
      if (release[y]! > head) head = release[y]!;
      if (y !== x) {
        if (end[machineBefore[y]!]! > head) head = end[machineBefore[y]!]!;
        if (hasMakers && end[makerBefore[y]!]! > head) head = end[makerBefore[y]!]!;
      }
      end[y] = head + duration[y]!;
    }
    this.without = 0;
    for (const y of graph.lastOfJobs) if (end[y]! > this.without) this.without = end[y]!;
    const { jobAfter, machineAfter, makerAfter } = graph;
    for (let at = place; at >= 0; at--) {
      const y = order[at]!;
      const next = jobAfter[y]!;
      let after = tail[next]! + delay[next]!;
      if (y !== x) {
        if (tail[machineAfter[y]!]! > after) after = tail[machineAfter[y]!]!;
        if (hasMakers && tail[makerAfter[y]!]! > after) after = tail[makerAfter[y]!]!;
      }
      tail[y] = after + duration[y]!;
    }
  }

  /** Looks at every gap for x; to be called after `measure`, while x is out of its machine and maker. */
  visit(x: number): void {
    const { graph } = this;
    const { modeStart, modeMachine, modeMaker, modeDuration } = graph.model;
    const head = this.end[x]!;
    const tail = this.tail[x]!;
    for (let mode = modeStart[x]!; mode < modeStart[x + 1]!; mode++) {
      const machine = modeMachine[mode]!;
      const duration = modeDuration[mode]!;
      if (modeMaker[mode]! < 0) this.visitMachine(x, mode, machine, duration, head, tail);
      else this.visitBoth(x, mode, duration, head, tail);
    }
  }

  private visitMachine(
    x: number,
    mode: number,
    machine: number,
    duration: number,
    head: number,
    tail: number,
  ): void {
    const { graph, end, tail: tails } = this;
    const { count } = graph;
    let before = count;
    for (let after = graph.firstOnMachine[machine]!; ; after = graph.machineAfter[after]!) {
      if (before !== count && this.reaches(graph.jobAfter[x]!, before)) return;
      if (after === count || !this.reaches(after, graph.jobBefore[x]!)) {
        const start = end[before]! > head ? end[before]! : head;
        const rest = tails[after]! > tail ? tails[after]! : tail;
        const through = start + duration + rest;
        const useful =
          mode !== graph.mode[x] ||
          (before !== graph.machineBefore[x] && this.path.helps(x, before, after, this.path.machineRun));
        if (useful && through <= this.value) this.offer(x, mode, before, after, count, count, through);
      }
      if (after === count) return;
      before = after;
    }
  }

  private visitBoth(x: number, mode: number, duration: number, head: number, tail: number): void {
    const { graph, end, tail: tails } = this;
    const { count } = graph;
    const machine = graph.model.modeMachine[mode]!;
    const maker = graph.model.modeMaker[mode]!;
    let before = count;
    for (let after = graph.firstOnMachine[machine]!; ; after = graph.machineAfter[after]!) {
      if (before !== count && this.reaches(graph.jobAfter[x]!, before)) return;
      if (after === count || !this.reaches(after, graph.jobBefore[x]!)) {
        const start = end[before]! > head ? end[before]! : head;
        const rest = tails[after]! > tail ? tails[after]! : tail;
        if (start + duration + rest <= this.value)
          this.visitMaker(x, mode, maker, before, after, start, rest + duration);
      }
      if (after === count) return;
      before = after;
    }
  }

  private visitMaker(
    x: number,
    mode: number,
    maker: number,
    machineBefore: number,
    machineAfter: number,
    head: number,
    rest: number,
  ): void {
    const { graph, end, tail: tails } = this;
    const { count, jobBefore, jobAfter } = graph;
    const duration = graph.model.modeDuration[mode]!;
    const tail = rest - duration;
    let before = count;
    for (let after = graph.firstOnMaker[maker]!; ; after = graph.makerAfter[after]!) {
      if (before !== count && (this.reaches(jobAfter[x]!, before) || this.reaches(machineAfter, before)))
        return;
      if (after === count || !(this.reaches(after, jobBefore[x]!) || this.reaches(after, machineBefore))) {
        const start = end[before]! > head ? end[before]! : head;
        const follow = tails[after]! > tail ? tails[after]! : tail;
        const through = start + duration + follow;
        if (through <= this.value && this.useful(x, mode, machineBefore, machineAfter, before, after))
          this.offer(x, mode, machineBefore, machineAfter, before, after, through);
      }
      if (after === count) return;
      before = after;
    }
  }

  private useful(
    x: number,
    mode: number,
    machineBefore: number,
    machineAfter: number,
    makerBefore: number,
    makerAfter: number,
  ): boolean {
    const { graph, path } = this;
    if (mode !== graph.mode[x]) return true;
    const machineMoves = machineBefore !== graph.machineBefore[x];
    const makerMoves = makerBefore !== graph.makerBefore[x];
    return (
      (machineMoves && path.helps(x, machineBefore, machineAfter, path.machineRun)) ||
      (makerMoves && path.helps(x, makerBefore, makerAfter, path.makerRun))
    );
  }

  /** Whether a path from a to b is possible: false means that there is none. */
  private reaches(a: number, b: number): boolean {
    const { graph, end, tail } = this;
    if (a === graph.count || b === graph.count) return false;
    if (a === b) return true;
    return end[b]! - graph.duration[b]! >= end[a]! && tail[a]! >= graph.duration[a]! + tail[b]!;
  }

  private offer(
    x: number,
    mode: number,
    machineBefore: number,
    machineAfter: number,
    makerBefore: number,
    makerAfter: number,
    through: number,
  ): void {
    const value = through > this.without ? through : this.without;
    if (value > this.value || (value === this.value && through > this.through)) return;
    const until = this.forbiddenUntil(x, mode, machineBefore, machineAfter, makerBefore, makerAfter);
    if (until > this.iteration && value >= this.best) {
      if (until < this.fallbackUntil) {
        this.fallbackUntil = until;
        this.fallback.set([x, mode, machineBefore, machineAfter, makerBefore, makerAfter]);
      }
      return;
    }
    if (value === this.value && through === this.through) {
      if (this.dice.below(++this.ties) > 0) return;
    } else this.ties = 1;
    this.value = value;
    this.through = through;
    this.take(x, mode, machineBefore, machineAfter, makerBefore, makerAfter);
  }

  private take(
    x: number,
    mode: number,
    machineBefore: number,
    machineAfter: number,
    makerBefore: number,
    makerAfter: number,
  ): void {
    this.operation = x;
    this.mode = mode;
    this.machineBefore = machineBefore;
    this.machineAfter = machineAfter;
    this.makerBefore = makerBefore;
    this.makerAfter = makerAfter;
  }

  private forbiddenUntil(
    x: number,
    mode: number,
    machineBefore: number,
    machineAfter: number,
    makerBefore: number,
    makerAfter: number,
  ): number {
    const { graph, tabu } = this;
    const machine = graph.model.modeMachine[mode]!;
    let until = mode === graph.mode[x] ? 0 : this.modeUntil[mode]!;
    until = Math.max(until, tabu.forbiddenUntil(x, this.machineKey(machine, machineBefore)));
    if (machineAfter !== graph.count) until = Math.max(until, tabu.forbiddenUntil(machineAfter, x));
    const maker = graph.model.modeMaker[mode]!;
    if (maker < 0) return until;
    until = Math.max(until, tabu.forbiddenUntil(x, this.makerKey(maker, makerBefore)));
    return makerAfter === graph.count ? until : Math.max(until, tabu.forbiddenUntil(makerAfter, x));
  }

  /** Settles on the best gap that was offered, or on the one that is free again soonest. False where there is none. */
  choose(): boolean {
    if (this.operation >= 0) return true;
    const [x, mode, machineBefore, machineAfter, makerBefore, makerAfter] = this.fallback;
    if (x! < 0) return false;
    this.take(x!, mode!, machineBefore!, machineAfter!, makerBefore!, makerAfter!);
    return true;
  }
}
