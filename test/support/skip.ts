import { appendFileSync } from 'node:fs';

/**
 * Says why tests are skipped, so that `npm test` can print it at its end. Under CI nothing may be
 * missing: there this throws, and the tests fail.
 *
 * @param reason a sentence about what is missing, as a person can act on it
 * @param count how many tests are skipped for it
 */
export function noteSkipped(reason: string, count = 1): void {
  if (process.env['CI'] === 'true') throw new Error(`Under CI nothing is skipped, but: ${reason}`);
  append(`${count}\t${reason.replaceAll(/\s+/g, ' ')}`);
}

/**
 * The same for data that a clone of the repository alone does not have, such as the literature's instances: it is
 * counted everywhere, and is no failure under CI, for no step of a build could fetch it.
 */
export function noteAbsentData(reason: string, count: number): void {
  append(`${count}\t${reason}\tdata`);
}

function append(line: string): void {
  const file = process.env['COMMONWRIGHT_SKIP_FILE'];
  if (file) appendFileSync(file, `${line}\n`);
}
