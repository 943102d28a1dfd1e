import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputCheck } from '#kernel';
import { checkPrecedence, findCycle, type Step } from './routing.js';

function problemsOf(steps: readonly Step[]): string[] {
  const check = new InputCheck();
  checkPrecedence(check, 'routing', steps);
  return check.problems.map((problem) => `${problem.field}: ${problem.message}`);
}

describe('a routing', () => {
  it('may branch and join', () => {
    const steps = [
      { name: 'Saw', after: [] },
      { name: 'Plane', after: [1] },
      { name: 'Weld', after: [1] },
      { name: 'Assemble', after: [2, 3] },
    ];
    expect(problemsOf(steps)).toEqual([]);
  });

  it('is refused with the circle named in the order of work', () => {
    const steps = [
      { name: 'Saw', after: [] },
      { name: 'Plane', after: [1, 4] },
      { name: 'Weld', after: [2] },
      { name: 'Assemble', after: [3] },
    ];
    expect(problemsOf(steps)).toEqual([
      'routing: These operations wait for each other in a circle: ' +
        'Operation 2 “Plane” → Operation 3 “Weld” → Operation 4 “Assemble” → Operation 2 “Plane”.',
    ]);
  });

  it('is refused when a step comes after itself or after one that is not there', () => {
    const steps = [
      { name: 'Saw', after: [1] },
      { name: 'Plane', after: [0, 3] },
    ];
    expect(problemsOf(steps)).toEqual([
      'routing.0.after.0: Operation 1 “Saw” cannot come after itself.',
      'routing.1.after.0: Operation 2 “Plane” comes after operation 0, which is not there.',
      'routing.1.after.1: Operation 2 “Plane” comes after operation 3, which is not there.',
    ]);
  });

  it('has a circle exactly when a step is reached from itself, and what is named is one', () => {
    const graphs = fc.integer({ min: 1, max: 9 }).chain((size) => {
      const position = fc.integer({ min: 1, max: size });
      return fc.array(fc.uniqueArray(position, { maxLength: 2 }), { minLength: size, maxLength: size });
    });
    let cyclic = 0;
    fc.assert(
      fc.property(graphs, (graph) => {
        const steps = graph.map((after) => ({ after }));
        const cycle = findCycle(steps);
        expect(cycle !== null).toBe(reachesItself(graph));
        if (cycle === null) return;
        cyclic += 1;
        expect(new Set(cycle).size).toBe(cycle.length);
        cycle.forEach((position, index) => {
          const before = cycle.at(index - 1);
          expect(graph[position - 1]).toContain(before);
        });
      }),
      { numRuns: 500 },
    );
    expect(cyclic).toBeGreaterThan(50);
  });

  it('of a hundred steps in a row is read at once', () => {
    const row = Array.from({ length: 100 }, (_, index) => ({ after: index === 0 ? [] : [index] }));
    expect(findCycle(row)).toBeNull();
    expect(findCycle([{ after: [100] }, ...row.slice(1)])).toHaveLength(100);
  });
});

/** The transitive closure (Warshall, 1962), as a second opinion. */
function reachesItself(graph: readonly (readonly number[])[]): boolean {
  const size = graph.length;
  const reach = graph.map((after) => Array.from({ length: size }, (_, index) => after.includes(index + 1)));
  for (let via = 0; via < size; via += 1)
    for (let from = 0; from < size; from += 1)
      for (let to = 0; to < size; to += 1)
        if (reach[from]?.[via] && reach[via]?.[to]) (reach[from] as boolean[])[to] = true;
  return reach.some((row, index) => row[index]);
}
