import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, tableMistakes } from '#kernel';
import {
  HELD_STATES,
  JOB_STATES,
  JOB_TRANSITIONS,
  blockStep,
  jobNumber,
  takeStep,
  type JobAction,
  type JobState,
  type JobWork,
} from './job.js';

const MORNING = new Date('2026-03-02T08:00:00.000Z');
const CLAIMED: JobWork = {
  state: 'claimed',
  quantity: 4,
  quantityGood: 0,
  quantityScrapped: 0,
  startedAt: null,
  runningSince: null,
  workedSeconds: 0,
  doneAt: null,
  blocked: false,
};

function after(seconds: number): Date {
  return new Date(MORNING.getTime() + seconds * 1000);
}

function play(actions: readonly [JobAction, number][], from: JobWork = CLAIMED): JobWork {
  return actions.reduce((work, [action, at]) => takeStep('job J-000001', work, action, after(at)).next, from);
}

function refusal(work: JobWork, action: JobAction): DomainError {
  try {
    takeStep('job J-000001', work, action, MORNING);
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('A refusal was expected.');
}

describe('the states of a job', () => {
  it('are all reached from waiting, and lead to states that exist', () => {
    expect(tableMistakes(JOB_TRANSITIONS, 'waiting')).toEqual([]);
  });

  it('never leave done', () => {
    expect(JOB_TRANSITIONS.done).toEqual([]);
  });
});

describe('every action in every state', () => {
  const work = (state: JobState, blocked = false): JobWork => ({
    ...CLAIMED,
    state,
    blocked,
    startedAt: MORNING,
    runningSince: state === 'running' ? MORNING : null,
  });
  const ACTIONS: readonly JobAction[] = [
    { kind: 'claim' },
    { kind: 'start' },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'return' },
    { kind: 'handOver' },
    { kind: 'cancel' },
    { kind: 'log', quantityGood: 1, quantityScrapped: null },
    { kind: 'complete', quantityGood: 4, quantityScrapped: 0 },
    { kind: 'scrap', quantityGood: 1 },
  ];
  const outcome = (from: JobWork, action: JobAction): string => {
    try {
      return takeStep('job J-000001', from, action, MORNING).next.state;
    } catch (error) {
      expect((error as DomainError).code).toBe('INVALID_STATE');
      return '–';
    }
  };
  const table = (blocked: boolean): string[] =>
    JOB_STATES.map((state) =>
      [state, ...ACTIONS.map((action) => outcome(work(state, blocked), action))].join(' '),
    );

  it('is allowed or refused as this table says', () => {
    //                claim start pause resume return handOver cancel log complete scrap
    expect(table(false)).toEqual([
      'waiting – – – – – – cancelled – – –',
      'ready claimed – – – – – cancelled – – –',
      'claimed – running – – ready claimed cancelled claimed – –',
      'running – – paused – ready claimed cancelled running done scrapped',
      'paused – – – running ready claimed cancelled paused done scrapped',
      'done – – – – – – – – – –',
      'scrapped – – – – – – – – – –',
      'cancelled – – – – – – – – – –',
    ]);
  });

  it('is fewer while something is in the way', () => {
    expect(table(true).filter((line) => /^(claimed|paused)/.test(line))).toEqual([
      'claimed – – – – waiting claimed cancelled claimed – –',
      'paused – – – – waiting claimed cancelled paused – scrapped',
    ]);
  });

  it('stops a job that something gets in the way of, and takes it out of its queue', () => {
    const blocked = JOB_STATES.map((state) => {
      try {
        return blockStep('job J-000001', work(state), MORNING).next.state;
      } catch {
        return '–';
      }
    });
    expect(blocked).toEqual(['waiting', 'waiting', 'claimed', 'paused', 'paused', '–', '–', '–']);
  });
});

describe('a job’s number', () => {
  it('has six digits at least and is never cut', () => {
    expect([jobNumber(7), jobNumber(1_234_567)]).toEqual(['J-000007', 'J-1234567']);
  });
});

