import { Dice } from '../domain/dice.js';
import type {
  Alternative,
  Interval,
  Job,
  Machine,
  Maker,
  MakerChoice,
  Operation,
  Problem,
} from '../domain/problem.js';

/** Minutes in a day and a week: the unit of these problems is the minute. */
const DAY = 1440;
const WEEK = 7 * DAY;

/** How large a generated fablab is. */
export interface FablabSize {
  readonly operations: number;
  readonly machines: number;
  readonly makers: number;
  readonly seed: number;
}

/**
 * Months of a fablab as they could be: machines in work centres of two to five, makers with a few qualifications and a
 * few shifts a week, jobs of three to eight operations with promised dates that are about as tight as the shop is full.
 * For benchmarks and tests.
 */
export function generateFablab({ operations: wanted, machines, makers, seed }: FablabSize): Problem {
  const dice = new Dice(seed);
  const centres = workCentres(machines, dice);
  const qualified = qualifications(centres.length, makers, dice);
  // About twelve hours of work for each maker and week keep a queue without drowning the shop.
  const weeks = Math.ceil((wanted * 75) / (makers * 60 * 12)) + 4;
  const operations: Operation[] = [];
  const jobs: Job[] = [];
  while (operations.length < wanted) {
    const job = jobs.length;
    const length = Math.min(3 + dice.below(6), wanted - operations.length);
    let work = 0;
    for (let each = 0; each < length; each++) {
      const centre = dice.below(centres.length);
      const minutes = 15 * (1 + dice.below(10));
      work += minutes;
      operations.push({
        job,
        interruptible: dice.below(2) === 0,
        alternatives: alternatives(centres[centre]!, qualified[centre]!, minutes, dice),
        after: each === 0 ? [] : [{ operation: operations.length - 1, delay: dice.below(5) === 0 ? 60 : 0 }],
      });
    }
    const release = dice.below(Math.trunc(weeks * 0.6)) * WEEK;
    const promised = release + work * 4 + (1 + dice.below(14)) * DAY;
    jobs.push({ release, promised, wished: Math.max(0, promised - 2 * DAY), weight: 1 + dice.below(5) });
  }
  const shop: Machine[] = Array.from({ length: machines }, () => ({ calendar: openingHours(weeks) }));
  const people: Maker[] = Array.from({ length: makers }, () => ({ calendar: stays(weeks, dice) }));
  return { jobs, operations, machines: shop, makers: people, horizon: weeks * WEEK };
}

function workCentres(machines: number, dice: Dice): number[][] {
  const centres: number[][] = [];
  for (let machine = 0; machine < machines;) {
    const size = Math.min(2 + dice.below(4), machines - machine);
    centres.push(Array.from({ length: size }, (_, each) => machine + each));
    machine += size;
  }
  return centres;
}

function qualifications(centres: number, makers: number, dice: Dice): number[][] {
  const qualified: number[][] = Array.from({ length: centres }, (_, centre) => [centre % makers]);
  for (let maker = 0; maker < makers; maker++)
    for (let each = 2 + dice.below(3); each > 0; each--) {
      const centre = qualified[dice.below(centres)]!;
      if (!centre.includes(maker)) centre.push(maker);
    }
  return qualified;
}

function alternatives(
  centre: readonly number[],
  qualified: readonly number[],
  minutes: number,
  dice: Dice,
): Alternative[] {
  const makers: MakerChoice[] = qualified.map((maker) => ({ maker }));
  const unattended = dice.below(5) === 0;
  return centre.map((machine) => ({
    machine,
    duration: minutes,
    makers,
    ...(unattended ? { attended: 15 } : {}),
  }));
}

/** Monday to Saturday, nine to nine. */
function openingHours(weeks: number): Interval[] {
  return Array.from({ length: weeks * 6 }, (_, each) => {
    const start = Math.trunc(each / 6) * WEEK + (each % 6) * DAY + 9 * 60;
    return { start, end: start + 12 * 60 };
  });
}

/** Two to five shifts of four to eight hours a week. */
function stays(weeks: number, dice: Dice): Interval[] {
  const days = [0, 1, 2, 3, 4, 5].filter(() => dice.below(3) > 0);
  const worked = days.length === 0 ? [dice.below(6)] : days;
  const begins = 9 * 60 + 60 * dice.below(5);
  const length = 60 * (4 + dice.below(4));
  return Array.from({ length: weeks }, (_, week) => week)
    .filter(() => dice.below(12) > 0)
    .flatMap((week) =>
      worked.map((day) => {
        const start = week * WEEK + day * DAY + begins;
        return { start, end: start + length };
      }),
    );
}
