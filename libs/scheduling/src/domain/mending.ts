import { fitWork, type Fit } from './calendar.js';
import { Heap } from './heap.js';
import type { Model } from './model.js';
import type { Placement } from './problem.js';
import { Timeline } from './timeline.js';

/** The work of `repair`: who can stay, and where the others go. */
export class Mending {
  readonly mode: Int32Array;
  /** −1 until an operation has its place. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  private readonly known: Int32Array;
  private readonly machines: Timeline[];
  private readonly makers: Timeline[];
  private readonly rank: Int32Array;
  private readonly queue: Heap;
  private readonly queued: Uint8Array;
  private readonly fit: Fit = { start: 0, end: 0, attendedEnd: 0 };

  constructor(
    private readonly model: Model,
    private readonly published: readonly Placement[],
  ) {
    const count = model.operationCount;
    this.mode = Int32Array.from(model.modeStart.subarray(0, count));
    this.start = new Int32Array(count).fill(-1);
    this.end = new Int32Array(count).fill(-1);
    this.known = new Int32Array(count).fill(-1);
    this.machines = Array.from({ length: model.machineCount }, () => new Timeline());
    this.makers = Array.from({ length: model.makerCount }, () => new Timeline());
    this.rank = new Int32Array(count);
    model.topological.forEach((x, place) => (this.rank[x] = place));
    // An operation may come back into the queue as often as something that it waits for moves.
    this.queue = new Heap(count + model.predecessor.length + 1);
    this.queued = new Uint8Array(count);
  }

  run(): void {
    this.placeFixed();
    for (const each of this.byStart()) this.keep(each);
    for (let x = 0; x < this.model.operationCount; x++) if (this.start[x]! < 0) this.wait(x);
    for (let x = 0; x < this.model.operationCount; x++)
      if (this.start[x]! >= 0 && this.start[x]! < this.readyAt(x)) this.displace(x);
    while (this.queue.size > 0) {
      const x = this.model.topological[this.queue.pop()]!;
      this.queued[x] = 0;
      this.insert(x);
      for (let arc = this.model.successorStart[x]!; arc < this.model.successorStart[x + 1]!; arc++) {
        const next = this.model.successor[arc]!;
        if (this.start[next]! >= 0 && this.start[next]! < this.readyAt(next)) this.displace(next);
      }
    }
  }

  private byStart(): Placement[] {
    return [...this.published].sort((one, other) => one.start - other.start || one.end - other.end);
  }

  /** Facts, and the time that is kept free for pins. */
  private placeFixed(): void {
    const { model } = this;
    for (let x = 0; x < model.operationCount; x++) {
      if (model.fixed[x] === 0) continue;
      this.take(x, model.fixedStart[x]!, model.fixedEnd[x]!, model.fixedAttendedEnd[x]!);
    }
  }

  private take(x: number, start: number, end: number, attendedEnd: number): void {
    const mode = this.mode[x]!;
    const maker = this.model.modeMaker[mode]!;
    this.start[x] = start;
    this.end[x] = end;
    this.machines[this.model.modeMachine[mode]!]!.hold(start, end, x);
    if (maker >= 0) this.makers[maker]!.hold(start, attendedEnd, x);
  }

  /** Leaves an operation where it is published, if machine, maker, calendars and length still allow it. */
  private keep({ operation: x, machine, maker, start }: Placement): void {
    const { model, fit } = this;
    this.known[x] = start;
    if (model.fixed[x] !== 0) return;
    for (let mode = model.modeStart[x]!; mode < model.modeStart[x + 1]!; mode++) {
      if (model.modeMachine[mode] !== machine || model.modeMaker[mode] !== (maker ?? -1)) continue;
      this.mode[x] = mode;
      this.gap(x, mode, start);
      if (fit.start === start && start >= model.release[x]!) this.take(x, start, fit.end, fit.attendedEnd);
      return;
    }
  }

  private wait(x: number): void {
    if (this.queued[x] === 1) return;
    this.queued[x] = 1;
    this.queue.push(this.rank[x]!, this.rank[x]!);
  }

  /** Takes an operation out of its place; facts stay what they are. */
  private displace(x: number): void {
    const { model } = this;
    if (model.fixed[x] === 1) return;
    const mode = this.mode[x]!;
    this.machines[model.modeMachine[mode]!]!.release(this.start[x]!, x);
    if (model.modeMaker[mode]! >= 0) this.makers[model.modeMaker[mode]!]!.release(this.start[x]!, x);
    this.start[x] = -1;
    this.wait(x);
  }

  private readyAt(x: number): number {
    const { model } = this;
    let ready = model.release[x]!;
    for (let arc = model.predecessorStart[x]!; arc < model.predecessorStart[x + 1]!; arc++)
      ready = Math.max(ready, this.end[model.predecessor[arc]!]! + model.predecessorDelay[arc]!);
    return ready;
  }

  /** Puts an operation into the gap where it ends first, and not before it was published to start. */
  private insert(x: number): void {
    const { model, fit } = this;
    const ready = Math.max(this.readyAt(x), this.known[x]!);
    const own = this.mode[x]!;
    this.gap(x, own, ready);
    let best = own;
    let bestEnd = fit.end - (this.known[x]! >= 0 ? model.modeDuration[own]! : 0);
    for (let mode = model.modeStart[x]!; mode < model.modeStart[x + 1]!; mode++) {
      if (ready + model.modeDuration[mode]! >= bestEnd) continue;
      this.gap(x, mode, ready);
      if (fit.end < bestEnd) {
        best = mode;
        bestEnd = fit.end;
      }
    }
    this.mode[x] = best;
    this.gap(x, best, ready);
    this.take(x, fit.start, fit.end, fit.attendedEnd);
  }

  /** The first gap of the machine and the maker together; set-ups are those from what lies before it. */
  private gap(x: number, mode: number, ready: number): void {
    const { model, fit } = this;
    const machine = model.modeMachine[mode]!;
    const maker = model.modeMaker[mode]!;
    const family = model.modeDuration[mode] === 0 ? -1 : model.family[x]!;
    let time = ready;
    for (;;) {
      const setup = family < 0 ? 0 : this.setupAt(machine, family, time);
      fitWork(
        model.machineCalendar[machine]!,
        maker < 0 ? null : model.makerCalendar[maker]!,
        time,
        setup + model.modeDuration[mode]!,
        maker < 0 ? 0 : setup + model.modeAttended[mode]!,
        model.interruptible[x] === 1,
        fit,
      );
      let conflict = this.machines[machine]!.conflict(fit.start, fit.end);
      if (conflict < 0 && maker >= 0) conflict = this.makers[maker]!.conflict(fit.start, fit.attendedEnd);
      if (conflict < 0) return;
      time = conflict;
    }
  }

  private setupAt(machine: number, family: number, time: number): number {
    const { model } = this;
    const before = this.machines[machine]!.before(time);
    const from = before < 0 ? model.machineFamily[machine]! : model.family[before]!;
    return from < 0 ? 0 : model.setup[from * model.familyCount + family]!;
  }
}
