import type { Interval } from './problem.js';

/** The checker's own reading of a calendar, by plain search: slow and simple on purpose. */
export class CheckedCalendar {
  private readonly open: { start: number; end: number }[] = [];

  /** @param horizon after it the resource counts as open */
  constructor(calendar: readonly Interval[] | undefined, horizon: number) {
    const known = calendar ?? [{ start: 0, end: horizon }];
    for (const each of [...known, { start: horizon, end: Infinity }]) {
      const last = this.open.at(-1);
      if (last && each.start <= last.end) last.end = Math.max(last.end, each.end);
      else this.open.push({ ...each });
    }
  }

  /** The open interval that holds `time`, or the next one. */
  private from(time: number): { start: number; end: number } {
    let low = 0;
    let high = this.open.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.open[middle]!.end > time) high = middle;
      else low = middle + 1;
    }
    return this.open[low]!;
  }

  private holds(start: number, units: number): boolean {
    const interval = this.from(start);
    return units === 0 || (interval.start <= start && start + units <= interval.end);
  }

  /** The ends of work that may not be interrupted, or null where a resource is closed in it. */
  whole(
    maker: CheckedCalendar | null,
    start: number,
    work: number,
    attended: number,
  ): { end: number; attendedEnd: number } | null {
    if (!this.holds(start, work) || (maker && !maker.holds(start, attended))) return null;
    return { end: start + work, attendedEnd: start + attended };
  }

  /** The ends of work that rests in closing times, or null where it could not begin at `start`. */
  interrupted(
    maker: CheckedCalendar | null,
    start: number,
    work: number,
    attended: number,
  ): { end: number; attendedEnd: number } | null {
    if (work > 0 && this.from(start).start > start) return null;
    if (maker && attended > 0 && maker.from(start).start > start) return null;
    let time = start;
    let done = 0;
    let attendedEnd = attended === 0 ? start : -1;
    while (done < work) {
      const people = maker && done < attended ? maker : null;
      const machineOpen = this.from(time);
      const makerOpen = people ? people.from(time) : machineOpen;
      const opens = Math.max(machineOpen.start, makerOpen.start);
      if (opens > time) {
        time = opens;
        continue;
      }
      const units = Math.min(machineOpen.end, makerOpen.end) - time;
      const wanted = (done < attended ? attended : work) - done;
      const step = Math.min(units, wanted);
      time += step;
      done += step;
      if (done === attended && attendedEnd < 0) attendedEnd = time;
    }
    return { end: time, attendedEnd };
  }
}
