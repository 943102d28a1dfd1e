/**
 * The API or the worker as a child: in a group of its own, so that Ctrl-C reaches only the launcher; with
 * an IPC channel, so that it notices when the launcher dies; started again when it ends unexpectedly.
 */
import { spawn } from 'node:child_process';
import { closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  LauncherError,
  isAlive,
  openLog,
  readRunFile,
  stopProcess,
  tailOf,
  writeRunFile,
} from '../embedded/process.mjs';
import { backOff } from './keeper.mjs';

/** The children promise to end within ten seconds of SIGTERM. */
/** @type {[NodeJS.Signals, number][]} */
const STOP_SIGNALS = [
  ['SIGTERM', 12_000],
  ['SIGKILL', 2_000],
];

const READY_TIMEOUT_MS = 60_000;

/**
 * @typedef {{ name: string, script: string, cwd: string, dataDir: string, env: () => NodeJS.ProcessEnv,
 *   log: (line: string) => void, onGivenUp: (message: string) => void }} AppOptions
 */

export class AppProcess {
  /** @param {AppOptions} options */
  constructor(options) {
    this.options = options;
    this.stopping = false;
    this.patience = backOff();
    /** @type {import('../embedded/process.mjs').RunRecord | undefined} */
    this.record = undefined;
    /** @type {NodeJS.Timeout | undefined} */
    this.timer = undefined;
  }

  get logFile() {
    return join(this.options.dataDir, 'logs', `${this.options.name}.log`);
  }

  get runFile() {
    return join(this.options.dataDir, 'run', `${this.options.name}.json`);
  }

  /**
   * @returns {Promise<void>} once the child says that it is ready; rejects with its last words otherwise
   */
  start() {
    const { name, script, cwd, env } = this.options;
    const output = openLog(this.logFile);
    const child = spawn(process.execPath, [script], {
      cwd,
      env: env(),
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    if (child.pid) this.record = writeRunFile(this.runFile, child.pid);
    return new Promise((resolve, reject) => {
      let ready = false;
      const fail = (/** @type {string} */ what) => {
        clearTimeout(timeout);
        reject(
          new LauncherError(`The ${name} ${what}. Its log (${this.logFile}) ends:\n${tailOf(this.logFile)}`),
        );
      };
      const timeout = setTimeout(
        () => fail(`was not ready after ${READY_TIMEOUT_MS / 1000} s`),
        READY_TIMEOUT_MS,
      );
      child.on('message', (message) => {
        if (/** @type {{ type?: string } | null} */ (message)?.type !== 'ready') return;
        ready = true;
        clearTimeout(timeout);
        this.patience.succeeded();
        resolve();
      });
      child.once('error', (error) => fail(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) => {
        if (!ready) fail(`ended before it was ready (${signal ?? `code ${code}`})`);
        else if (!this.stopping) this.revive(signal ?? `code ${code}`);
      });
    });
  }

  /** @param {string} what */
  revive(what) {
    const { name, log, onGivenUp } = this.options;
    const delayMs = this.patience.next();
    if (delayMs === undefined) {
      onGivenUp(
        `The ${name} keeps failing (${what}). Its log (${this.logFile}) ends:\n${tailOf(this.logFile)}`,
      );
      return;
    }
    log(`The ${name} ended unexpectedly (${what}); starting it again in ${delayMs / 1000} s.`);
    this.timer = setTimeout(() => {
      if (this.stopping) return;
      this.start().then(
        () => log(`The ${name} is up again.`),
        (/** @type {Error} */ error) => {
          // A child that hangs without becoming ready must not run beside its successor.
          if (!this.stopping)
            void this.kill().then(() => this.revive(error.message.split('\n')[0] ?? 'unknown'));
        },
      );
    }, delayMs);
  }

  async kill() {
    if (this.record && isAlive(this.record))
      await stopProcess(this.record, { signals: STOP_SIGNALS, group: true });
  }

  async stop() {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.kill();
    rmSync(this.runFile, { force: true });
  }

  /** Stops and starts, for when the address of a server it uses has changed. */
  async restart() {
    await this.stop();
    this.stopping = false;
    await this.start();
  }
}

/**
 * Stops the child of a launcher that was killed, should it not have noticed by itself.
 * @param {string} dataDir
 * @param {string} name
 */
export async function stopOrphanedApp(dataDir, name) {
  const file = join(dataDir, 'run', `${name}.json`);
  const record = readRunFile(file);
  if (!record || !isAlive(record)) return false;
  await stopProcess(record, { signals: STOP_SIGNALS, group: true });
  rmSync(file, { force: true });
  return true;
}
