import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { noteAbsentData } from '../../../../test/support/skip.js';
import { parseFjsp, parseFjspW, parseJsp, withOperators } from '../formats/literature.js';
import { checkPlan } from './checker.js';
import { plan } from './plan.js';
import type { Problem } from './problem.js';

const folder = resolve('../shared/instances');
const known: [string, (text: string) => Problem, number, number][] = [
  ['jsp/ft06.txt', parseJsp, 55, 3000],
  ['jsp/la01.txt', parseJsp, 666, 5000],
  ['jsp/la05.txt', parseJsp, 593, 5000],
  ['jsp/la06.txt', parseJsp, 926, 5000],
  ['fjsp/kacem/k1.txt', parseFjsp, 11, 5000],
  ['fjsp/fattahi/sfjs05.txt', parseFjsp, 119, 2000],
  ['fjsp/brandimarte/mk01.txt', parseFjsp, 40, 20000],
  ['fjsp/brandimarte/mk03.txt', parseFjsp, 204, 5000],
];

describe('instances of the literature', () => {
  const isThere = existsSync(folder);
  if (!isThere) noteAbsentData('The scheduling instances are not in ../shared/instances.', known.length);

  (isThere ? it : it.skip).each(known)('%s is solved to its optimum', (file, parse, makespan, iterations) => {
    const problem = parse(readFileSync(resolve(folder, file), 'utf8'));
    const found = plan(problem, { seed: 1, budget: { iterations } });
    expect(checkPlan(problem, found.placements)).toEqual({ accepted: true, makespan });
    expect(found.lowerBound).toBeLessThanOrEqual(makespan);
  });
});

describe('small shops', () => {
  it('with workers reach the optimum of the format’s example', () => {
    const problem = parseFjspW('2 2 2\n2 1 1 2 1 3 2 2 1 2 1 2 2\n1 2 1 1 2 3 2 2 1 4 2 2\n');
    expect(plan(problem, { seed: 1, budget: { iterations: 200 } }).makespan).toBe(5);
  });

  it('with one operator do one thing after the other', () => {
    const problem = withOperators(parseJsp('2 2\n0 3 1 2\n1 4 0 1\n'), 1);
    expect(plan(problem, { seed: 1, budget: { iterations: 200 } })).toMatchObject({
      makespan: 10,
      lowerBound: 10,
    });
  });
});
