/** `npm run verify -- <address>`: sets up what is missing, then runs the very script that instances offer for download. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LauncherError } from './embedded/process.mjs';
import { setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

try {
  await setUp({ root, log: (/** @type {string} */ line) => console.error(line), parts: ['server'] });
  await import(pathToFileURL(join(root, 'dist/verify/verify.mjs')).href);
} catch (error) {
  console.error(error instanceof LauncherError ? error.message : error);
  process.exitCode = 2;
}
