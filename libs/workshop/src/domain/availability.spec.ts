import { expect, it } from '@jest/globals';
import type { Day } from '#kernel';
import { makerStretches, type DaySpan, type MakerTimes } from './availability.js';

const span = (fromDay: string, toDay: string): DaySpan => ({ fromDay: fromDay as Day, toDay: toDay as Day });
const resident: MakerTimes = { week: [], absences: [], stays: null };
const at = (
  times: Partial<MakerTimes>,
  from = '2026-03-02T00:00:00Z',
  to = '2026-03-06T00:00:00Z',
): string[] =>
  makerStretches({ ...resident, ...times }, 'Europe/Berlin', new Date(from), new Date(to)).map(
    ({ start, end }) => `${start.toISOString().slice(0, 16)} ${end.toISOString().slice(0, 16)}`,
  );

it('counts on a maker at all times when nothing is known', () => {
  expect(at({})).toEqual(['2026-03-02T00:00 2026-03-06T00:00']);
});

it('counts on a maker in weekly hours, but not when absent', () => {
  const week = [1, 2, 3].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 720 }));
  expect(at({ week, absences: [span('2026-03-03', '2026-03-03')] })).toEqual([
    '2026-03-02T08:00 2026-03-02T11:00',
    '2026-03-04T08:00 2026-03-04T11:00',
  ]);
  expect(at({ absences: [span('2026-02-20', '2026-03-02'), span('2026-03-05', '2026-04-01')] })).toEqual([
    '2026-03-02T23:00 2026-03-04T23:00',
  ]);
  expect(at({ absences: [span('2026-02-20', '2026-04-01')] })).toEqual([]);
});

it('counts on a visitor inside the stays only', () => {
  expect(at({ stays: [] })).toEqual([]);
  expect(at({ stays: [span('2026-03-03', '2026-03-04')] })).toEqual(['2026-03-02T23:00 2026-03-04T23:00']);
});

it('ends a stay at midnight on the wall, also in the night of a change of the clock', () => {
  expect(
    at({ stays: [span('2026-03-29', '2026-03-29')] }, '2026-03-27T00:00:00Z', '2026-04-02T00:00:00Z'),
  ).toEqual(['2026-03-28T23:00 2026-03-29T22:00']);
});
