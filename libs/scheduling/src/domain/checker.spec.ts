import { describe, expect, it } from '@jest/globals';
import { checkOperators, checkPlan } from './checker.js';
import { assertProblem } from './validate.js';
import type { Placement, Problem } from './problem.js';

/** Two machines, two makers, a job of two operations and a second job; machine 1 is closed from 10 to 20. */
const problem: Problem = {
  jobs: [{}, { release: 3 }],
  machines: [
    {},
    {
      calendar: [
        { start: 0, end: 10 },
        { start: 20, end: 40 },
      ],
    },
  ],
  makers: [{}, { calendar: [{ start: 0, end: 40 }] }],
  setups: [
    [0, 2],
    [2, 0],
  ],
  operations: [
    {
      job: 0,
      family: 0,
      alternatives: [{ machine: 0, duration: 5, makers: [{ maker: 0 }, { maker: 1, duration: 6 }] }],
    },
    {
      job: 0,
      interruptible: true,
      after: [{ operation: 0, delay: 1 }],
      alternatives: [{ machine: 1, duration: 6, makers: [{ maker: 0 }] }],
    },
    {
      job: 1,
      family: 1,
      alternatives: [{ machine: 0, duration: 4, attended: 1, makers: [{ maker: 0 }, { maker: 1 }] }],
    },
  ],
  horizon: 40,
};

/** Right: operation 2 sets up for 2 after family 0, then needs its maker for 1 more; operation 1 rests from 10 to 20. */
const right: Placement[] = [
  { operation: 0, machine: 0, maker: 0, start: 0, end: 5 },
  { operation: 1, machine: 1, maker: 0, start: 6, end: 22 },
  { operation: 2, machine: 0, maker: 1, start: 5, end: 11 },
];

function changed(operation: number, change: Partial<Placement>): Placement[] {
  return right.map((each) => (each.operation === operation ? { ...each, ...change } : each));
}

describe('the checker', () => {
  it('accepts a plan that keeps every rule, with its makespan', () => {
    assertProblem(problem);
    expect(checkPlan(problem, right)).toEqual({ accepted: true, makespan: 22 });
  });

  it.each<[string, Placement[], RegExp]>([
    ['misses an operation', right.slice(1), /Operation 0 is missing/],
    ['names one twice', [...right, right[0]!], /twice/],
    ['names one that is not there', [...right, { ...right[0]!, operation: 7 }], /does not have/],
    ['uses a machine that cannot do it', changed(0, { machine: 1 }), /cannot be done on machine 1/],
    ['uses a maker who is not qualified', changed(1, { maker: 1 }), /Maker 1 does not do operation 1/],
    ['has nobody for it', changed(2, { maker: undefined as never }), /needs a maker/],
    ['is too short', changed(0, { end: 4 }), /ends at 5, not 4/],
    ['takes too long', changed(1, { end: 23 }), /ends at 22, not 23/],
    ['forgets the set-up', changed(2, { end: 9 }), /2 of them set-up/],
    ['does not wait for the delay', changed(1, { start: 5, end: 21 }), /before operation 0 has arrived at 6/],
    ['starts before the release', changed(2, { start: 2, end: 6 }), /at once|before its release/],
    [
      'uses a machine twice at once',
      changed(2, { start: 4, end: 10 }),
      /Machine 0 would do operations 0 and 2 at once/,
    ],
    [
      'uses a maker twice at once',
      changed(2, { maker: 0, start: 5, end: 11 }),
      /Maker 0 would do operations 2 and 1/,
    ],
    ['starts in a closing time', changed(1, { start: 12, end: 26 }), /not there/],
    ['has a start that is no whole number', changed(0, { start: 0.5 }), /whole times/],
  ])('refuses a plan that %s', (_name, plan, reason) => {
    expect(checkPlan(problem, plan)).toMatchObject({
      accepted: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('lets no closing time interrupt what may not be interrupted', () => {
    const whole = {
      ...problem,
      operations: problem.operations.map((each) => ({ ...each, interruptible: false })),
    };
    expect(checkPlan(whole, right)).toMatchObject({ accepted: false, operation: 1 });
    expect(checkPlan(whole, changed(1, { start: 20, end: 26 }))).toMatchObject({ accepted: true });
  });

  it('holds a maker only until the attended part is done', () => {
    const plan = changed(2, { maker: 0, start: 22, end: 26 + 2 });
    expect(checkPlan(problem, plan)).toEqual({ accepted: true, makespan: 28 });
  });

  it('keeps frozen and pinned operations where they are', () => {
    const frozen = { machine: 0, maker: 0, start: 0, end: 5 };
    const [first, ...others] = problem.operations;
    const facts: Problem = { ...problem, operations: [{ ...first!, frozen }, ...others] };
    expect(checkPlan(facts, right)).toMatchObject({ accepted: true });
    expect(checkPlan(facts, changed(0, { start: 1, end: 6 }))).toMatchObject({
      accepted: false,
      reason: 'Operation 0 is frozen, but was moved in time.',
    });
    const pinned: Problem = {
      ...problem,
      operations: [
        ...problem.operations.slice(0, 2),
        { ...others[1]!, pin: { machine: 0, maker: 1, start: 6 } },
      ],
    };
    expect(checkPlan(pinned, right)).toMatchObject({
      reason: 'Operation 2 is pinned to start at 6, not at 5.',
    });
    expect(checkPlan(pinned, changed(2, { start: 6, end: 12 }))).toMatchObject({ accepted: true });
  });

  it('counts identical operators', () => {
    const plan = [right[0]!, { operation: 2, machine: 1, start: 4, end: 9 }];
    expect(checkOperators(plan, 2)).toEqual({ accepted: true, makespan: 9 });
    expect(checkOperators(plan, 1)).toMatchObject({
      accepted: false,
      reason: 'From 4 there is work for 2 operators, but there are 1.',
    });
  });
});
