import { DomainError } from '#kernel';
import { assertProblem } from '../domain/validate.js';
import type { Problem } from '../domain/problem.js';
import { malformed } from './numbers.js';

/**
 * A problem in JSON: an object of the shape of `Problem`, all features included.
 *
 * @throws DomainError BAD_INPUT with the line (for what is not JSON) or the field (for what is not a problem)
 */
export function parseProblemJson(text: string): Problem {
  const value = parseJson(text);
  if (!isRecord(value)) throw malformed(1, 'an object with jobs, operations and machines', typeName(value));
  for (const field of ['jobs', 'operations', 'machines'] as const)
    if (!isListOfRecords(value[field])) throw wrongShape(field, 'a list of objects');
  if (value['makers'] !== undefined && !isListOfRecords(value['makers']))
    throw wrongShape('makers', 'a list of objects');
  for (const [kind, list] of [
    ['machines', value['machines']],
    ['makers', value['makers'] ?? []],
  ] as const)
    (list as Record<string, unknown>[]).forEach((each, place) =>
      optionalList(each, 'calendar', `${kind}.${place}`),
    );
  (value['operations'] as Record<string, unknown>[]).forEach(checkOperationShape);
  const setups = value['setups'];
  if (setups !== undefined && !(Array.isArray(setups) && setups.every((row) => Array.isArray(row))))
    throw wrongShape('setups', 'a list of lists of numbers');
  const published = value['published'];
  if (published !== undefined && !(isRecord(published) && isListOfRecords(published['placements'])))
    throw wrongShape('published', 'an object with a list of placements');
  checkTiers(value['tiers']);
  // Every list and object is where the type says; the numbers in them are checked one by one.
  const problem = value as unknown as Problem;
  assertProblem(problem);
  return problem;
}

const TIERS = ['promised', 'wished', 'disturbance', 'makespan', 'flow', 'setup'];

function checkTiers(tiers: unknown): void {
  if (tiers === undefined) return;
  const right =
    Array.isArray(tiers) && tiers.length > 0 && tiers.every((each) => TIERS.includes(each as string));
  if (!right) throw wrongShape('tiers', `a list of some of ${TIERS.join(', ')}`);
}

function checkOperationShape(operation: Record<string, unknown>, place: number): void {
  const field = `operations.${place}`;
  optionalList(operation, 'after', field);
  for (const part of ['frozen', 'pin'])
    if (operation[part] !== undefined && !isRecord(operation[part]))
      throw wrongShape(`${field}.${part}`, 'an object');
  if (operation['frozen'] !== undefined && operation['alternatives'] === undefined)
    operation['alternatives'] = [];
  if (!isListOfRecords(operation['alternatives']))
    throw wrongShape(`${field}.alternatives`, 'a list of objects');
  operation['alternatives'].forEach((each, number) =>
    optionalList(each, 'makers', `${field}.alternatives.${number}`),
  );
}

function optionalList(owner: Record<string, unknown>, name: string, field: string): void {
  if (owner[name] !== undefined && !isListOfRecords(owner[name]))
    throw wrongShape(`${field}.${name}`, 'a list of objects');
}

/** Parses JSON; the engine's complaint about a place is turned into a line. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? text : text.slice(0, Number(position));
    throw malformed(before.split('\n').length, 'JSON', `something else (${message})`);
  }
}

function wrongShape(field: string, expected: string): DomainError {
  return DomainError.badInput([{ field, message: `${field}: expected ${expected}.` }]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isRecord);
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
}
