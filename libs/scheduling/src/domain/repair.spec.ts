import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { generateFablab } from '../testing/fablab.js';
import { randomProblem } from '../testing/random-problem.js';
import { checkPlan } from './checker.js';
import { measureDisturbance } from './disturbance.js';
import { firstPlan, plan } from './plan.js';
import { repair } from './repair.js';
import type { Interval, Placement, Problem } from './problem.js';

/** A machine is down in an interval: its calendar loses it. */
function breakdown(problem: Problem, machine: number, down: Interval): Problem {
  return {
    ...problem,
    machines: problem.machines.map((each, place) => {
      if (place !== machine) return each;
      const open = each.calendar ?? [{ start: 0, end: problem.horizon ?? 1000 }];
      const calendar = open.flatMap(({ start, end }) =>
        [
          { start, end: Math.min(end, down.start) },
          { start: Math.max(start, down.end), end },
        ].filter((part) => part.end > part.start),
      );
      return { ...each, calendar };
    }),
  };
}

describe('a repair', () => {
  it('changes nothing where nothing happened', () => {
    const problem = generateFablab({ operations: 200, machines: 12, makers: 20, seed: 2 });
    const published = firstPlan(problem).placements;
    const repaired = repair(problem, published);
    expect(repaired.placements).toEqual(published);
    expect(repaired.disturbance).toMatchObject({ moved: [], reassigned: 0, shift: 0, pairsChanged: 0 });
  });

  it('moves only what the breakdown touches and what waits for that', () => {
    const problem = generateFablab({ operations: 300, machines: 12, makers: 20, seed: 3 });
    const published = firstPlan(problem).placements;
    const used = published.find((each) => each.start > 20_000)!;
    const down = { start: used.start - 60, end: used.start + 2 * 1440 };
    const now = breakdown(problem, used.machine, down);
    const repaired = repair(now, published);
    expect(checkPlan(now, repaired.placements)).toMatchObject({ accepted: true });
    const touched = new Set<number>();
    for (const each of published)
      if (each.machine === used.machine && each.start < down.end && each.end > down.start)
        touched.add(each.operation);
    expect(touched.size).toBeGreaterThan(0);
    problem.operations.forEach((operation, place) => {
      if ((operation.after ?? []).some((link) => touched.has(link.operation))) touched.add(place);
    });
    expect(repaired.disturbance.moved.filter((each) => !touched.has(each))).toEqual([]);
  });

  it('passes the checker for random problems and leaves frozen work alone', () => {
    for (let seed = 0; seed < 300; seed++) {
      const problem = randomProblem(seed);
      let published: readonly Placement[];
      try {
        published = plan(problem, { seed, budget: { iterations: 20 } }).placements;
        const now = breakdown(problem, 0, { start: 10 + (seed % 30), end: 40 + (seed % 30) });
        const repaired = repair(now, published);
        expect({ seed, ...checkPlan(now, repaired.placements) }).toMatchObject({ seed, accepted: true });
      } catch (error) {
        // A pin in the breakdown, or a problem that contradicts itself, is refused.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  });
});

describe('the measure of disturbance', () => {
  it('counts moves, machines and pairs', () => {
    const before = [0, 1, 2].map((operation) => ({
      operation,
      machine: 0,
      start: operation * 5,
      end: operation * 5 + 5,
    }));
    const after = [
      { operation: 0, machine: 0, start: 5, end: 10 },
      { operation: 1, machine: 0, start: 0, end: 5 },
      { operation: 2, machine: 1, start: 10, end: 15 },
    ];
    expect(measureDisturbance(before, after)).toEqual({
      moved: [0, 1, 2],
      reassigned: 1,
      shift: 10,
      pairs: 3,
      pairsChanged: 3,
    });
  });
});
