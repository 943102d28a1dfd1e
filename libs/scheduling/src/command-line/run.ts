import { DomainError } from '#kernel';
import { checkOperators, checkPlan, type Verdict } from '../domain/checker.js';
import type { Placement, Problem } from '../domain/problem.js';
import { assertProblem } from '../domain/validate.js';
import { withOperators } from '../formats/literature.js';
import { guessFormat, readProblem } from '../formats/read-problem.js';
import { parseSchedule, toRows } from '../formats/schedule-json.js';
import { runPlan, type RunOptions, type RunResult } from '../runner/run-plan.js';
import { HELP, readArguments, type Arguments } from './arguments.js';

/** What the command line touches of the world outside. */
export interface Terminal {
  readFile(path: string): Promise<string>;
  out(text: string): void;
  err(text: string): void;
  /** Aborted when a person wants the best so far. */
  readonly signal: AbortSignal;
  readonly plan?: (problem: Problem, options: RunOptions) => Promise<RunResult>;
}

/** Seconds of search where neither seconds nor iterations are given. */
const SECONDS_DEFAULT = 5;

/** Runs one command; returns the exit code: 0 done, 1 refused. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const options = readArguments(words);
    switch (options.command) {
      case 'help':
        terminal.out(HELP);
        return 0;
      case 'solve':
        return await solve(options, terminal);
      case 'check':
        return await check(options, terminal);
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    terminal.err(`${error.message}\n`);
    return 1;
  }
}

async function load(options: Arguments, terminal: Terminal): Promise<Problem> {
  const path = options.files[0]!;
  const text = await read(path, terminal);
  try {
    const problem = readProblem(text, options.format ?? guessFormat(text));
    if (options.operators !== null && problem.makers?.length)
      throw new DomainError('BAD_INPUT', '--operators is for shops without workers; this file has its own.');
    assertProblem(problem);
    return problem;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `${path}: ${error.message}`, error.details);
  }
}

async function read(path: string, terminal: Terminal): Promise<string> {
  try {
    return await terminal.readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError('BAD_INPUT', `${path} cannot be read: ${reason}`);
  }
}

async function solve(options: Arguments, terminal: Terminal): Promise<number> {
  const problem = await load(options, terminal);
  // With as many operators as there are machines, nobody ever waits for one.
  const scarce = options.operators !== null && options.operators < problem.machines.length;
  const seconds = options.seconds ?? (options.iterations === null ? SECONDS_DEFAULT : null);
  const result = await (terminal.plan ?? runPlan)(
    scarce ? withOperators(problem, options.operators!) : problem,
    {
      seed: options.seed,
      threads: options.threads,
      signal: terminal.signal,
      ...(seconds === null ? {} : { seconds }),
      ...(options.iterations === null ? {} : { iterations: options.iterations }),
      onProgress: (progress) => {
        if (options.progress)
          terminal.err(
            `${progress.seconds.toFixed(2)} s: ${progress.objective.join(' ')} (bound ${progress.lowerBound})\n`,
          );
      },
    },
  );
  const verdict = judge(problem, result.placements, options.operators);
  if (!verdict.accepted)
    throw new Error(`The planner made a plan that its checker refuses: ${verdict.reason}`);
  print(problem, result, options, terminal);
  return 0;
}

/** The verdict on the problem as the file has it: operators are no makers there. */
function judge(problem: Problem, placements: readonly Placement[], operators: number | null): Verdict {
  if (operators === null) return checkPlan(problem, placements);
  const plain = placements.map(({ operation, machine, start, end }) => ({ operation, machine, start, end }));
  const verdict = checkPlan(problem, plain);
  return verdict.accepted ? checkOperators(plain, operators) : verdict;
}

function print(problem: Problem, result: RunResult, options: Arguments, terminal: Terminal): void {
  const rows = toRows(problem, result.placements, options.operators === null);
  const { makespan, lowerBound, seconds, iterations } = result;
  const tiers = problem.tiers ?? [];
  if (options.json) {
    const more = tiers.length === 1 && tiers[0] === 'makespan' ? {} : { objective: result.objective };
    terminal.out(
      `${JSON.stringify({ makespan, lowerBound, seconds, iterations, ...more, schedule: rows })}\n`,
    );
    return;
  }
  terminal.out(`makespan ${makespan}, lower bound ${lowerBound}, ${seconds} s, ${iterations} iterations\n`);
  terminal.out('  job  operation  machine  worker     start       end\n');
  for (const row of rows) {
    const cells = [row.job, row.operation, row.machine, row.worker ?? '', row.start, row.end].map(String);
    const widths = [5, 11, 9, 8, 10, 10];
    terminal.out(`${cells.map((cell, place) => cell.padStart(widths[place]!)).join('')}\n`);
  }
}

async function check(options: Arguments, terminal: Terminal): Promise<number> {
  const problem = await load(options, terminal);
  const placements = parseSchedule(problem, await read(options.files[1]!, terminal));
  const verdict = judge(problem, placements, options.operators);
  if (options.json) terminal.out(`${JSON.stringify(verdict)}\n`);
  else if (verdict.accepted) terminal.out(`accepted: makespan ${verdict.makespan}\n`);
  else terminal.err(`refused: ${verdict.reason}\n`);
  return verdict.accepted ? 0 : 1;
}
