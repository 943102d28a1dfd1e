/** A program that runs once during the start, into a log of its own: the migrations, the demo story. */
import { spawn } from 'node:child_process';
import { closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError, openLog, tailOf, writeRunFile } from '../embedded/process.mjs';
import { say } from './terminal.mjs';

/** Short steps need no line of their own; one that takes longer says that it is at work. */
const PATIENCE_MS = 3_000;

/**
 * @param {{ name: string, script: string, label: string, root: string, dataDir: string, env: NodeJS.ProcessEnv }} what
 * @returns {{ done: Promise<void>, abort: () => void }}
 */
export function runOnce({ name, script, label, root, dataDir, env }) {
  const logFile = join(dataDir, 'logs', `${name}.log`);
  const runFile = join(dataDir, 'run', `${name}.json`);
  const output = openLog(logFile);
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  if (child.pid) writeRunFile(runFile, child.pid);
  const begun = Date.now();
  const ticks = setInterval(
    () => say(`${label} … ${Math.round((Date.now() - begun) / 1000)} s`),
    PATIENCE_MS,
  );
  const abort = () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  };
  const done = new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ what) =>
      reject(new LauncherError(`${label} failed (${what}). The log (${logFile}) ends:\n${tailOf(logFile)}`));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => (code === 0 ? resolve(undefined) : fail(signal ?? `code ${code}`)));
  });
  const ended = done.finally(() => {
    clearInterval(ticks);
    rmSync(runFile, { force: true });
  });
  return { done: /** @type {Promise<void>} */ (ended), abort };
}
