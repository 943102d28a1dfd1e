import { DomainError } from '#kernel';
import type { Placement, Problem } from '../domain/problem.js';
import { parseJson } from './problem-json.js';

/** One operation of a printed schedule: `operation` counts within its job, in the file's order. */
export interface ScheduleRow {
  readonly job: number;
  readonly operation: number;
  readonly machine: number;
  readonly worker?: number;
  readonly start: number;
  readonly end: number;
}

/** The rows of a plan. Workers are left out where the format has none (identical operators). */
export function toRows(problem: Problem, placements: readonly Placement[], workers: boolean): ScheduleRow[] {
  const places = placesInJobs(problem);
  return placements.map(({ operation, machine, maker, start, end }) => {
    const job = problem.operations[operation]!.job;
    const row = { job, operation: places[operation]!, machine };
    return workers && maker !== undefined ? { ...row, worker: maker, start, end } : { ...row, start, end };
  });
}

/**
 * Reads a schedule: what `solve` prints, or its list alone.
 *
 * @throws DomainError BAD_INPUT for what is not a schedule of this problem
 */
export function parseSchedule(problem: Problem, text: string): Placement[] {
  const value = parseJson(text) as { schedule?: unknown } | null;
  const rows: unknown = Array.isArray(value) ? value : value?.schedule;
  if (!Array.isArray(rows))
    throw refuse('schedule', 'Expected a list of operations, or an object with it as “schedule”.');
  const places = placesInJobs(problem);
  const byName = new Map(problem.operations.map((each, index) => [`${each.job}/${places[index]}`, index]));
  return rows.map((row: unknown, index) => toPlacement(row as Partial<ScheduleRow> | null, index, byName));
}

function toPlacement(
  row: Partial<ScheduleRow> | null,
  index: number,
  byName: ReadonlyMap<string, number>,
): Placement {
  const field = `schedule.${index}`;
  for (const name of ['job', 'operation', 'machine', 'start', 'end'] as const)
    if (!Number.isInteger(row?.[name]))
      throw refuse(`${field}.${name}`, `${field} needs a whole number as “${name}”.`);
  const { job, operation, machine, start, end, worker } = row as ScheduleRow;
  const found = byName.get(`${job}/${operation}`);
  if (found === undefined)
    throw refuse(field, `${field}: the problem has no operation ${operation} in job ${job}.`);
  if (worker !== undefined && worker !== null && !Number.isInteger(worker))
    throw refuse(`${field}.worker`, `${field} needs a whole number as “worker”, or none.`);
  return worker === undefined || worker === null
    ? { operation: found, machine, start, end }
    : { operation: found, machine, maker: worker, start, end };
}

function placesInJobs(problem: Problem): number[] {
  const next = new Array<number>(problem.jobs.length).fill(0);
  return problem.operations.map((each) => next[each.job]!++);
}

function refuse(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