describe('a maker’s steps', () => {
  it('count the time of running periods only', () => {
    const work = play([
      [{ kind: 'start' }, 10],
      [{ kind: 'pause' }, 70],
      [{ kind: 'resume' }, 1000],
      [{ kind: 'complete', quantityGood: 3, quantityScrapped: 1 }, 1030],
    ]);
    expect(work).toEqual({
      ...CLAIMED,
      state: 'done',
      quantityGood: 3,
      quantityScrapped: 1,
      startedAt: after(10),
      workedSeconds: 90,
      doneAt: after(1030),
    });
  });

  it('hand the counts and the time on when the job is returned', () => {
    const work = play([
      [{ kind: 'start' }, 0],
      [{ kind: 'log', quantityGood: 2, quantityScrapped: null }, 60],
      [{ kind: 'return' }, 120],
    ]);
    expect(work).toEqual({ ...CLAIMED, state: 'ready', quantityGood: 2, workedSeconds: 120 });
  });

  it('count no negative time when a clock was set back', () => {
    expect(
      play([
        [{ kind: 'start' }, 100],
        [{ kind: 'pause' }, 40],
      ]).workedSeconds,
    ).toBe(0);
  });

  it('are refused out of order, with what to do instead', () => {
    expect(refusal(CLAIMED, { kind: 'resume' }).message).toBe(
      'The job J-000001 is claimed; start it instead.',
    );
    const paused = play([
      [{ kind: 'start' }, 0],
      [{ kind: 'pause' }, 1],
    ]);
    expect(refusal(paused, { kind: 'start' }).message).toBe('The job J-000001 is paused; resume it instead.');
    const complete: JobAction = { kind: 'complete', quantityGood: 4, quantityScrapped: 0 };
    expect(refusal(CLAIMED, complete).code).toBe('INVALID_STATE');
    expect(
      refusal({ ...CLAIMED, state: 'ready' }, { kind: 'log', quantityGood: 1, quantityScrapped: 0 }).code,
    ).toBe('INVALID_STATE');
  });

  it('are refused when the counts do not make the quantity', () => {
    const running = play([[{ kind: 'start' }, 0]]);
    expect(refusal(running, { kind: 'complete', quantityGood: 3, quantityScrapped: 0 }).code).toBe(
      'BAD_INPUT',
    );
    expect(refusal(running, { kind: 'log', quantityGood: 3, quantityScrapped: 2 }).message).toBe(
      '3 good and 2 scrapped are more than the 4 of this job.',
    );
  });

  it('keep the rules of a job whatever is tried in whatever order', () => {
    const count = fc.integer({ min: 0, max: 5 });
    const action = fc.oneof(
      fc.constantFrom<JobAction>(
        { kind: 'claim' },
        { kind: 'start' },
        { kind: 'pause' },
        { kind: 'resume' },
        { kind: 'return' },
      ),
      fc.record({
        kind: fc.constant('log' as const),
        quantityGood: fc.option(count),
        quantityScrapped: fc.option(count),
      }),
      fc.record({ kind: fc.constant('complete' as const), quantityGood: count, quantityScrapped: count }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(action, fc.integer({ min: 0, max: 500 }))), (stream) => {
        let work: JobWork = { ...CLAIMED, state: 'ready' };
        let clock = 0;
        let seconds = 0;
        for (const [each, pause] of stream) {
          clock += pause;
          const before = work;
          try {
            const step = takeStep('job J-000001', work, each, after(clock));
            work = step.next;
            seconds += step.period?.seconds ?? 0;
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            continue;
          }
          expect(before.state).not.toBe('done');
          if (work.state !== before.state) expect(JOB_TRANSITIONS[before.state]).toContain(work.state);
          expect(work.runningSince !== null).toBe(work.state === 'running');
          expect(work.doneAt !== null).toBe(work.state === 'done');
          if (work.state === 'running' || work.state === 'paused') expect(work.startedAt).not.toBeNull();
          expect(work.quantityGood + work.quantityScrapped).toBeLessThanOrEqual(work.quantity);
          if (work.state === 'done') expect(work.quantityGood + work.quantityScrapped).toBe(work.quantity);
          expect(work.workedSeconds).toBe(seconds);
        }
        expect([...HELD_STATES, 'ready', 'done']).toContain(work.state);
      }),
    );
  });
});
