import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputCheck, type Day } from '#kernel';
import {
  addDays,
  checkOpenings,
  instantOf,
  intersection,
  isTimeZone,
  localDay,
  openStretches,
  readClock,
  weekdayOf,
  type Stretch,
  type WeeklyCalendar,
} from './calendar.js';

const day = (text: string): Day => text as Day;
const nine = { fromMinute: 540, toMinute: 1020 };
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const shown = (stretches: readonly Stretch[]): string[] =>
  stretches.map(({ start, end }) => `${start.toISOString()} ${end.toISOString()}`);
const open = (calendar: WeeklyCalendar, zone: string, from: string, to: string): string[] =>
  shown(openStretches(calendar, zone, new Date(from), new Date(to)));

describe('a weekly calendar', () => {
  const office: WeeklyCalendar = {
    week: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...nine })),
    exceptions: [
      { day: day('2026-04-03'), reason: 'Good Friday', openings: [] },
      { day: day('2026-04-04'), reason: 'Open day', openings: [{ fromMinute: 600, toMinute: 720 }] },
    ],
  };

  it('keeps its hours by the clock on the wall when summer time begins', () => {
    const week = everyDay.map((weekday) => ({ weekday, ...nine }));
    expect(
      open({ week, exceptions: [] }, 'Europe/Lisbon', '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z'),
    ).toEqual([
      '2026-03-28T09:00:00.000Z 2026-03-28T17:00:00.000Z',
      '2026-03-29T08:00:00.000Z 2026-03-29T16:00:00.000Z',
    ]);
  });

  it('is closed on a holiday and open on a day that is an exception', () => {
    expect(open(office, 'Europe/Berlin', '2026-04-02T00:00:00Z', '2026-04-07T00:00:00Z')).toEqual([
      '2026-04-02T07:00:00.000Z 2026-04-02T15:00:00.000Z',
      '2026-04-04T08:00:00.000Z 2026-04-04T10:00:00.000Z',
      '2026-04-06T07:00:00.000Z 2026-04-06T15:00:00.000Z',
    ]);
  });

  it('is cut to what was asked for', () => {
    expect(open(office, 'UTC', '2026-03-02T10:00:00Z', '2026-03-02T11:30:00Z')).toEqual([
      '2026-03-02T10:00:00.000Z 2026-03-02T11:30:00.000Z',
    ]);
    expect(open(office, 'UTC', '2026-03-07T00:00:00Z', '2026-03-08T23:00:00Z')).toEqual([]);
  });

  it('does not cut a night shift at midnight', () => {
    const night: WeeklyCalendar = {
      week: [
        { weekday: 1, fromMinute: 1320, toMinute: 1440 },
        { weekday: 2, fromMinute: 0, toMinute: 360 },
      ],
      exceptions: [],
    };
    expect(open(night, 'Asia/Kolkata', '2026-03-02T00:00:00Z', '2026-03-04T00:00:00Z')).toEqual([
      '2026-03-02T16:30:00.000Z 2026-03-03T00:30:00.000Z',
    ]);
  });

  it('loses an hour of a spring night, and gains one of an autumn night', () => {
    const always: WeeklyCalendar = {
      week: everyDay.map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 })),
      exceptions: [],
    };
    const short: WeeklyCalendar = {
      week: [{ weekday: 7, fromMinute: 60, toMinute: 240 }],
      exceptions: [],
    };
    expect(open(short, 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toEqual([
      '2026-03-29T00:00:00.000Z 2026-03-29T02:00:00.000Z',
    ]);
    expect(open(short, 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual([
      '2026-10-24T23:00:00.000Z 2026-10-25T03:00:00.000Z',
    ]);
    expect(open(always, 'Europe/Berlin', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z')).toEqual([
      '2026-10-01T00:00:00.000Z 2026-11-01T00:00:00.000Z',
    ]);
  });
});

describe('a time on the wall', () => {
  it('that a spring night leaves out is the instant of the jump', () => {
    for (const minutes of [120, 150, 179]) {
      expect(instantOf(day('2026-03-29'), minutes, 'Europe/Berlin', 'first').toISOString()).toBe(
        '2026-03-29T01:00:00.000Z',
      );
    }
  });

  it('that an autumn night shows twice is the first or the last', () => {
    const when = (which: 'first' | 'last'): string =>
      instantOf(day('2026-10-25'), 150, 'Europe/Berlin', which).toISOString();
    expect([when('first'), when('last')]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('is found where the clock jumps by half an hour, and at the end of a day', () => {
    expect(instantOf(day('2026-10-04'), 135, 'Australia/Lord_Howe', 'first').toISOString()).toBe(
      '2026-10-03T15:30:00.000Z',
    );
    expect(instantOf(day('2026-03-02'), 1440, 'America/Bogota', 'last').toISOString()).toBe(
      '2026-03-03T05:00:00.000Z',
    );
  });

  it('is shown again by the wall at the instant that was found, whatever the day and the place', () => {
    const zones = ['Europe/Lisbon', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, days, minutes) => {
          const wanted = addDays(day('2000-01-01'), days);
          const first = instantOf(wanted, minutes, zone, 'first');
          const last = instantOf(wanted, minutes, zone, 'last');
          expect(first <= last).toBe(true);
          // A day that a place skipped, as Samoa did at the end of 2011, has no such instant.
          if (localDay(first, zone) !== wanted) expect(localDay(first, zone) > wanted).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('knows days, weekdays and time zones', () => {
  expect([weekdayOf(day('2026-03-02')), weekdayOf(day('2026-03-08'))]).toEqual([1, 7]);
  expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
  expect(localDay(new Date('2026-03-02T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-03');
  expect(['Europe/Lisbon', 'UTC', 'Mars/Olympus', '+01:00', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('meets another calendar in the stretches that both have', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
  const stretch = (from: number, to: number): Stretch => ({ start: at(from), end: at(to) });
  expect(
    intersection([stretch(1, 4), stretch(6, 9)], [stretch(0, 2), stretch(3, 7), stretch(9, 10)]),
  ).toEqual([stretch(1, 2), stretch(3, 4), stretch(6, 7)]);
});

it('is read from times as people write them, and refused where they cannot be', () => {
  const check = new InputCheck();
  expect([readClock(check, 'a', '8:30'), readClock(check, 'b', '24:00')]).toEqual([510, 1440]);
  readClock(check, 'c', '24:01');
  readClock(check, 'd', '9 am');
  checkOpenings(check, 'e', [
    { fromMinute: 480, toMinute: 720 },
    { fromMinute: 720, toMinute: 900 },
    { fromMinute: 880, toMinute: 950 },
    { fromMinute: 600, toMinute: 540 },
  ]);
  expect(check.problems.map(({ field, message }) => `${field}: ${message}`)).toEqual([
    'c: “24:01” is no time of day. Write it as 08:30, and 24:00 for the end of the day.',
    'd: “9 am” is no time of day. Write it as 08:30, and 24:00 for the end of the day.',
    'e.2: 14:40–15:50 overlaps another opening of the same day.',
    'e.3: 10:00–09:00 ends before it begins. Divide a night at 24:00.',
  ]);
});
