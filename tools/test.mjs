/**
 * `npm test`: sets up, then every stage from formatting to the browser, one line each, stopping at the
 * first that fails. `npm test -- <arguments>` hands them to Jest and runs nothing else.
 */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LauncherError } from './embedded/process.mjs';
import { abortSteps, tryStep } from './launcher/step.mjs';
import { npmCommand, setUp } from './setup.mjs';
import { runJest, stopJest } from './testing/jest.mjs';
import { removeLeftovers } from './testing/leftovers.mjs';
import { readSkipped, summaryLine } from './testing/summary.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Stages in one row run side by side: two cores, and none of them needs the other's result.
 * @type {{ label: string, script: string }[][]}
 */
const ROWS = [
  [
    { label: 'format', script: 'format:check' },
    { label: 'boundaries', script: 'boundaries' },
  ],
  [
    { label: 'lint', script: 'lint' },
    { label: 'types', script: 'types' },
  ],
  [
    { label: 'types of the web app', script: 'types:web' },
    { label: 'schema up to date', script: 'schema:check' },
  ],
];

/** Where Jest and its servers keep what they need for a run. */
let scratch = '';

const say = (/** @type {string} */ line) => console.log(line);

async function staticStages() {
  for (const row of ROWS) {
    const results = await Promise.all(
      row.map(async ({ label, script }) => {
        const step = { label, root, log: say, quiet: true, ...npmCommand(['run', '--silent', script]) };
        return { label, ...(await tryStep(step)) };
      }),
    );
    for (const { label, code, seconds } of results) {
      say(`${code === 0 ? '✓' : '✗'} ${label.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s`);
    }
    const failed = results.filter(({ code }) => code !== 0);
    for (const { label, output } of failed) console.error(`\n— ${label} —\n${output.trimEnd()}\n`);
    if (failed.length > 0)
      throw new LauncherError(`Stopped: ${failed.map(({ label }) => label).join(', ')} failed.`);
  }
}

/** @param {string[]} jestArguments */
async function main(jestArguments) {
  const begun = Date.now();
  await setUp({ root, log: say });
  if (jestArguments.length === 0) await staticStages();
  scratch = mkdtempSync(join(tmpdir(), 'commonwright-npm-test-'));
  try {
    const skipFile = join(scratch, 'skipped');
    const resultFile = join(scratch, 'results.json');
    const code = await runJest({ root, args: jestArguments, scratch, skipFile, resultFile });
    const skipped = readSkipped(skipFile);
    for (const { count, reason } of skipped) say(`Skipped ${count}: ${reason}`);
    const results = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
    const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
    say(`All together ${minutes} min.`);
    if (process.env['CI'] === 'true' && skipped.some(({ isData }) => !isData)) {
      say('Under CI nothing may be skipped for want of a program.');
      say(summaryLine(results, skipped));
      return 1;
    }
    say(summaryLine(results, skipped));
    return code;
  } finally {
    await removeLeftovers(scratch);
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    abortSteps();
    // Jest dies of a signal without its global teardown, so its servers are stopped from here.
    void stopJest()
      .then(() => (scratch ? removeLeftovers(scratch) : undefined))
      .finally(() => process.exit(130));
  });
}

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof LauncherError ? error.message : error);
  process.exit(1);
}
