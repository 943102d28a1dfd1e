import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../embedded/network.mjs';

const START_MILLISECONDS_MAX = 60_000;

/** One API or worker process, started again whenever it ends: what a service manager does. */
export class Kept {
  /**
   * @param {string} name
   * @param {string} module
   * @param {NodeJS.ProcessEnv} env
   * @param {string[]} execArgv
   */
  constructor(name, module, env, execArgv) {
    this.name = name;
    this.module = module;
    this.env = env;
    this.execArgv = execArgv;
    this.isStopping = false;
    this.isReady = false;
    /** @type {import('node:child_process').ChildProcess | undefined} */
    this.child = undefined;
  }

  /** Starts it, and goes on starting it. @returns {Promise<void>} once it said that it is ready */
  async start() {
    this.spawn();
    const deadline = Date.now() + START_MILLISECONDS_MAX;
    while (!this.isReady) {
      if (Date.now() > deadline) throw new Error(`${this.name} did not start.`);
      await sleep(50);
    }
  }

  spawn() {
    this.isReady = false;
    const child = fork(this.module, [], {
      env: this.env,
      execArgv: this.execArgv,
      stdio: ['ignore', 'ignore', process.env['CHAOS_VERBOSE'] ? 'inherit' : 'ignore', 'ipc'],
    });
    this.child = child;
    child.on('message', (/** @type {{ type?: string }} */ message) => {
      if (message.type === 'ready') this.isReady = true;
    });
    child.once('exit', () => {
      this.isReady = false;
      if (!this.isStopping) setTimeout(() => !this.isStopping && this.spawn(), 100);
    });
  }

  /** @param {NodeJS.Signals} signal */
  signal(signal) {
    this.child?.kill(signal);
  }

  async stop() {
    this.isStopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(5000)]);
    child.kill('SIGKILL');
  }
}

/** @param {NodeJS.ProcessEnv} env @param {string} root @param {string} name @param {string[]} execArgv */
export async function makeApi(env, root, name, execArgv) {
  const port = await freePort('127.0.0.1', undefined);
  const api = new Kept(name, `${root}/dist/apps/api/src/main.js`, { ...env, PORT: String(port) }, execArgv);
  return { process: api, url: `http://127.0.0.1:${port}` };
}
