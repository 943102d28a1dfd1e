/**
 * The parent of everything that `npm start` runs. It starts PostgreSQL and Redis side by side, migrates,
 * starts the API and the worker side by side, tells the story once, and stops all in the opposite order.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, portProblem } from '../embedded/network.mjs';
import { LauncherError, isAlive, readRunFile, takeLock } from '../embedded/process.mjs';
import { setUp } from '../setup.mjs';
import { AppProcess } from './app-process.mjs';
import { appEnvironment } from './environment.mjs';
import { runOnce } from './once.mjs';
import { Servers, stopOrphans } from './servers.mjs';
import { abortSteps } from './step.mjs';
import { markStory, storyState } from './story.mjs';
import { followLogs, say } from './terminal.mjs';

/** Thrown between two steps of a start that was asked to stop. */
class Stopped extends Error {}

export class Launcher {
  /** @param {import('./options.mjs').Options} options */
  constructor(options) {
    this.options = options;
    this.port = options.port;
    this.servers = new Servers(
      options,
      say,
      (message) => this.fail(message),
      () => void this.restartApps(),
    );
    /** @type {AppProcess[]} */
    this.apps = [];
    this.failed = false;
    this.stopRequested = false;
    this.settingUp = false;
    /** @type {() => void} */
    this.wake = () => undefined;
    /** @type {Promise<void>} resolves when a stop is asked for */
    this.stopWish = new Promise((resolve) => (this.wake = resolve));
    /** @type {(() => void)[]} what to abort at once when a stop is asked for during the start */
    this.aborts = [];
  }

  /** @returns {Promise<number>} the exit code, once nothing runs any more */
  async run() {
    const { dataDir } = this.options;
    const lock = this.takeDataDir();
    process.on('exit', lock.release);
    /** @type {unknown} */
    let failure;
    try {
      await this.start(lock);
      await this.stopWish;
    } catch (error) {
      // What fails because it is being stopped is no news.
      if (!this.stopRequested) failure = error;
    }
    await this.stopAll();
    if (failure !== undefined) throw failure;
    if (!this.failed) say(`Stopped. The data is in ${relative(process.cwd(), dataDir) || dataDir}.`);
    return this.failed ? 1 : 0;
  }

  takeDataDir() {
    const { dataDir } = this.options;
    try {
      // As root, PostgreSQL runs as another user, who has to pass through to its own directory.
      mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
      const lock = takeLock(join(dataDir, 'launcher.lock'));
      if (lock.held) return lock;
      const { pid, url } = lock.holder;
      throw new LauncherError(
        `Commonwright already runs on the data directory ${dataDir} (process ${pid}${url ? `, ${url}` : ''}).\n` +
          'Stop it first, or give this one another place: COMMONWRIGHT_DATA_DIR=./.data-2 PORT=4001 npm start',
      );
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
      throw new LauncherError(
        `The data directory ${dataDir} cannot be written (${code}). Name another: COMMONWRIGHT_DATA_DIR=<directory> npm start`,
      );
    }
  }

