import { Dice } from '../domain/dice.js';
import type { Alternative, Interval, Operation, Problem, Tier } from '../domain/problem.js';

/** Times of a small random problem lie below this. */
const HORIZON = 120;

/**
 * A small problem by chance, with every feature of the model somewhere: calendars, makers and qualifications, unattended
 * work, set-ups, delays, branching jobs, releases, dates, frozen and pinned operations. For tests.
 */
export function randomProblem(seed: number): Problem {
  const dice = new Dice(seed);
  if (dice.below(4) === 0) return randomShop(dice);
  const machines = 1 + dice.below(4);
  const makers = dice.below(3) === 0 ? 0 : 1 + dice.below(4);
  const families = dice.below(2) === 0 ? 0 : 1 + dice.below(3);
  const jobs = 1 + dice.below(5);
  const closes = dice.below(3) > 0;
  const operations: Operation[] = [];
  for (let job = 0; job < jobs; job++) {
    const first = operations.length;
    const length = 1 + dice.below(4);
    for (let each = 0; each < length; each++) {
      const alternatives = randomAlternatives(dice, machines, makers);
      const links = Array.from(
        { length: each === 0 ? 0 : 1 + dice.below(2) },
        () => first + dice.below(each),
      );
      operations.push({
        job,
        alternatives,
        after: [...new Set(links)].map((operation) => ({
          operation,
          delay: dice.below(3) === 0 ? dice.below(6) : 0,
        })),
        interruptible: dice.below(2) === 0,
        ...(families > 0 && dice.below(4) > 0 ? { family: dice.below(families) } : {}),
        ...(dice.below(6) === 0 ? { release: dice.below(30) } : {}),
      });
    }
  }
  const problem: Problem = {
    jobs: Array.from({ length: jobs }, () => ({
      release: dice.below(3) === 0 ? dice.below(40) : 0,
      ...(dice.below(3) > 0 ? { promised: dice.below(HORIZON) } : {}),
      ...(dice.below(3) > 0 ? { wished: dice.below(HORIZON) } : {}),
      weight: 1 + dice.below(5),
    })),
    machines: Array.from({ length: machines }, () => ({
      ...(closes && dice.below(3) > 0 ? { calendar: randomCalendar(dice) } : {}),
      ...(families > 0 && dice.below(2) === 0 ? { family: dice.below(families) } : {}),
    })),
    makers: Array.from({ length: makers }, () =>
      closes && dice.below(3) > 0 ? { calendar: randomCalendar(dice) } : {},
    ),
    operations,
    ...(families > 0
      ? {
          setups: Array.from({ length: families }, (_, from) =>
            Array.from({ length: families }, (_unused, to) => (from === to ? 0 : dice.below(7))),
          ),
        }
      : {}),
    horizon: HORIZON,
    ...(dice.below(3) === 0 ? { tiers: [dice.below(2) === 0 ? 'makespan' : 'promised'] as Tier[] } : {}),
  };
  return fixSome(problem, dice);
}

/** A shop without calendars and pins, in which jobs are chains: what the fast search is for. */
function randomShop(dice: Dice): Problem {
  const machines = 1 + dice.below(5);
  const makers = dice.below(2) === 0 ? 0 : 1 + dice.below(4);
  const jobs = 1 + dice.below(6);
  const operations: Operation[] = [];
  for (let job = 0; job < jobs; job++)
    for (let each = 0, length = 1 + dice.below(5); each < length; each++)
      operations.push({
        job,
        alternatives: randomAlternatives(dice, machines, makers).map(
          ({ attended: _attended, ...rest }) => rest,
        ),
        after:
          each === 0
            ? []
            : [{ operation: operations.length - 1, delay: dice.below(4) === 0 ? dice.below(5) : 0 }],
      });
  return {
    jobs: Array.from({ length: jobs }, () => ({ release: dice.below(3) === 0 ? dice.below(20) : 0 })),
    operations,
    machines: Array.from({ length: machines }, () => ({})),
    makers: Array.from({ length: makers }, () => ({})),
    tiers: ['makespan'],
  };
}

function randomAlternatives(dice: Dice, machines: number, makers: number): Alternative[] {
  return Array.from({ length: 1 + dice.below(machines) }, () => {
    const duration = dice.below(12) === 0 ? 0 : 1 + dice.below(15);
    const needsMaker = makers > 0 && dice.below(4) > 0;
    return {
      machine: dice.below(machines),
      duration,
      ...(dice.below(3) === 0 ? { attended: dice.below(duration + 1) } : {}),
      ...(needsMaker
        ? {
            makers: Array.from({ length: 1 + dice.below(makers) }, () => ({
              maker: dice.below(makers),
              ...(dice.below(4) === 0 ? { duration: duration + dice.below(5) } : {}),
            })),
          }
        : {}),
    };
  });
}

function randomCalendar(dice: Dice): Interval[] {
  const open: Interval[] = [];
  for (let time = dice.below(15); time < HORIZON;) {
    const end = time + 1 + dice.below(30);
    open.push({ start: time, end });
    time = end + dice.below(20);
  }
  return open;
}

/** Freezes some first operations where they could run now, and pins some others. */
function fixSome(problem: Problem, dice: Dice): Problem {
  const busy = new Set<string>();
  const operations = problem.operations.map((operation, place): Operation => {
    const choice = operation.alternatives[dice.below(operation.alternatives.length)]!;
    const maker = choice.makers?.[0]?.maker;
    const named = maker === undefined ? { machine: choice.machine } : { machine: choice.machine, maker };
    const free = !busy.has(`machine ${choice.machine}`) && !busy.has(`maker ${maker}`);
    const throwOf = dice.below(10);
    if (throwOf === 0 && free && (operation.after ?? []).length === 0) {
      busy.add(`machine ${choice.machine}`).add(`maker ${maker}`);
      const end = 1 + dice.below(12);
      return { ...operation, frozen: { ...named, start: 0, end } };
    }
    if (throwOf === 1 && free && problem.machines[choice.machine]!.calendar === undefined) {
      busy.add(`machine ${choice.machine}`).add(`maker ${maker}`);
      const always = maker === undefined || problem.makers![maker]!.calendar === undefined;
      if (always) return { ...operation, pin: { ...named, start: 20 + dice.below(40) } };
    }
    if (throwOf === 2) return { ...operation, pin: named };
    if (throwOf === 3 && place > 0) return { ...operation, pin: { after: dice.below(place) } };
    return operation;
  });
  return { ...problem, operations };
}
