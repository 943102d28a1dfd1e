/** Jest in ESM mode, as a child of `npm test`: its own output goes straight to the terminal. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** @type {import('node:child_process').ChildProcess | undefined} */
let current;

/** @returns {Promise<void>} once Jest has ended */
export async function stopJest() {
  const child = current;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

/**
 * @param {{ root: string, args: string[], scratch: string, skipFile: string, resultFile: string }} options
 * @returns {Promise<number>} Jest's exit code
 */
export function runJest({ root, args, scratch, skipFile, resultFile }) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const ci = process.env['CI'] === 'true' ? ['--ci'] : [];
  const words = [
    jest,
    '--config',
    'jest.config.json',
    '--json',
    `--outputFile=${resultFile}`,
    ...ci,
    // Tests wait for servers much of the time, so two cores carry two workers, where Jest would take one.
    ...(args.some((each) => /^(-w|-i|--maxWorkers|--runInBand)/.test(each))
      ? []
      : [`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`]),
    ...args,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        NODE_OPTIONS:
          `${process.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
        COMMONWRIGHT_SKIP_FILE: skipFile,
        // Whatever the tests leave behind, servers too, lies where it can be found: see leftovers.mjs.
        TMPDIR: scratch,
      },
      // Nobody answers questions here, and some runners close standard input altogether.
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current = child;
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
