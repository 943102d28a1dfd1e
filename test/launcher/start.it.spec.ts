import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Trial } from './trial.js';

let trial: Trial;
beforeEach(() => {
  trial = new Trial();
});
afterEach(() => trial.remove());

const ask = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('npm start', () => {
  it('tells the story once, keeps the data, and leaves no process when it is stopped', async () => {
    const first = trial.start();
    expect(await ask(await first.ready())).toEqual({ told: 1, demo: 'true', queue: 'postgres' });
    expect(trial.running().sort()).toEqual(['api', 'postgres', 'worker']);
    expect(await first.signal('SIGINT')).toBe(0);
    expect(trial.running()).toEqual([]);

    const second = trial.start();
    expect(await ask(await second.ready())).toEqual({ told: 1, demo: 'true', queue: 'postgres' });
    expect(await second.signal('SIGTERM')).toBe(0);
    expect(trial.running()).toEqual([]);
  });

  it('begins empty with --empty, and never tells the story later', async () => {
    const first = trial.start(['--empty']);
    expect(await ask(await first.ready())).toMatchObject({ told: 0, demo: 'false' });
    await first.signal('SIGINT');
    const second = trial.start();
    expect(await ask(await second.ready())).toMatchObject({ told: 0, demo: 'false' });
  });

  it('throws a story half told away, and says so', async () => {
    const broken = trial.start([], { STORY_BREAKS: 'yes' });
    expect(await broken.ended()).toBe(1);
    expect(broken.output).toContain('the story broke');
    expect(broken.output).toContain('The next start throws this database away and tells it again');
    expect(trial.running()).toEqual([]);

    const next = trial.start();
    expect(await ask(await next.ready())).toMatchObject({ told: 1 });
    expect(next.output).toContain('The demo story was interrupted at an earlier start');
  });

  it('recovers from a kill -9 of itself', async () => {
    const first = trial.start();
    await first.ready();
    expect(await first.signal('SIGKILL')).toBe('SIGKILL');
    expect(trial.running()).toContain('postgres');

    const second = trial.start();
    expect(await ask(await second.ready())).toMatchObject({ told: 1 });
    expect(second.output).toMatch(/The last run was killed and left something behind; stopped: .*postgres/);
    await second.signal('SIGINT');
    expect(trial.running()).toEqual([]);
  });

  it('refuses a second start on the same data, and does no harm', async () => {
    const first = trial.start();
    const url = await first.ready();
    const second = trial.start();
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('Commonwright already runs on the data directory');
    expect(second.output).toContain(url);
    expect(await ask(url)).toMatchObject({ told: 1 });
  });

  it('starts the api and the database again when they die', async () => {
    const launch = trial.start();
    const url = await launch.ready();
    const postgres = trial.pidOf('postgres');
    process.kill(trial.pidOf('api'), 'SIGKILL');
    await launch.says('The api is up again.');
    process.kill(postgres, 'SIGKILL');
    await launch.says('PostgreSQL is up again.');
    expect(trial.pidOf('postgres')).not.toBe(postgres);
    expect(await ask(url)).toMatchObject({ told: 1 });
  });

  it('says which port is taken and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const launch = trial.start([], { PORT: String(port) });
    expect(await launch.ended()).toBe(1);
    expect(launch.output).toContain(`Port ${port} is taken by another program.`);
    expect(launch.output).toContain(`PORT=${port + 1} npm start`);
    other.close();
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc"; it must be a whole number'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [
      { DATABASE_URL: 'mysql://me:secret@host/db' },
      'DATABASE_URL is not an address that begins with postgres://',
    ],
    [{ COMMONWRIGHT_REDIS: 'maybe' }, 'COMMONWRIGHT_REDIS is "maybe"; it may be none, debian or path.'],
  ])('refuses %j in words', async (env, message) => {
    const launch = trial.start([], env as Record<string, string>);
    expect(await launch.ended()).toBe(1);
    expect(launch.output).toContain(message);
    expect(launch.output).not.toContain('secret');
    expect(trial.running()).toEqual([]);
  });

  it('uses a given database and loads no story there', async () => {
    const { startPostgres, removeCluster } = await import('../../tools/embedded/postgres.mjs');
    const elsewhere = join(trial.root, 'elsewhere');
    const postgres = await startPostgres({ dataDir: elsewhere, durable: false });
    try {
      const launch = trial.start([], {
        DATABASE_URL: postgres.appUrl,
        DATABASE_OWNER_URL: postgres.ownerUrl,
      });
      expect(await ask(await launch.ready())).toMatchObject({ told: 0, demo: 'false' });
      expect(trial.running().sort()).toEqual(['api', 'worker']);
      await launch.signal('SIGINT');
    } finally {
      await postgres.stop();
      removeCluster(elsewhere);
    }
  });
});
