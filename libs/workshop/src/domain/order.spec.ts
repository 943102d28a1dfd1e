import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '#kernel';
import { TICKET_PRIORITY_MAX, byOrder, ticketPriority, type Queued, type Urgency } from './order.js';

const EARLY = new Date('2026-03-02T08:00:00.000Z');
const LATE = new Date('2026-03-02T09:00:00.000Z');

function queued(dueOn: string | null, readySince = EARLY, number = 1): Queued {
  return { pinned: false, plannedStart: null, dueOn: dueOn as Day | null, readySince, number };
}

describe('the order of a lane', () => {
  it('is by due date, then by how long a job is ready, then by number; without a date last', () => {
    const jobs = [
      queued(null, EARLY, 1),
      queued('2026-06-01', LATE, 2),
      queued('2026-06-01', EARLY, 12),
      queued('2026-06-01', EARLY, 3),
      queued('2026-05-01', LATE, 5),
    ];
    expect([...jobs].sort(byOrder).map((job) => job.number)).toEqual([5, 3, 12, 2, 1]);
  });

  it('is an order: total, and the same from both sides', () => {
    const day = fc.option(fc.constantFrom('2026-01-01', '2026-01-02', '2031-12-31'));
    const job = fc.record({
      pinned: fc.boolean(),
      plannedStart: fc.option(fc.date({ min: EARLY, max: LATE, noInvalidDate: true })),
      dueOn: day as fc.Arbitrary<Day | null>,
      readySince: fc.date({ min: EARLY, max: LATE, noInvalidDate: true }),
      number: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    });
    fc.assert(
      fc.property(job, job, (left, right) => {
        expect(Math.sign(byOrder(left, right)) + Math.sign(byOrder(right, left))).toBe(0);
        if (left.pinned !== right.pinned) expect(byOrder(left, right) < 0).toBe(left.pinned);
        const byDate = [left, right].every((each) => !each.pinned && each.plannedStart === null);
        if (byDate && left.dueOn !== right.dueOn && left.dueOn !== null && right.dueOn !== null) {
          expect(byOrder(left, right) < 0).toBe(left.dueOn < right.dueOn);
        }
      }),
    );
  });
});

describe('a ticket’s priority', () => {
  const of = (urgency: Partial<Urgency>): number =>
    ticketPriority({ pinned: false, plannedStart: null, dueOn: null, ...urgency });

  it('is what BullMQ takes, and falls never when the due date is later', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('9000-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10) as Day);
    fc.assert(
      fc.property(day, day, (left, right) => {
        const [first, second] = [left, right].sort() as [Day, Day];
        expect(of({ dueOn: first })).toBeLessThanOrEqual(of({ dueOn: second }));
        expect(of({ dueOn: first })).toBeGreaterThan(of({ pinned: true }));
        expect(of({ dueOn: second })).toBeLessThan(TICKET_PRIORITY_MAX);
      }),
    );
    expect(of({ dueOn: '2026-05-01' as Day })).toBe(221_952);
    expect(of({})).toBe(TICKET_PRIORITY_MAX);
  });

  it('is the pin’s, then the plan’s, then the due date’s', () => {
    const dueOn = '2026-05-01' as Day;
    const plannedStart = new Date('2026-04-20T10:29:00.000Z');
    expect(of({ pinned: true, plannedStart, dueOn })).toBe(1);
    expect(of({ plannedStart, dueOn })).toBe(221_952 - 11 * 96 + 41);
  });
});
