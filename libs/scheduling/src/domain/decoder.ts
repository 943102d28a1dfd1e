import { fitWork, type Fit } from './calendar.js';
import type { Model } from './model.js';

/**
 * The one meaning of a solution. A solution is an order of all operations, in which each comes after those it waits
 * for, and a mode for each. The order is read once from front to back; each operation gets the earliest time at which
 * its predecessors have arrived, its machine and its maker have ended what came before it in the order, both are open,
 * and nothing frozen or pinned is in the way. The orders on machines and makers are thus implied, and no solution is
 * infeasible. Linear in the number of operations but for the calendars.
 */
export class Decoder {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly attendedEnd: Int32Array;
  /** Units of set-up at the beginning of each operation. */
  readonly setupUnits: Int32Array;
  readonly machineFree: Int32Array;
  readonly makerFree: Int32Array;
  /** −1: nothing to set up from; −2: not known, so the worst is assumed (see `passBlock`). */
  readonly lastFamily: Int32Array;
  private readonly fit: Fit = { start: 0, end: 0, attendedEnd: 0 };
  private readonly worst: Int32Array;
  /** Whether `settle` has anything to do: it changes ends afterwards, so that nothing can be kept of an earlier decoding. */
  private readonly settles: boolean;

  constructor(readonly model: Model) {
    this.start = new Int32Array(model.operationCount);
    this.end = new Int32Array(model.operationCount);
    this.attendedEnd = new Int32Array(model.operationCount);
    this.setupUnits = new Int32Array(model.operationCount);
    this.machineFree = new Int32Array(model.machineCount);
    this.makerFree = new Int32Array(model.makerCount);
    this.lastFamily = Int32Array.from(model.machineFamily);
    this.worst = new Int32Array(model.familyCount);
    this.settles = model.familyCount > 0 && model.machineBlocks.some((each) => each !== null);
    for (let place = 0; place < model.setup.length; place++) {
      const to = place % model.familyCount;
      this.worst[to] = Math.max(this.worst[to]!, model.setup[place]!);
    }
  }

  /** Everything is free again. */
  clear(): void {
    this.machineFree.fill(0);
    this.makerFree.fill(0);
    this.lastFamily.set(this.model.machineFamily);
  }

  /** Decodes `order` from place `kept` on; what lies before must be as it was decoded last. */
  decode(order: Int32Array, mode: Int32Array, kept = 0): void {
    const { model } = this;
    const from = this.settles ? 0 : kept;
    this.clear();
    if (from > 0) this.remember(order, mode, from);
    if (model.plain) this.decodePlain(order, mode, from);
    else {
      for (let place = from; place < order.length; place++) this.place(order[place]!, mode[order[place]!]!);
      if (this.settles) this.settle(order, mode);
    }
  }

  /** When the last predecessor has arrived, or the release. */
  readyAt(operation: number): number {
    const { predecessorStart, predecessor, predecessorDelay, release } = this.model;
    let ready = release[operation]!;
    const last = predecessorStart[operation + 1]!;
    for (let arc = predecessorStart[operation]!; arc < last; arc++) {
      const arrival = this.end[predecessor[arc]!]! + predecessorDelay[arc]!;
      if (arrival > ready) ready = arrival;
    }
    return ready;
  }

  /** Places one operation after all that its machine and maker hold so far. */
  place(operation: number, mode: number): void {
    const { model } = this;
    const kind = model.fixed[operation]!;
    if (kind === 1) return this.placeFixed(operation);
    const ready = this.readyAt(operation);
    if (kind === 2 && ready <= model.fixedStart[operation]!) return this.placeFixed(operation);
    this.find(operation, mode, ready);
    const { fit } = this;
    const machine = model.modeMachine[mode]!;
    const maker = model.modeMaker[mode]!;
    this.start[operation] = fit.start;
    this.end[operation] = fit.end;
    this.attendedEnd[operation] = fit.attendedEnd;
    this.setupUnits[operation] = this.foundSetup;
    this.machineFree[machine] = fit.end;
    if (maker >= 0 && fit.attendedEnd > fit.start) this.makerFree[maker] = fit.attendedEnd;
    const family = this.familyIn(operation, mode);
    this.lastFamily[machine] = family >= 0 ? family : this.foundFamily;
  }

