import { DomainError } from '#kernel';
import type { Problem } from '../domain/problem.js';
import { parseFjsp, parseFjspW, parseJsp } from './literature.js';
import { parseProblemJson } from './problem-json.js';

/** The formats that problems are read from, by name. */
export const FORMATS = {
  jsp: parseJsp,
  fjsp: parseFjsp,
  'fjsp-w': parseFjspW,
  json: parseProblemJson,
} as const;

export type Format = keyof typeof FORMATS;

export function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** Reads a problem in a format. @throws DomainError BAD_INPUT with the line and what was expected */
export function readProblem(text: string, format: Format): Problem {
  return FORMATS[format](text);
}

/** The first format that the text can be read in; a text of none is refused. */
export function guessFormat(text: string): Format {
  if (/^\s*[{[]/.test(text)) return 'json';
  for (const format of ['jsp', 'fjsp', 'fjsp-w'] as const)
    try {
      FORMATS[format](text);
      return format;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  throw new DomainError(
    'BAD_INPUT',
    'The file is in none of the known formats; say which one with --format.',
  );
}
