import { TIME_MAX, type Interval } from './problem.js';

/**
 * When a resource is open, for many quick questions. `indexAt` answers in constant time on average: a table, with about
 * one entry for each interval, says where to begin looking.
 */
export class Calendar {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly table: Int32Array;
  private readonly shift: number;

  /** @param open sorted and disjoint; @param horizon after it the resource counts as open */
  constructor(open: readonly Interval[], horizon: number) {
    const merged: { start: number; end: number }[] = [];
    for (const each of [...open, { start: horizon, end: TIME_MAX * 2 }]) {
      const last = merged.at(-1);
      const start = Math.max(0, each.start);
      if (last && last.end >= start) last.end = Math.max(last.end, each.end);
      else if (each.end > start) merged.push({ start, end: each.end });
    }
    this.starts = Int32Array.from(merged, (each) => each.start);
    this.ends = Int32Array.from(merged, (each) => each.end);
    let shift = 0;
    while (horizon >> shift > merged.length * 2) shift++;
    this.shift = shift;
    this.table = new Int32Array((horizon >> shift) + 1);
    let interval = 0;
    for (let entry = 0; entry < this.table.length; entry++) {
      while (this.ends[interval]! <= entry << shift) interval++;
      this.table[entry] = interval;
    }
  }

  /** The first interval that ends after `time`. */
  indexAt(time: number): number {
    const entry = time >> this.shift;
    let interval = this.table[entry < this.table.length ? entry : this.table.length - 1]!;
    while (this.ends[interval]! <= time) interval++;
    return interval;
  }
}

/** Where a piece of work lies: filled in by `fitWork`, so that nothing is allocated in the search's inner loop. */
export interface Fit {
  start: number;
  end: number;
  attendedEnd: number;
}

/**
 * The earliest place at `ready` or later for `work` units on the machine, of which the first `attended` also need the maker.
 * A calendar of null is always open.
 */
export function fitWork(
  machine: Calendar | null,
  maker: Calendar | null,
  ready: number,
  work: number,
  attended: number,
  interruptible: boolean,
  fit: Fit,
): void {
  const person = attended > 0 ? maker : null;
  if (!machine && !person) {
    fit.start = ready;
    fit.end = ready + work;
    fit.attendedEnd = ready + attended;
  } else if (interruptible) fitInterruptible(machine, person, ready, work, attended, fit);
  else {
    const start = earliestWhole(machine, person, ready, work, attended);
    fit.start = start;
    fit.end = start + work;
    fit.attendedEnd = start + attended;
  }
}

function earliestWhole(
  machine: Calendar | null,
  maker: Calendar | null,
  ready: number,
  work: number,
  attended: number,
): number {
  let time = ready;
  let onMachine = machine ? machine.indexAt(time) : 0;
  let onMaker = maker ? maker.indexAt(time) : 0;
  for (;;) {
    if (machine) {
      while (Math.max(time, machine.starts[onMachine]!) + work > machine.ends[onMachine]!) onMachine++;
      time = Math.max(time, machine.starts[onMachine]!);
    }
    if (!maker) return time;
    while (Math.max(time, maker.starts[onMaker]!) + attended > maker.ends[onMaker]!) onMaker++;
    if (maker.starts[onMaker]! <= time) return time;
    time = maker.starts[onMaker]!;
    if (!machine) return time;
  }
}

/** The first moment at `time` or later when both are open. */
function bothOpen(machine: Calendar | null, maker: Calendar | null, time: number): number {
  let moment = time;
  for (;;) {
    const before = moment;
    if (machine) moment = Math.max(moment, machine.starts[machine.indexAt(moment)]!);
    if (maker) moment = Math.max(moment, maker.starts[maker.indexAt(moment)]!);
    if (moment === before) return moment;
  }
}

function endAt(calendar: Calendar | null, time: number): number {
  return calendar ? calendar.ends[calendar.indexAt(time)]! : TIME_MAX * 2;
}

function fitInterruptible(
  machine: Calendar | null,
  maker: Calendar | null,
  ready: number,
  work: number,
  attended: number,
  fit: Fit,
): void {
  let time = bothOpen(machine, maker, ready);
  fit.start = time;
  let left = attended;
  while (left > 0) {
    time = bothOpen(machine, maker, time);
    const done = Math.min(left, Math.min(endAt(machine, time), endAt(maker, time)) - time);
    time += done;
    left -= done;
  }
  fit.attendedEnd = time;
  left = work - attended;
  while (left > 0) {
    time = bothOpen(machine, null, time);
    const done = Math.min(left, endAt(machine, time) - time);
    time += done;
    left -= done;
  }
  fit.end = time;
}
