import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { noteSkipped } from '../support/skip.js';
import { judge, type Step } from '../../tools/chaos/verdict.mjs';

const hasRedis = process.env['COMMONWRIGHT_TEST_REDIS_URL'] !== undefined;
const MILLISECONDS_MAX = 300_000;

interface Run {
  readonly code: number;
  readonly verdict: Record<string, number>;
}

/** A whole town of its own: PostgreSQL, Redis, API processes and a worker, without anything of this test run. */
function run(options: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const words = ['tools/chaos.mjs', '--built', ...options];
    execFile(
      process.execPath,
      words,
      { timeout: MILLISECONDS_MAX, env: { ...process.env, NODE_OPTIONS: '' } },
      (error, out, err) => {
        try {
          resolve({ code: Number(error?.code ?? 0), verdict: JSON.parse(out) as Record<string, number> });
        } catch {
          reject(new Error(`Chaos did not come to a verdict: ${err.slice(-2000)}`));
        }
      },
    );
  });
}

describe('a workshop in which everything breaks', () => {
  it(
    'loses no job, does none twice, and takes none from its maker too early',
    async () => {
      if (!hasRedis) {
        noteSkipped('chaos: no Redis could be started; install redis-server or set REDIS_URL');
        return;
      }
      const { code, verdict } = await run(['--seconds', '15', '--seed', '7', '--api', '2', '--makers', '4']);
      expect(verdict).toMatchObject({ lost: 0, doneTwice: 0, overlappingLeases: 0, earlyExpiries: 0 });
      expect(verdict['faults']).toBeGreaterThan(3);
      expect(verdict['jobsDone']).toBeGreaterThan(10);
      expect(code).toBe(0);
    },
    MILLISECONDS_MAX,
  );

  // A harness that cannot fail says nothing: `CHAOS_BITES=1` takes one safeguard away at a time. Minutes, so not always.
  const bites = process.env['CHAOS_BITES'] === undefined ? it.skip : it;
  bites.each([
    ['reconciler', 'lost'],
    ['sweeper', 'lost'],
    ['idempotency', 'doneTwice'],
    ['fence', 'overlappingLeases'],
  ])(
    'goes red without the %s',
    async (without, count) => {
      const { code, verdict } = await run([
        '--seconds',
        '40',
        '--seed',
        '7',
        '--makers',
        '6',
        '--without',
        without,
      ]);
      expect(verdict[count]).toBeGreaterThan(0);
      expect(code).toBe(1);
    },
    MILLISECONDS_MAX,
  );
});

describe('the judge of chaos', () => {
  const step = (change: Partial<Step>): Step => ({
    ...{
      jobId: 'j',
      from: 'ready',
      to: 'claimed',
      cause: 'maker',
      actor: 'ada',
      holder: null,
      fence: 1,
      at: 0,
    },
    ...change,
  });
  const done = { from: 'running', to: 'done', at: 50 };

  it('counts what an honest history has: nothing', () => {
    const steps = [
      step({}),
      step({ from: 'claimed', to: 'running', at: 10 }),
      step({ from: 'running', to: 'ready', cause: 'lease-ended', actor: null, at: 130 }),
      step({ actor: 'ben', fence: 2, at: 140 }),
      step({ ...done, actor: 'ben', fence: 2, at: 150 }),
    ];
    expect(judge(steps, [], 100)).toEqual({ doneTwice: 0, overlappingLeases: 0, earlyExpiries: 0 });
  });

  it('counts a job done twice, words said twice, a second holder, a stranger’s deed and a lease that ended early', () => {
    expect(judge([step({}), step(done), step({ ...done, from: 'done' })], [], 100)).toMatchObject({
      doneTwice: 1,
    });
    const note = { jobId: 'j', author: 'ada', text: 'x', late: false, at: 1 };
    expect(judge([], [note, note], 100)).toMatchObject({ doneTwice: 1 });
    expect(judge([step({}), step({ actor: 'ben', fence: 2 })], [], 100)).toMatchObject({
      overlappingLeases: 1,
    });
    expect(judge([step({}), step({ ...done, actor: 'ben' })], [], 100)).toMatchObject({
      overlappingLeases: 1,
    });
    const early = step({ from: 'claimed', to: 'ready', cause: 'lease-ended', actor: null, at: 99 });
    expect(judge([step({}), early], [], 100)).toMatchObject({ earlyExpiries: 1 });
  });
});