  private foundSetup = 0;
  private foundFamily = -1;

  /** The end that `place` would give, for the constructive plan to compare modes. */
  endIn(operation: number, mode: number, ready: number): number {
    this.find(operation, mode, ready);
    return this.fit.end;
  }

  private find(operation: number, mode: number, ready: number): void {
    const { model, fit } = this;
    const machine = model.modeMachine[mode]!;
    const maker = model.modeMaker[mode]!;
    let time = Math.max(ready, this.machineFree[machine]!);
    this.foundFamily = this.lastFamily[machine]!;
    const family = this.familyIn(operation, mode);
    this.foundSetup = this.setupCost(this.foundFamily, family);
    const machineBlocks = model.machineBlocks[machine]!;
    const makerBlocks = maker >= 0 ? model.makerBlocks[maker]! : null;
    let block = 0;
    const blocks = machineBlocks ? machineBlocks.start.length : 0;
    while (block < blocks && machineBlocks!.end[block]! <= this.machineFree[machine]!) block++;
    for (;;) {
      // Who only lends a name to unattended work is not waited for.
      const attends = maker >= 0 && this.foundSetup + model.modeAttended[mode]! > 0;
      if (attends && this.makerFree[maker]! > time) time = this.makerFree[maker]!;
      fitWork(
        model.machineCalendar[machine]!,
        maker >= 0 ? model.makerCalendar[maker]! : null,
        time,
        this.foundSetup + model.modeDuration[mode]!,
        maker >= 0 ? this.foundSetup + model.modeAttended[mode]! : 0,
        model.interruptible[operation] === 1,
        fit,
      );
      if (block < blocks && machineBlocks!.start[block]! < fit.end) {
        if (machineBlocks!.owner[block] !== operation) {
          time = Math.max(time, machineBlocks!.end[block]!);
          this.passBlock(machineBlocks!.owner[block]!, family);
        }
        block++;
        continue;
      }
      const conflict = makerBlocks ? conflictEnd(makerBlocks, operation, fit.start, fit.attendedEnd) : -1;
      if (conflict < 0) return;
      time = conflict;
    }
  }

  /**
   * The operation comes after a block. After frozen work the family is known. A pin may turn out to be late and lie
   * elsewhere, so that the worse of both set-ups is kept free; `settle` gives back what was not needed.
   */
  private passBlock(owner: number, family: number): void {
    const passed = this.familyIn(owner, this.model.modeStart[owner]!);
    if (passed < 0) return;
    const units = this.setupCost(passed, family);
    const fact = this.model.fixed[owner] === 1;
    this.foundSetup = fact ? units : Math.max(units, this.foundSetup);
    this.foundFamily = fact ? passed : -2;
  }

  /** What the machine is set up for with this mode: nothing new where there is no work. */
  private familyIn(operation: number, mode: number): number {
    return this.model.modeDuration[mode] === 0 ? -1 : this.model.family[operation]!;
  }

  private setupCost(from: number, to: number): number {
    if (to < 0 || from === -1) return 0;
    return from === -2 ? this.worst[to]! : this.model.setup[from * this.model.familyCount + to]!;
  }

  private placeFixed(operation: number): void {
    const { model } = this;
    this.start[operation] = model.fixedStart[operation]!;
    this.end[operation] = model.fixedEnd[operation]!;
    this.attendedEnd[operation] = model.fixedAttendedEnd[operation]!;
    this.setupUnits[operation] = 0;
  }