  /** @param {{ update: (more: Record<string, unknown>) => void }} lock */
  async start(lock) {
    const { root, dataDir, host, verbose } = this.options;
    await stopOrphans(dataDir, say);
    await this.choosePort();
    this.checkpoint();
    this.settingUp = true;
    await setUp({ root, log: say });
    this.settingUp = false;
    this.checkpoint();
    if (verbose) followLogs(join(dataDir, 'logs'));
    await this.servers.start();
    this.checkpoint();
    await this.once('migrate', 'dist/apps/api/src/migrate.js', 'Bringing the database up to date');
    await this.startApps();
    lock.update({ url: this.url });
    await this.tellStory();
    if (!['127.0.0.1', 'localhost'].includes(host))
      say(`Listening on ${host}: others on the network can reach it.`);
    say('Ctrl-C stops everything.');
    say(`Commonwright is ready at ${this.url}`);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  checkpoint() {
    if (this.stopRequested) throw new Stopped();
  }

  async choosePort() {
    const { host, port } = this.options;
    if (port === 0) this.port = await freePort(host);
    const problem = port === 0 ? undefined : await portProblem(port, host);
    if (problem === 'EADDRINUSE') {
      throw new LauncherError(
        `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port === 4000 ? 4001 : port + 1} npm start`,
      );
    }
    if (problem === 'EACCES')
      throw new LauncherError(`Port ${port} needs rights you do not have: PORT=4000 npm start`);
    if (problem)
      throw new LauncherError(
        `Nothing can listen on HOST=${host} (${problem}). For this machine alone, leave HOST out.`,
      );
  }

  env() {
    return appEnvironment(this.options, this.servers, this.port);
  }

  /**
   * @param {string} name
   * @param {string} script
   * @param {string} label
   * @param {NodeJS.ProcessEnv} [more]
   */
  async once(name, script, label, more = {}) {
    const { root, dataDir } = this.options;
    const { done, abort } = runOnce({
      name,
      script: join(root, script),
      label,
      root,
      dataDir,
      env: { ...this.env(), ...more },
    });
    this.aborts.push(abort);
    await done;
    this.checkpoint();
  }

  async startApps() {
    const { root, dataDir } = this.options;
    const make = (/** @type {string} */ name) =>
      new AppProcess({
        name,
        script: join(root, `dist/apps/${name}/src/main.js`),
        cwd: root,
        dataDir,
        env: () => this.env(),
        log: say,
        onGivenUp: (message) => this.fail(message),
      });
    this.apps = ['api', 'worker'].map(make);
    this.aborts.push(() => void Promise.all(this.apps.map((app) => app.stop())));
    await Promise.all(this.apps.map((app) => app.start()));
    this.checkpoint();
  }

  async restartApps() {
    say('The address of a server has changed; starting the api and the worker again.');
    try {
      for (const app of this.apps) if (!this.stopRequested) await app.restart();
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  async tellStory() {
    const { dataDir, empty } = this.options;
    if (this.servers.external.postgres || empty || storyState(dataDir) !== 'pending') return;
    markStory(dataDir, 'telling');
    try {
      await this.once('demo', 'dist/apps/demo/src/main.js', 'Telling the demo story', {
        DEMO_API_URL: this.url,
      });
    } catch (error) {
      if (this.stopRequested) throw error;
      throw new LauncherError(
        `${error instanceof Error ? error.message : error}\n\nThe demo story was told only in part. The next start throws this ` +
          'database away and tells it again; npm start -- --empty begins with an empty one instead.',
      );
    }
    markStory(dataDir, 'told');
  }

  /** @param {string} why */
  requestStop(why) {
    if (this.settingUp) {
      abortSteps();
      process.exit(130);
    }
    if (this.stopRequested) return;
    this.stopRequested = true;
    say(why === 'SIGINT' ? 'Stopping …' : `Stopping (${why}) …`);
    for (const abort of this.aborts) abort();
    this.wake();
  }

  /** @param {string} message */
  fail(message) {
    if (this.stopRequested || this.failed) return;
    this.failed = true;
    console.error(`\n${message}\n`);
    this.requestStop('it cannot go on');
  }

  async stopAll() {
    for (const app of this.apps) await this.stopOne(app.options.name, () => app.stop());
    await this.stopOne('redis', () => this.servers.stopRedis());
    await this.stopOne('postgres', () => this.servers.stopPostgres());
  }

  /**
   * One that does not stop must not keep the others from being stopped.
   * @param {string} name
   * @param {() => Promise<void>} stop
   */
  async stopOne(name, stop) {
    try {
      await stop();
    } catch (error) {
      this.failed = true;
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** The second Ctrl-C: nobody is asked any more. PostgreSQL recovers from this at its next start. */
  force() {
    say('Forced.');
    const run = join(this.options.dataDir, 'run');
    for (const file of readdirSync(run)) {
      const record = readRunFile(join(run, file));
      if (!record || !isAlive(record)) continue;
      const isPostgres = file.startsWith('postgres');
      process.kill(isPostgres ? record.pid : -record.pid, isPostgres ? 'SIGQUIT' : 'SIGKILL');
    }
    rmSync(join(this.options.dataDir, 'launcher.lock'), { force: true });
    void sleep(300).then(() => process.exit(130));
  }
}
