import type { Day, InputCheck } from '#kernel';

/** Minutes since midnight on the wall; 0 ≤ from < to ≤ 1440. */
export interface Opening {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** An opening of a weekday: Monday is 1, Sunday 7. */
export interface WeeklyOpening extends Opening {
  readonly weekday: number;
}

/** A day that is unlike its weekday: its own openings, or none, when it is closed. */
export interface CalendarException {
  readonly day: Day;
  readonly reason: string;
  readonly openings: readonly Opening[];
}

/** When something is open, as its people say it: by the clock on their wall. */
export interface WeeklyCalendar {
  readonly week: readonly WeeklyOpening[];
  readonly exceptions: readonly CalendarException[];
}

/** A stretch of real time, the end not included. */
export interface Stretch {
  readonly start: Date;
  readonly end: Date;
}

export const DAY_MINUTES = 1440;
export const WEEKLY_OPENINGS_MAX = 70;
export const EXCEPTIONS_MAX = 400;
/** Longer looks ahead are not needed, and would let a request ask for a million stretches. */
export const STRETCH_DAYS_MAX = 400;

const DAY_MILLISECONDS = 86_400_000;
const MINUTE_MILLISECONDS = 60_000;

/** True for a name of the time zone database that this system knows, such as `Europe/Lisbon`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The day after, or as many days further; the calendar of days knows no time zone. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MILLISECONDS)
    .toISOString()
    .slice(0, 10) as Day;
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay() || 7;
}

/** The day on the wall of a place at an instant. */
export function localDay(instant: Date, zone: string): Day {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString().slice(0, 10) as Day;
}

/**
 * The instant at which a clock on the wall shows this time.
 * A time that a spring night leaves out is the instant of the jump; one that an autumn night shows twice is the
 * first or the last of the two, as asked.
 * @param minutes since midnight, 0 … 1440; 1440 is the midnight that ends the day
 */
export function instantOf(day: Day, minutes: number, zone: string, which: 'first' | 'last'): Date {
  const wall = Date.parse(`${day}T00:00:00.000Z`) + minutes * MINUTE_MILLISECONDS;
  // No place has ever been further than a day from UTC, so both offsets that may be meant are found there.
  const before = wall - offsetAt(wall - DAY_MILLISECONDS, zone);
  const after = wall - offsetAt(wall + DAY_MILLISECONDS, zone);
  const shown = [before, after]
    .filter((instant) => instant + offsetAt(instant, zone) === wall)
    .sort((a, b) => a - b);
  const found = which === 'first' ? shown[0] : shown.at(-1);
  return new Date(found ?? jumpBetween(Math.min(before, after), Math.max(before, after), zone));
}

/**
 * The stretches in which a calendar is open, in order and apart, cut to [from, to).
 * Openings that touch at midnight are one stretch, so that a night shift is not cut in two.
 */
export function openStretches(calendar: WeeklyCalendar, zone: string, from: Date, to: Date): Stretch[] {
  const exceptions = new Map(calendar.exceptions.map((each) => [each.day, each.openings]));
  const stretches: Stretch[] = [];
  const last = localDay(to, zone);
  for (let day = addDays(localDay(from, zone), -1); day <= last; day = addDays(day, 1)) {
    const weekday = weekdayOf(day);
    const openings = exceptions.get(day) ?? calendar.week.filter((each) => each.weekday === weekday);
    for (const { fromMinute, toMinute } of openings) {
      stretches.push({
        start: instantOf(day, fromMinute, zone, 'first'),
        end: instantOf(day, toMinute, zone, 'last'),
      });
    }
  }
  return merged(stretches)
    .map(({ start, end }) => ({ start: start < from ? from : start, end: end > to ? to : end }))
    .filter(({ start, end }) => start < end);
}

/** The stretches of both, for work that needs two at once: a maker and a work centre. */
export function intersection(left: readonly Stretch[], right: readonly Stretch[]): Stretch[] {
  const both: Stretch[] = [];
  let a = 0;
  let b = 0;
  while (a < left.length && b < right.length) {
    const one = left[a] as Stretch;
    const other = right[b] as Stretch;
    const start = one.start > other.start ? one.start : other.start;
    const end = one.end < other.end ? one.end : other.end;
    if (start < end) both.push({ start, end });
    if (one.end < other.end) a += 1;
    else b += 1;
  }
  return both;
}

/** `08:30` of 510; `24:00` ends a day. */
export function clockText(minutes: number): string {
  const pad = (part: number): string => part.toString().padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Reads `8:30` or `08:30` … `24:00`. */
export function readClock(check: InputCheck, field: string, text: string): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : -1;
  if (match && Number(match[2]) < 60 && minutes <= DAY_MINUTES) return minutes;
  check.refuse(field, `“${text}” is no time of day. Write it as 08:30, and 24:00 for the end of the day.`);
  return 0;
}

/** Refuses openings that end before they begin, or that overlap. @param path of the list in the input */
export function checkOpenings(check: InputCheck, path: string, openings: readonly Opening[]): void {
  openings.forEach((opening, index) => {
    const said = `${clockText(opening.fromMinute)}–${clockText(opening.toMinute)}`;
    if (opening.fromMinute >= opening.toMinute) {
      check.refuse(`${path}.${index}`, `${said} ends before it begins. Divide a night at 24:00.`);
      return;
    }
    const other = openings.findIndex(
      (each, place) =>
        place < index && each.fromMinute < opening.toMinute && opening.fromMinute < each.toMinute,
    );
    if (other >= 0) check.refuse(`${path}.${index}`, `${said} overlaps another opening of the same day.`);
  });
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const sorted = [...stretches].sort((a, b) => a.start.getTime() - b.start.getTime());
  const result: { start: Date; end: Date }[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = end > last.end ? end : last.end;
    else if (start < end) result.push({ start, end });
  }
  return result;
}

/** Halves the time between until one millisecond remains: the offset changes there. */
function jumpBetween(from: number, to: number, zone: string): number {
  const early = offsetAt(from, zone);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === early) low = middle;
    else high = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** How far the wall is ahead of UTC, in milliseconds; whole seconds, as the time zone database has them. */
function offsetAt(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
