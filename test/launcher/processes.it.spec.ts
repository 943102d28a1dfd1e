import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  identityOf,
  isAlive,
  openLog,
  stopProcess,
  takeLock,
  writeRunFile,
} from '../../tools/embedded/process.mjs';
import { removeCluster, startPostgres } from '../../tools/embedded/postgres.mjs';
import { readSkipped, summaryLine } from '../../tools/testing/summary.mjs';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'commonwright-processes-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('run files', () => {
  it('never take a recycled pid for the process they name', async () => {
    const stranger = spawn('sleep', ['60']);
    const record = { pid: stranger.pid ?? 0, identity: 'another boot/12345' };
    expect(isAlive(record)).toBe(false);
    await stopProcess(record, { signals: [['SIGKILL', 1_000]] });
    expect(identityOf(record.pid)).toBeDefined();
    stranger.kill('SIGKILL');
  });

  it('stop a process that ignores the polite signal', async () => {
    const stubborn = spawn(process.execPath, [
      '-e',
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6); console.log("up")',
    ]);
    await new Promise((resolve) => stubborn.stdout.once('data', resolve));
    const record = writeRunFile(join(home, 'run.json'), stubborn.pid ?? 0);
    const signals: [NodeJS.Signals, number][] = [
      ['SIGTERM', 200],
      ['SIGKILL', 2_000],
    ];
    expect(await stopProcess(record, { signals })).toBe('SIGKILL');
  });
});

describe('the lock of a data directory', () => {
  it('is held once, and taken over from a process that is gone', () => {
    const file = join(home, 'launcher.lock');
    writeFileSync(file, JSON.stringify({ pid: 1, identity: 'gone' }));
    const first = takeLock(file);
    expect(first.held).toBe(true);
    const second = takeLock(file);
    expect(second).toMatchObject({ held: false, holder: { pid: process.pid } });
    if (first.held) first.release();
    expect(takeLock(file).held).toBe(true);
  });
});

describe('the embedded PostgreSQL', () => {
  it('shares a running server when it is asked to, and replaces an orphan otherwise', async () => {
    const first = await startPostgres({ dataDir: home, durable: false });
    const shared = await startPostgres({ dataDir: home, reuse: true });
    expect({ pid: shared.pid, port: shared.port, reused: shared.reused }).toEqual({
      pid: first.pid,
      port: first.port,
      reused: true,
    });
    const second = await startPostgres({ dataDir: home, durable: false });
    expect(second.pid).not.toBe(first.pid);
    expect(second.appUrl).toBe(first.appUrl);
    await second.stop();
    removeCluster(home);
  });

  it('starts although its pid file names a living stranger', async () => {
    const first = await startPostgres({ dataDir: home, durable: false });
    await first.stop();
    const { knownCluster } = await import('../../tools/embedded/postgres-files.mjs');
    writeFileSync(
      join(knownCluster(home), 'postmaster.pid'),
      `${process.pid}\n${home}\n1\n5432\n\n127.0.0.1\n`,
    );
    const second = await startPostgres({ dataDir: home, durable: false });
    await second.stop();
    removeCluster(home);
  });
});

describe('logs', () => {
  it('are set aside once they have grown, and two old ones are kept', () => {
    const file = join(home, 'api.log');
    for (const text of ['first', 'second', 'third', 'fourth']) {
      openLog(file, 3);
      writeFileSync(file, text);
    }
    openLog(file, 3);
    expect(['.1', '.2', '.3'].map((end) => textOf(`${file}${end}`))).toEqual(['fourth', 'third', null]);
  });
});

describe('the last lines of npm test', () => {
  it('count what Jest counted and name what was skipped', () => {
    const file = join(home, 'skipped');
    writeFileSync(file, '2\tno hledger\n1\tno qpdf\n3\tno hledger\n4\tno instances\tdata\n');
    const skipped = readSkipped(file);
    expect(skipped).toEqual([
      { reason: 'no hledger', count: 5, isData: false },
      { reason: 'no qpdf', count: 1, isData: false },
      { reason: 'no instances', count: 4, isData: true },
    ]);
    const results = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 6, numTodoTests: 0 };
    expect(summaryLine({ ...results, numRuntimeErrorTestSuites: 1 }, skipped)).toBe(
      '7 passed, 2 failed, 10 skipped',
    );
  });
});

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
