import { DomainError } from '#kernel';

/** A file that does not have its format: the line (from 1) and what was expected there. */
export function malformed(line: number, expected: string, found: string): DomainError {
  const message = `Line ${line}: expected ${expected}, found ${found}.`;
  return new DomainError('BAD_INPUT', message, {
    line,
    expected,
    problems: [{ field: `line ${line}`, message }],
  });
}

/** One line of numbers, read from left to right. */
export class NumberLine {
  private place = 0;

  constructor(
    readonly line: number,
    readonly numbers: readonly number[],
  ) {}

  get left(): number {
    return this.numbers.length - this.place;
  }

  /** The next number, a whole one from `min` on. */
  take(what: string, min = 0): number {
    if (this.left === 0) throw malformed(this.line, what, 'the end of the line');
    const value = this.numbers[this.place++]!;
    if (!Number.isInteger(value) || value < min || value > 1_000_000_000)
      throw malformed(this.line, `${what} (a whole number from ${min} on)`, String(value));
    return value;
  }

  finish(what: string): void {
    if (this.left > 0) throw malformed(this.line, `the end of the line after ${what}`, `${this.left} more`);
  }
}

/** Splits a file into its lines of numbers. Empty lines and those that begin with # do not count. */
export function numberLines(text: string): NumberLine[] {
  const lines: NumberLine[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((content, index) => {
      const trimmed = content.trim();
      if (trimmed === '' || trimmed.startsWith('#')) return;
      const numbers = trimmed.split(/\s+/).map((word) => {
        if (!/^\d{1,15}(\.\d+)?$/.test(word))
          throw malformed(
            index + 1,
            'numbers of zero or more, with blanks between them',
            `“${word.slice(0, 40)}”`,
          );
        return Number(word);
      });
      lines.push(new NumberLine(index + 1, numbers));
    });
  return lines;
}

/** The number of the line after the last one, for what is missing at the end of a file. */
export function endLine(lines: readonly NumberLine[]): number {
  return (lines.at(-1)?.line ?? 0) + 1;
}

/** The lines of the jobs after the first line: as many as it says. */
export function jobLines(lines: readonly NumberLine[], jobs: number): readonly NumberLine[] {
  const rest = lines.slice(1);
  if (rest.length < jobs)
    throw malformed(
      endLine(lines),
      `a line for job ${rest.length} of ${jobs} (from 0)`,
      'the end of the file',
    );
  if (rest.length > jobs)
    throw malformed(rest[jobs]!.line, `the end of the file after ${jobs} jobs`, 'another line');
  return rest;
}
