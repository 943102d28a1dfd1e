import { describe, expect, it } from '@jest/globals';
import { plan } from '../domain/plan.js';
import { runCommandLine } from './run.js';

const files: Record<string, string> = {
  'shop.txt': '2 2\n0 3 1 2\n1 4 0 1\n',
  'workers.txt': '2 2 2\n2 1 1 2 1 3 2 2 1 2 1 2 2\n1 2 1 1 2 3 2 2 1 4 2 2\n',
  'broken.txt': '2 2\n0 3 1 2\n1 4 0\n',
  'nothing.json': '{',
};

async function run(words: string, more: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const code = await runCommandLine(words.split(' '), {
    readFile: (path) => {
      const text = { ...files, ...more }[path];
      return text === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(text);
    },
    out: (text) => (out += text),
    err: (text) => (err += text),
    signal: new AbortController().signal,
    // In this thread: the threads have a test of their own.
    plan: (problem, { seed, iterations }) =>
      Promise.resolve({ ...plan(problem, { seed, budget: { iterations: iterations ?? 50 } }), seconds: 0.1 }),
  });
  return { code, out, err };
}

describe('the command line', () => {
  it('prints a plan as JSON, counted from 0 and without workers where the format has none', async () => {
    const { code, out } = await run('solve shop.txt --format jsp --seconds 1 --seed 1 --json');
    expect(code).toBe(0);
    const printed = JSON.parse(out);
    expect(printed).toMatchObject({ makespan: 6, seconds: 0.1 });
    expect(printed.schedule[0]).toEqual({ job: 0, operation: 0, machine: 0, start: 0, end: 3 });
    expect(printed.schedule).toHaveLength(4);
  });

  it('names the worker where the format has one, and checks what it printed', async () => {
    const { out } = await run('solve workers.txt --format fjsp-w --seed 1 --iterations 200 --json');
    expect(JSON.parse(out).makespan).toBe(5);
    expect(JSON.parse(out).schedule[0]).toHaveProperty('worker');
    const verdict = await run('check workers.txt plan.json --format fjsp-w', { 'plan.json': out });
    expect(verdict).toEqual({ code: 0, out: 'accepted: makespan 5\n', err: '' });
  });

  it('keeps to the number of operators, and tells nobody who they are', async () => {
    const { out } = await run('solve shop.txt --format jsp --operators 1 --seed 1 --json');
    expect(JSON.parse(out)).toMatchObject({ makespan: 10, lowerBound: 10 });
    expect(JSON.parse(out).schedule[0]).not.toHaveProperty('worker');
    const free = await run('solve shop.txt --format jsp --seed 1 --json');
    const verdict = await run('check shop.txt plan.json --operators 1', { 'plan.json': free.out });
    expect(verdict.code).toBe(1);
    expect(verdict.err).toMatch(/^refused: From 0 there is work for 2 operators, but there are 1/);
  });

  it('refuses a schedule that is wrong, with the reason', async () => {
    const rows = [
      { job: 0, operation: 0, machine: 0, start: 0, end: 3 },
      { job: 0, operation: 1, machine: 1, start: 2, end: 4 },
      { job: 1, operation: 0, machine: 1, start: 4, end: 8 },
      { job: 1, operation: 1, machine: 0, start: 8, end: 9 },
    ];
    const { code, err } = await run('check shop.txt plan.json --format jsp', {
      'plan.json': JSON.stringify(rows),
    });
    expect(code).toBe(1);
    expect(err).toBe('refused: Operation 1 starts at 2, before operation 0 has arrived at 3.\n');
  });

  it.each([
    [
      'solve broken.txt --format jsp',
      'broken.txt: Line 3: expected 4 numbers (2 pairs of machine and duration), found 3.',
    ],
    ['solve nothing.json --format json', 'nothing.json: Line 1: expected JSON'],
    ['solve missing.txt --format jsp', 'missing.txt cannot be read: no such file'],
    ['solve shop.txt --format xml', '--format must be one of jsp, fjsp, fjsp-w, json, not “xml”.'],
    ['solve shop.txt --format jsp --seconds soon', '--seconds must be a number such as 5 or 0.5.'],
    ['solve shop.txt --format jsp --quick', 'There is no option --quick.'],
    ['dance shop.txt', 'There is no command “dance”.'],
    ['check shop.txt', 'check needs a file and a schedule.'],
  ])('refuses “%s” in words', async (words, message) => {
    const { code, out, err } = await run(words);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});
