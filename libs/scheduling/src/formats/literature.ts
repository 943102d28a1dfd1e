import type { Alternative, Operation, Problem } from '../domain/problem.js';
import { jobLines, malformed, numberLines, type NumberLine } from './numbers.js';

/** An index as the file has it, with its line, until it is known whether the file counts from 0 or 1. */
interface Raw {
  readonly job: number;
  readonly line: number;
  readonly alternatives: readonly {
    readonly machine: number;
    readonly duration: number;
    readonly makers?: readonly { readonly maker: number; readonly duration: number }[];
  }[];
}

/**
 * Job shop, the format of Taillard and the OR-Library: `jobs machines`, then a line for each job with one pair `machine
 * duration` for each machine.
 *
 * @throws DomainError BAD_INPUT with the line and what was expected
 */
export function parseJsp(text: string): Problem {
  const lines = numberLines(text);
  const [jobs, machines] = header(lines, ['the number of jobs', 'the number of machines'], 0);
  const raw: Raw[] = [];
  jobLines(lines, jobs!).forEach((line, job) => {
    if (line.left !== 2 * machines!)
      throw malformed(
        line.line,
        `${2 * machines!} numbers (${machines} pairs of machine and duration)`,
        String(line.left),
      );
    while (line.left > 0) {
      const machine = line.take('a machine');
      raw.push({ job, line: line.line, alternatives: [{ machine, duration: line.take('a duration') }] });
    }
  });
  return assemble(raw, jobs!, machines!, 0);
}

/**
 * Flexible job shop, the format of Brandimarte and Hurink: `jobs machines [average alternatives]`, then for each job the
 * number of operations, and for each operation the number of alternatives and that many pairs `machine duration`.
 *
 * @throws DomainError BAD_INPUT with the line and what was expected
 */
export function parseFjsp(text: string): Problem {
  const lines = numberLines(text);
  const [jobs, machines] = header(lines, ['the number of jobs', 'the number of machines'], 1);
  const raw = flexible(jobLines(lines, jobs!), (line) => {
    const machine = line.take('a machine');
    return { machine, duration: line.take('a duration') };
  });
  return assemble(raw, jobs!, machines!, 0);
}

/**
 * Flexible job shop with workers: `jobs machines workers`, then as `parseFjsp`, but an alternative is `machine n` and n pairs
 * `worker duration`.
 *
 * @throws DomainError BAD_INPUT with the line and what was expected
 */
export function parseFjspW(text: string): Problem {
  const lines = numberLines(text);
  const [jobs, machines, workers] = header(
    lines,
    ['the number of jobs', 'the number of machines', 'the number of workers'],
    1,
  );
  const raw = flexible(jobLines(lines, jobs!), (line) => {
    const machine = line.take('a machine');
    const count = line.take('the number of workers for the machine', 1);
    const makers = Array.from({ length: count }, () => {
      const maker = line.take('a worker');
      return { maker, duration: line.take('a duration') };
    });
    return { machine, duration: makers[0]!.duration, makers };
  });
  return assemble(raw, jobs!, machines!, workers!);
}

function header(lines: readonly NumberLine[], what: readonly string[], optional: number): number[] {
  const first = lines[0];
  if (!first) throw malformed(1, `${what.join(', ')}`, 'an empty file');
  const values = what.map((each) => first.take(each, 1));
  if (first.left > optional) first.finish(what.join(', '));
  return values;
}

function flexible(
  lines: readonly NumberLine[],
  alternative: (line: NumberLine) => Raw['alternatives'][number],
): Raw[] {
  const raw: Raw[] = [];
  lines.forEach((line, job) => {
    const operations = line.take('the number of operations', 1);
    for (let each = 0; each < operations; each++) {
      const count = line.take(`the number of machines for operation ${each} (from 0) of job ${job}`, 1);
      const alternatives = Array.from({ length: count }, () => alternative(line));
      raw.push({ job, line: line.line, alternatives });
    }
    line.finish(`${operations} operations`);
  });
  return raw;
}

/** Files count machines and workers from 0 or from 1; the smallest index tells which. */
function assemble(raw: readonly Raw[], jobs: number, machines: number, workers: number): Problem {
  let firstMachine = 1;
  let firstWorker = 1;
  for (const each of raw)
    for (const { machine, makers } of each.alternatives) {
      if (machine === 0) firstMachine = 0;
      for (const { maker } of makers ?? []) if (maker === 0) firstWorker = 0;
    }
  const place = (line: number, index: number, first: number, count: number, what: string): number => {
    if (index - first >= count)
      throw malformed(line, `a ${what} from ${first} to ${first + count - 1}`, String(index));
    return index - first;
  };
  const operations = raw.map((each, index): Operation => {
    const alternatives = each.alternatives.map((choice): Alternative => {
      const machine = place(each.line, choice.machine, firstMachine, machines, 'machine');
      if (!choice.makers) return { machine, duration: choice.duration };
      const makers = choice.makers.map(({ maker, duration }) => ({
        maker: place(each.line, maker, firstWorker, workers, 'worker'),
        duration,
      }));
      return { machine, duration: choice.duration, makers };
    });
    const follows = index > 0 && raw[index - 1]!.job === each.job;
    return follows
      ? { job: each.job, alternatives, after: [{ operation: index - 1 }] }
      : { job: each.job, alternatives };
  });
  return {
    jobs: Array.from({ length: jobs }, () => ({})),
    operations,
    machines: Array.from({ length: machines }, () => ({})),
    ...(workers > 0 ? { makers: Array.from({ length: workers }, () => ({})) } : {}),
    tiers: ['makespan'],
  };
}

/** The same shop, in which every operation also holds one of `operators` identical operators for its whole duration. */
export function withOperators(problem: Problem, operators: number): Problem {
  const choices = Array.from({ length: operators }, (_, maker) => ({ maker }));
  return {
    ...problem,
    makers: choices.map(() => ({})),
    operations: problem.operations.map((operation) => ({
      ...operation,
      alternatives: operation.alternatives.map((each) => ({ ...each, makers: choices })),
    })),
  };
}
