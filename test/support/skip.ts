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
  const file = process.env['COMMONWRIGHT_SKIP_FILE'];
  if (file) appendFileSync(file, `${count}\t${reason.replaceAll(/\s+/g, ' ')}\n`);
}
