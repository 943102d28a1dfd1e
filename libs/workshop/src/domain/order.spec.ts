import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '#kernel';
import { TICKET_PRIORITY_MAX, byOrder, ticketPriority, type Queued } from './order.js';

const EARLY = new Date('2026-03-02T08:00:00.000Z');
const LATE = new Date('2026-03-02T09:00:00.000Z');

function queued(dueOn: string | null, readySince = EARLY, number = 1): Queued {
  return { dueOn: dueOn as Day | null, readySince, number };
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
      dueOn: day as fc.Arbitrary<Day | null>,
      readySince: fc.date({ min: EARLY, max: LATE, noInvalidDate: true }),
      number: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    });
    fc.assert(
      fc.property(job, job, (left, right) => {
        expect(Math.sign(byOrder(left, right)) + Math.sign(byOrder(right, left))).toBe(0);
        if (left.dueOn !== right.dueOn && left.dueOn !== null && right.dueOn !== null) {
          expect(byOrder(left, right) < 0).toBe(left.dueOn < right.dueOn);
        }
      }),
    );
  });
});

describe('a ticket’s priority', () => {
  it('is what BullMQ takes, and falls never when the due date is later', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('9000-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10) as Day);
    fc.assert(
      fc.property(day, day, (left, right) => {
        const [first, second] = [left, right].sort() as [Day, Day];
        expect(ticketPriority(first)).toBeLessThanOrEqual(ticketPriority(second));
        expect(ticketPriority(first)).toBeGreaterThanOrEqual(1);
        expect(ticketPriority(second)).toBeLessThan(TICKET_PRIORITY_MAX);
      }),
    );
    expect(ticketPriority('2026-05-01' as Day)).toBe(9617);
    expect(ticketPriority(null)).toBe(TICKET_PRIORITY_MAX);
  });
});
