import type { Model } from '../model.js';
import type { Solution } from '../solution.js';

/**
 * The disjunctive graph of a plain problem whose jobs are chains: each operation has at most one predecessor on its job,
 * its machine and its maker. Index n stands for "none": it has no length, so that the inner loops need no branches.
 *
 * `end[x]` is the longest path from the beginning to the end of x (its head and its duration), `tail[x]` the longest from
 * the start of x to the end of all (its duration and what follows); x is critical where
 * `end[x] − duration[x] + tail[x] = makespan`.
 */
export class Graph {
  readonly count: number;
  readonly mode: Int32Array;
  readonly duration: Int32Array;
  readonly machine: Int32Array;
  /** The maker, or makerCount for none. */
  readonly maker: Int32Array;
  readonly jobBefore: Int32Array;
  readonly jobAfter: Int32Array;
  /** Transfer delay between the operation before on the job and this one. */
  readonly delay: Int32Array;
  readonly release: Int32Array;
  readonly machineBefore: Int32Array;
  readonly machineAfter: Int32Array;
  readonly makerBefore: Int32Array;
  readonly makerAfter: Int32Array;
  readonly firstOnMachine: Int32Array;
  readonly firstOnMaker: Int32Array;
  readonly end: Int32Array;
  readonly tail: Int32Array;
  readonly order: Int32Array;
  readonly place: Int32Array;
  readonly hasMakers: boolean;
  makespan = 0;
  readonly lastOfJobs: Int32Array;
  private readonly waiting: Int32Array;

  constructor(readonly model: Model) {
    const count = model.operationCount;
    this.count = count;
    const make = (): Int32Array => new Int32Array(count + 1);
    this.mode = make();
    this.duration = make();
    this.machine = make();
    this.maker = make();
    this.jobBefore = make().fill(count);
    this.jobAfter = make().fill(count);
    this.delay = make();
    this.release = make();
    this.machineBefore = make();
    this.machineAfter = make();
    this.makerBefore = make().fill(count);
    this.makerAfter = make().fill(count);
    this.firstOnMachine = new Int32Array(model.machineCount);
    this.firstOnMaker = new Int32Array(model.makerCount + 1);
    this.end = make();
    this.tail = make();
    this.order = new Int32Array(count);
    this.place = make();
    this.waiting = make();
    this.hasMakers = model.makerCount > 0;
    for (let x = 0; x < count; x++) {
      this.release[x] = model.release[x]!;
      const arc = model.predecessorStart[x]!;
      if (arc === model.predecessorStart[x + 1]!) continue;
      const before = model.predecessor[arc]!;
      this.jobBefore[x] = before;
      this.jobAfter[before] = x;
      this.delay[x] = model.predecessorDelay[arc]!;
    }
    this.lastOfJobs = Int32Array.from(this.jobAfter.subarray(0, count).keys()).filter(
      (x) => this.jobAfter[x] === count,
    );
  }

  /** Whether this graph can hold the model: a fast search for the makespan alone. */
  static holds(model: Model): boolean {
    return model.plain && model.chains && model.tiers.length === 1 && model.tiers[0] === 'makespan';
  }

  load(solution: Solution): void {
    const { model, count } = this;
    const lastOnMachine = new Int32Array(model.machineCount).fill(count);
    const lastOnMaker = new Int32Array(model.makerCount + 1).fill(count);
    this.firstOnMachine.fill(count);
    this.firstOnMaker.fill(count);
    this.makerBefore.fill(count);
    this.makerAfter.fill(count);
    for (let place = 0; place < count; place++) {
      const x = solution.order[place]!;
      this.order[place] = x;
      this.place[x] = place;
      this.setMode(x, solution.mode[x]!);
      const machine = this.machine[x]!;
      this.linkMachine(x, lastOnMachine[machine]!, count);
      lastOnMachine[machine] = x;
      const maker = this.maker[x]!;
      if (maker === model.makerCount) continue;
      this.linkMaker(x, lastOnMaker[maker]!, count);
      lastOnMaker[maker] = x;
    }
    this.refreshHeads(0);
    this.refreshTails(count - 1);
  }

  setMode(x: number, mode: number): void {
    const { model } = this;
    this.mode[x] = mode;
    this.duration[x] = model.modeDuration[mode]!;
    this.machine[x] = model.modeMachine[mode]!;
    this.maker[x] = model.modeMaker[mode]! < 0 ? model.makerCount : model.modeMaker[mode]!;
  }

  /** Puts x between `before` and `after` on its machine. */
  linkMachine(x: number, before: number, after: number): void {
    this.machineBefore[x] = before;
    this.machineAfter[x] = after;
    if (before === this.count) this.firstOnMachine[this.machine[x]!] = x;
    else this.machineAfter[before] = x;
    if (after !== this.count) this.machineBefore[after] = x;
  }

