import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { generateFablab } from '../testing/fablab.js';
import { randomProblem } from '../testing/random-problem.js';
import { checkPlan } from './checker.js';
import { comparePlans, firstPlan, plan, type Planned } from './plan.js';
import type { Problem } from './problem.js';

/** A share of what the benchmark fuzzes at length. */
const PROBLEMS = 600;

/** Null where the random problem contradicts itself and is refused. */
function planOrRefusal(problem: Problem, seed: number, iterations: number): Planned | null {
  try {
    return plan(problem, { seed, budget: { iterations } });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

describe('plans of random problems with every feature', () => {
  it('pass the checker, are never below the bound, and never worse than the first plan', () => {
    let refused = 0;
    for (let seed = 0; seed < PROBLEMS; seed++) {
      const problem = randomProblem(seed);
      const found = planOrRefusal(problem, seed, 150);
      if (!found) {
        refused++;
        continue;
      }
      expect({ seed, ...checkPlan(problem, found.placements) }).toMatchObject({ seed, accepted: true });
      expect(found.objective[0]).toBeGreaterThanOrEqual(found.lowerBound);
      expect(comparePlans(found, firstPlan(problem))).toBeLessThanOrEqual(0);
    }
    expect(refused).toBeLessThan(PROBLEMS / 20);
  });

  it('are the same for the same seed, and never worse for more iterations', () => {
    for (let seed = 1000; seed < 1060; seed++) {
      const problem = randomProblem(seed);
      const few = planOrRefusal(problem, 7, 60);
      if (!few) continue;
      expect(planOrRefusal(problem, 7, 60)).toEqual(few);
      expect(comparePlans(planOrRefusal(problem, 7, 240)!, few)).toBeLessThanOrEqual(0);
    }
  });

  it('begin no worse than a plan that they are given', () => {
    for (let seed = 2000; seed < 2040; seed++) {
      const problem = randomProblem(seed);
      const good = planOrRefusal(problem, 3, 200);
      if (!good) continue;
      const warm = plan(problem, { seed: 4, budget: { iterations: 1 }, warm: good.placements });
      expect(comparePlans(warm, good)).toBeLessThanOrEqual(0);
    }
  });
});

describe('a plan', () => {
  const late: Problem = {
    jobs: [
      { promised: 10, weight: 1 },
      { promised: 4, weight: 5 },
    ],
    machines: [{}],
    operations: [0, 1].map((job) => ({ job, alternatives: [{ machine: 0, duration: 4 }] })),
  };

  it('keeps promises by weight before it thinks of anything else', () => {
    const found = plan(late, { seed: 1, budget: { iterations: 100 } });
    expect(found.placements.map((each) => each.start)).toEqual([4, 0]);
    expect(found.objective).toEqual([0, 0, 0, 8, 12, 0]);
  });

  it('moves as little as possible of a published plan where nothing else is gained', () => {
    const easy: Problem = {
      ...late,
      jobs: [{}, {}],
      published: {
        placements: [
          { operation: 0, machine: 0, start: 6, end: 10 },
          { operation: 1, machine: 0, start: 0, end: 4 },
        ],
      },
    };
    const found = plan(easy, { seed: 1, budget: { iterations: 200 } });
    expect(found.placements.map((each) => each.start)).toEqual([4, 0]);
  });

  it('stops when it is told to, with its best', () => {
    let questions = 0;
    const problem = generateFablab({ operations: 30, machines: 6, makers: 6, seed: 1 });
    const found = plan(problem, {
      seed: 1,
      budget: { iterations: 1e9, shouldStop: () => ++questions >= 3 },
    });
    expect(questions).toBe(3);
    expect(checkPlan(problem, found.placements).accepted).toBe(true);
  });

  it('is refused for operations that wait for each other, with the field', () => {
    const circle: Problem = {
      ...late,
      operations: late.operations.map((each, place) => ({ ...each, after: [{ operation: 1 - place }] })),
    };
    expect(() => firstPlan(circle)).toThrow('Operation 0 waits for itself: its predecessors form a circle.');
  });

  it('is refused for a pin in a closing time or on top of another', () => {
    const pinned = (start: number) => ({ machine: 0, start });
    const overlapping: Problem = {
      ...late,
      operations: late.operations.map((each, place) => ({ ...each, pin: pinned(2 * place) })),
    };
    expect(() => firstPlan(overlapping)).toThrow('Operation 1 cannot be pinned to that start');
    const closed: Problem = {
      ...late,
      machines: [{ calendar: [{ start: 5, end: 50 }] }],
      operations: [{ ...late.operations[0]!, pin: pinned(2) }],
    };
    expect(() => firstPlan(closed)).toThrow('the next possible start is 5');
  });
});
