/** `npm run schedule`: sets up what is missing, then runs the planner's command line. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LauncherError } from './embedded/process.mjs';
import { setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

try {
  // Progress goes to standard error: standard output belongs to the schedule.
  await setUp({ root, log: (/** @type {string} */ line) => console.error(line), parts: ['server'] });
  await import(pathToFileURL(join(root, 'dist/apps/schedule/src/main.js')).href);
} catch (error) {
  console.error(error instanceof LauncherError ? error.message : error);
  process.exitCode = 1;
}