  linkMaker(x: number, before: number, after: number): void {
    this.makerBefore[x] = before;
    this.makerAfter[x] = after;
    if (before === this.count) this.firstOnMaker[this.maker[x]!] = x;
    else this.makerAfter[before] = x;
    if (after !== this.count) this.makerBefore[after] = x;
  }

  /** Takes x out of its machine and its maker; its own pointers keep what they were. */
  unlink(x: number): void {
    const { count } = this;
    const before = this.machineBefore[x]!;
    const after = this.machineAfter[x]!;
    if (before === count) this.firstOnMachine[this.machine[x]!] = after;
    else this.machineAfter[before] = after;
    if (after !== count) this.machineBefore[after] = before;
    if (this.maker[x] === this.model.makerCount) return;
    const makerBefore = this.makerBefore[x]!;
    const makerAfter = this.makerAfter[x]!;
    if (makerBefore === count) this.firstOnMaker[this.maker[x]!] = makerAfter;
    else this.makerAfter[makerBefore] = makerAfter;
    if (makerAfter !== count) this.makerBefore[makerAfter] = makerBefore;
  }

  /** Undoes `unlink`. */
  relink(x: number): void {
    this.linkMachine(x, this.machineBefore[x]!, this.machineAfter[x]!);
    if (this.maker[x] !== this.model.makerCount) this.linkMaker(x, this.makerBefore[x]!, this.makerAfter[x]!);
  }

  /** Longest paths from the beginning, for the places from `from` on; and the makespan. */
  refreshHeads(from: number): void {
    const { order, end, duration, jobBefore, machineBefore, makerBefore, delay, release, count, hasMakers } =
      this;
    for (let place = from; place < count; place++) {
      const x = order[place]!;
      let head = end[jobBefore[x]!]! + delay[x]!;
      const byMachine = end[machineBefore[x]!]!;
      if (byMachine > head) head = byMachine;
      if (release[x]! > head) head = release[x]!;
      if (hasMakers) {
        const byMaker = end[makerBefore[x]!]!;
        if (byMaker > head) head = byMaker;
      }
      end[x] = head + duration[x]!;
    }
    let makespan = 0;
    for (const x of this.lastOfJobs) if (end[x]! > makespan) makespan = end[x]!;
    this.makespan = makespan;
  }

  /** Longest paths to the end, for the places from `from` down to the first. */
  refreshTails(from: number): void {
    const { order, tail, duration, jobAfter, machineAfter, makerAfter, delay, hasMakers } = this;
    for (let place = from; place >= 0; place--) {
      const x = order[place]!;
      const next = jobAfter[x]!;
      let after = tail[next]! + delay[next]!;
      const byMachine = tail[machineAfter[x]!]!;
      if (byMachine > after) after = byMachine;
      if (hasMakers) {
        const byMaker = tail[makerAfter[x]!]!;
        if (byMaker > after) after = byMaker;
      }
      tail[x] = after + duration[x]!;
    }
  }

  /** Sorts the order anew (Kahn 1962), in time linear in the operations. False where the graph has a circle. */
  sort(): boolean {
    const { count, order, place, waiting, jobBefore, jobAfter, machineBefore, machineAfter } = this;
    const { makerBefore, makerAfter, hasMakers } = this;
    let filled = 0;
    for (let x = 0; x < count; x++) {
      let waits = (jobBefore[x] !== count ? 1 : 0) + (machineBefore[x] !== count ? 1 : 0);
      if (hasMakers && makerBefore[x] !== count) waits++;
      waiting[x] = waits;
      if (waits === 0) order[filled++] = x;
    }
    waiting[count] = -1;
    for (let read = 0; read < filled; read++) {
      const x = order[read]!;
      place[x] = read;
      if (--waiting[jobAfter[x]!]! === 0) order[filled++] = jobAfter[x]!;
      if (--waiting[machineAfter[x]!]! === 0) order[filled++] = machineAfter[x]!;
      if (hasMakers && --waiting[makerAfter[x]!]! === 0) order[filled++] = makerAfter[x]!;
      waiting[count] = -1;
    }
    return filled === count;
  }

  /** The start of x in the earliest schedule. */
  head(x: number): number {
    return this.end[x]! - this.duration[x]!;
  }

  /** Copies the solution that the graph holds. The order by place is one in which each comes after its predecessors. */
  save(into: Solution): void {
    into.order.set(this.order);
    into.mode.set(this.mode.subarray(0, this.count));
  }
}
