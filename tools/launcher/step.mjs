/** One command that has to succeed, told in calm lines: its output is shown only when it fails. */
import { spawn } from 'node:child_process';
import { LauncherError } from '../embedded/process.mjs';

/** A long step says that it is alive this often. */
const TICK_MS = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Stops what a step started, whole groups at a time. */
export function abortSteps() {
  for (const child of running) {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended by itself in this moment.
    }
  }
}

process.on('exit', abortSteps);

/**
 * @typedef {{ label: string, root: string, command: string, args: string[], log: (line: string) => void,
 *   env?: NodeJS.ProcessEnv, quiet?: boolean }} Step
 */

/**
 * @param {Step} step
 * @returns {Promise<{ code: number, output: string, seconds: number }>}
 */
export function tryStep({ label, root, command, args, log, env = process.env, quiet = false }) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 100) / 10;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const ticks = setInterval(() => log(`${label} … ${Math.round(seconds())} s`), TICK_MS);
    if (!quiet) log(`${label} …`);
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    const end = (/** @type {number} */ code, more = '') => {
      clearInterval(ticks);
      running.delete(child);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + more, seconds: seconds() });
    };
    child.once('error', (error) => end(127, error.message));
    child.once('close', (code) => end(code ?? 1));
  });
}

/** @param {Step} step */
export async function runStep(step) {
  const { code, output, seconds } = await tryStep(step);
  if (code !== 0) {
    throw new LauncherError(
      `${output.trimEnd()}\n\n${step.label} failed (${step.command} ended with code ${code}).`,
    );
  }
  step.log(`${step.label}: done in ${seconds} s.`);
}
