import type { Day } from '#kernel';
import {
  addDays,
  instantOf,
  intersection,
  openStretches,
  type Stretch,
  type WeeklyOpening,
} from './calendar.js';

/** Whole days, both included. */
export interface DaySpan {
  readonly fromDay: Day;
  readonly toDay: Day;
}

/** When a maker can be counted on, as people enter it. */
export interface MakerTimes {
  /** Empty: nothing is known, and the maker counts as there whenever the fablab is. */
  readonly week: readonly WeeklyOpening[];
  readonly absences: readonly DaySpan[];
  /** Null for a resident; a visitor is there during stays only. */
  readonly stays: readonly DaySpan[] | null;
}

/** The stretches between two instants in which a maker is there. */
export function makerStretches(times: MakerTimes, zone: string, from: Date, to: Date): Stretch[] {
  const whole: Stretch[] = [{ start: from, end: to }];
  const weekly =
    times.week.length === 0 ? whole : openStretches({ week: times.week, exceptions: [] }, zone, from, to);
  const stays = times.stays === null ? whole : spans(times.stays, zone);
  return intersection(intersection(weekly, stays), without(from, to, spans(times.absences, zone)));
}

function spans(days: readonly DaySpan[], zone: string): Stretch[] {
  return days
    .map(({ fromDay, toDay }) => ({
      start: instantOf(fromDay, 0, zone, 'first'),
      end: instantOf(addDays(toDay, 1), 0, zone, 'first'),
    }))
    .sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** What is left of [from, to) beside the closed stretches, which are sorted and apart. */
function without(from: Date, to: Date, closed: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let start = from;
  for (const each of closed) {
    if (each.start > start) left.push({ start, end: each.start < to ? each.start : to });
    if (each.end > start) start = each.end;
    if (start >= to) return left.filter((stretch) => stretch.start < stretch.end);
  }
  left.push({ start, end: to });
  return left.filter((stretch) => stretch.start < stretch.end);
}
