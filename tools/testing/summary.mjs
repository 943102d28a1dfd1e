/** What `npm test` says at its end: what was skipped and why, and the count of everything. */
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ count: number, reason: string, isData: boolean }} Skipped `isData`: for want of data, not of a program */

/**
 * Test files append lines of the form `<count><tab><reason>[<tab>data]`; the same reason from several files is one.
 * @param {string} file
 * @returns {Skipped[]}
 */
export function readSkipped(file) {
  if (!existsSync(file)) return [];
  /** @type {Map<string, Skipped>} */
  const noted = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const [count = '1', reason = 'no reason given', kind] = line.split('\t');
    const before = noted.get(reason)?.count ?? 0;
    noted.set(reason, { count: before + Number(count), reason, isData: kind === 'data' });
  }
  return [...noted.values()];
}

/**
 * Jest counts skipped cases too; a suite that noted a reason without `it.skip` is counted by its note.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   numRuntimeErrorTestSuites: number } | undefined} results undefined when Jest did not get that far
 * @param {Skipped[]} skipped
 */
export function summaryLine(results, skipped) {
  const noted = skipped.reduce((sum, { count }) => sum + count, 0);
  const byJest = results ? results.numPendingTests + results.numTodoTests : 0;
  // A file that could not even be loaded holds no failed test, and is a failure all the same.
  const failed = results ? results.numFailedTests + results.numRuntimeErrorTestSuites : 1;
  return `${results?.numPassedTests ?? 0} passed, ${failed} failed, ${Math.max(noted, byJest)} skipped`;
}