  /** What machines and makers hold after the part of the order that stays. */
  private remember(order: Int32Array, mode: Int32Array, from: number): void {
    const { model, machineFree, makerFree } = this;
    const { modeMachine, modeMaker } = model;
    for (let place = 0; place < from; place++) {
      const operation = order[place]!;
      const kind = model.fixed[operation]!;
      if (kind === 1 || (kind === 2 && this.start[operation] === model.fixedStart[operation])) continue;
      const chosen = mode[operation]!;
      const machine = modeMachine[chosen]!;
      machineFree[machine] = this.end[operation]!;
      const maker = modeMaker[chosen]!;
      if (maker >= 0 && this.attendedEnd[operation]! > this.start[operation]!)
        makerFree[maker] = this.attendedEnd[operation]!;
      const family = this.familyIn(operation, chosen);
      if (family >= 0) this.lastFamily[machine] = family;
    }
  }

  /** No calendars, set-ups, blocks or unattended parts: a few comparisons for each operation. */
  private decodePlain(order: Int32Array, mode: Int32Array, from: number): void {
    const { start, end, attendedEnd, machineFree, makerFree, model } = this;
    const { modeMachine, modeMaker, modeDuration } = model;
    for (let place = from; place < order.length; place++) {
      const operation = order[place]!;
      const chosen = mode[operation]!;
      const machine = modeMachine[chosen]!;
      const maker = modeMaker[chosen]!;
      let time = this.readyAt(operation);
      if (machineFree[machine]! > time) time = machineFree[machine]!;
      const duration = modeDuration[chosen]!;
      if (maker >= 0 && duration > 0 && makerFree[maker]! > time) time = makerFree[maker]!;
      const done = time + duration;
      start[operation] = time;
      end[operation] = done;
      attendedEnd[operation] = maker >= 0 ? done : time;
      machineFree[machine] = done;
      if (maker >= 0 && duration > 0) makerFree[maker] = done;
    }
  }

  /**
   * Where blocks and set-ups meet, gives back set-up time that was kept free but not needed, now that the order in
   * time on each machine is known. Nothing starts earlier for it.
   */
  private settle(order: Int32Array, mode: Int32Array): void {
    const { model, start, end } = this;
    const byStart = Int32Array.from(order).sort(
      (one, other) => start[one]! - start[other]! || end[one]! - end[other]! || one - other,
    );
    const family = Int32Array.from(model.machineFamily);
    for (const operation of byStart) {
      const chosen = mode[operation]!;
      const machine = model.modeMachine[chosen]!;
      if (model.machineBlocks[machine] && model.fixed[operation] !== 1)
        this.refit(operation, chosen, family[machine]!);
      const own = this.familyIn(operation, chosen);
      if (own >= 0) family[machine] = own;
    }
  }

  private refit(operation: number, mode: number, family: number): void {
    const { model, fit } = this;
    const setup = this.setupCost(family, this.familyIn(operation, mode));
    const maker = model.modeMaker[mode]!;
    fitWork(
      model.machineCalendar[model.modeMachine[mode]!]!,
      maker >= 0 ? model.makerCalendar[maker]! : null,
      this.start[operation]!,
      setup + model.modeDuration[mode]!,
      maker >= 0 ? setup + model.modeAttended[mode]! : 0,
      model.interruptible[operation] === 1,
      fit,
    );
    this.end[operation] = fit.end;
    this.attendedEnd[operation] = fit.attendedEnd;
    this.setupUnits[operation] = setup;
  }
}

/** The end of a block that overlaps [start, end) and is not the operation's own; −1 where there is none. */
function conflictEnd(
  blocks: { start: Int32Array; end: Int32Array; owner: Int32Array },
  operation: number,
  start: number,
  end: number,
): number {
  for (let block = 0; block < blocks.start.length && blocks.start[block]! < end; block++)
    if (blocks.end[block]! > start && blocks.owner[block] !== operation) return blocks.end[block]!;
  return -1;
}
