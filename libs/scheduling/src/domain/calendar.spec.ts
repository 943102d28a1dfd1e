import { describe, expect, it } from '@jest/globals';
import { Calendar, fitWork, type Fit } from './calendar.js';
import { CheckedCalendar } from './checked-calendar.js';
import { Dice } from './dice.js';
import type { Interval } from './problem.js';

const machine = new Calendar(
  [
    { start: 0, end: 10 },
    { start: 20, end: 40 },
  ],
  50,
);
const maker = new Calendar(
  [
    { start: 4, end: 8 },
    { start: 25, end: 30 },
  ],
  50,
);

function fitted(
  ready: number,
  work: number,
  attended: number,
  interruptible: boolean,
  person: Calendar | null,
): Fit {
  const fit: Fit = { start: 0, end: 0, attendedEnd: 0 };
  fitWork(machine, person, ready, work, attended, interruptible, fit);
  return fit;
}

describe('work on calendars', () => {
  it('lies in one open interval where it may not be interrupted', () => {
    expect(fitted(5, 6, 0, false, null)).toEqual({ start: 20, end: 26, attendedEnd: 20 });
    expect(fitted(4, 6, 0, false, null)).toEqual({ start: 4, end: 10, attendedEnd: 4 });
  });

  it('rests in closing times where it may', () => {
    expect(fitted(5, 6, 0, true, null)).toEqual({ start: 5, end: 21, attendedEnd: 5 });
    expect(fitted(10, 6, 0, true, null)).toEqual({ start: 20, end: 26, attendedEnd: 20 });
  });

  it('needs machine and maker together for the attended part alone', () => {
    expect(fitted(0, 6, 3, false, maker)).toEqual({ start: 4, end: 10, attendedEnd: 7 });
    expect(fitted(0, 7, 3, false, maker)).toEqual({ start: 25, end: 32, attendedEnd: 28 });
    expect(fitted(6, 6, 3, true, maker)).toEqual({ start: 6, end: 29, attendedEnd: 26 });
  });

  it('counts every resource as open after the horizon', () => {
    expect(fitted(0, 100, 100, false, maker)).toEqual({ start: 50, end: 150, attendedEnd: 150 });
  });

  it('agrees with the reading of the checker', () => {
    const dice = new Dice(5);
    for (let trial = 0; trial < 500; trial++) {
      const calendars = [0, 1].map(() => {
        const open: Interval[] = [];
        for (let time = dice.below(9); time < 60; time += dice.below(9)) {
          const end = time + 1 + dice.below(12);
          open.push({ start: time, end });
          time = end;
        }
        return open;
      });
      const work = 1 + dice.below(20);
      const attended = dice.below(work + 1);
      const interruptible = dice.below(2) === 0;
      const fit: Fit = { start: 0, end: 0, attendedEnd: 0 };
      const [one, other] = calendars.map((each) => new Calendar(each, 80));
      fitWork(one!, other!, dice.below(70), work, attended, interruptible, fit);
      const [first, second] = calendars.map((each) => new CheckedCalendar(each, 80));
      const found = interruptible
        ? first!.interrupted(second!, fit.start, work, attended)
        : first!.whole(second!, fit.start, work, attended);
      expect(found).toEqual({ end: fit.end, attendedEnd: fit.attendedEnd });
    }
  });
});
