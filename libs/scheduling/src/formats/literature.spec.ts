import { describe, expect, it } from '@jest/globals';
import { parseFjsp, parseFjspW, parseJsp } from './literature.js';
import { guessFormat } from './read-problem.js';
import { parseProblemJson } from './problem-json.js';

describe('the job shop format', () => {
  it('reads machines, durations and the order of each job', () => {
    const problem = parseJsp('2 2\n0 3 1 2\n1 4 0 1\n');
    expect(problem.operations).toEqual([
      { job: 0, alternatives: [{ machine: 0, duration: 3 }] },
      { job: 0, alternatives: [{ machine: 1, duration: 2 }], after: [{ operation: 0 }] },
      { job: 1, alternatives: [{ machine: 1, duration: 4 }] },
      { job: 1, alternatives: [{ machine: 0, duration: 1 }], after: [{ operation: 2 }] },
    ]);
    expect(problem.machines).toHaveLength(2);
  });

  it('bears tabs, comments, empty lines and Windows line ends', () => {
    expect(parseJsp('# a shop\r\n\r\n1\t2 \r\n 0 3\t1 2\r\n\r\n').operations).toHaveLength(2);
  });

  it.each([
    ['', 'Line 1: expected the number of jobs, the number of machines, found an empty file.'],
    ['2\n', 'Line 1: expected the number of machines, found the end of the line.'],
    ['0 2\n', 'Line 1: expected the number of jobs (a whole number from 1 on), found 0.'],
    ['1 2\n0 3 1\n', 'Line 2: expected 4 numbers (2 pairs of machine and duration), found 3.'],
    ['1 2\n0 3 2 1\n', 'Line 2: expected a machine from 0 to 1, found 2.'],
    ['1 2\n0 x 1 1\n', 'Line 2: expected numbers of zero or more, with blanks between them, found “x”.'],
    ['1 2\n0 -3 1 1\n', 'Line 2: expected numbers of zero or more, with blanks between them, found “-3”.'],
    ['1 2\n0 1.5 1 1\n', 'Line 2: expected a duration (a whole number from 0 on), found 1.5.'],
    ['2 1\n0 3\n', 'Line 3: expected a line for job 1 of 2 (from 0), found the end of the file.'],
    ['1 1\n0 3\n0 3\n', 'Line 3: expected the end of the file after 1 jobs, found another line.'],
  ])('refuses %j with the line and what was expected', (text, message) => {
    expect(() => parseJsp(text)).toThrow(message);
  });
});

describe('the flexible format', () => {
  it('tells by the smallest index whether machines count from 0 or 1', () => {
    const fromOne = parseFjsp('1 2 1.5\n2 1 1 5 2 1 3 2 4\n');
    expect(parseFjsp('1 2\n2 1 0 5 2 0 3 1 4\n').operations).toEqual(fromOne.operations);
    expect(fromOne.operations[1]!.alternatives).toEqual([
      { machine: 0, duration: 3 },
      { machine: 1, duration: 4 },
    ]);
  });

  it.each([
    ['1 2\n2 1 0 5 2 0 3 1\n', 'Line 2: expected a duration, found the end of the line.'],
    ['1 2\n1 1 0 5 7\n', 'Line 2: expected the end of the line after 1 operations, found 1 more.'],
    [
      '1 2\n1 0\n',
      'Line 2: expected the number of machines for operation 0 (from 0) of job 0 (a whole number from 1 on), found 0.',
    ],
    ['1 2\n1 1 3 5\n', 'Line 2: expected a machine from 1 to 2, found 3.'],
  ])('refuses %j with the line and what was expected', (text, message) => {
    expect(() => parseFjsp(text)).toThrow(message);
  });
});

describe('the format with workers', () => {
  const text = '2 2 2\n2 1 1 2 1 3 2 2 1 2 1 2 2\n1 2 1 1 2 3 2 2 1 4 2 2\n';

  it('reads the workers of each machine', () => {
    const problem = parseFjspW(text);
    expect(problem.operations[0]!.alternatives).toEqual([
      {
        machine: 0,
        duration: 3,
        makers: [
          { maker: 0, duration: 3 },
          { maker: 1, duration: 2 },
        ],
      },
    ]);
    expect(problem.makers).toHaveLength(2);
  });

  it('is told apart from the others', () => {
    expect(guessFormat(text)).toBe('fjsp-w');
    expect(guessFormat('1 1\n0 3\n')).toBe('jsp');
    expect(guessFormat('1 2\n1 2 0 3 1 4\n')).toBe('fjsp');
    expect(guessFormat(' {"jobs": []}')).toBe('json');
  });

  it('refuses a worker that there is not', () => {
    expect(() => parseFjspW('1 1 1\n1 1 1 1 2 5\n')).toThrow(
      'Line 2: expected a worker from 1 to 1, found 2.',
    );
  });
});

describe('problems in JSON', () => {
  it('names the line of what is not JSON, and the field of what is not a problem', () => {
    expect(() => parseProblemJson('{\n "jobs": [],\n oops }')).toThrow(/^Line 3: expected JSON/);
    expect(() => parseProblemJson('{"jobs": 3}')).toThrow('jobs: expected a list of objects.');
    const problem = {
      jobs: [{}],
      machines: [{}],
      operations: [{ job: 0, alternatives: [{ machine: 1, duration: 2 }] }],
    };
    expect(() => parseProblemJson(JSON.stringify(problem))).toThrow(
      'operations.0.alternatives.0.machine names machine 1, but there are 1, counted from 0.',
    );
  });
});
