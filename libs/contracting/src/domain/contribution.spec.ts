import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day, Id } from '#kernel';
import {
  addedMilliHours,
  assertContributionReversible,
  assertReturnable,
  milliHours,
  pledgeOfWork,
  type ContributionEvent,
  type HoursPledge,
} from './contribution.js';

const community = (id: string) => id as Id<'community'>;
const hours = (id: string, over: Partial<HoursPledge> = {}): HoursPledge => ({
  pledgeId: id as Id<'pledge'>,
  communityId: community('north'),
  item: 'Woodworking',
  isActive: true,
  outstandingMilli: 1_000n,
  ...over,
});
const WORK = { section: ' woodWORKING', communityIds: [community('oak'), community('north')] };

describe('logged time', () => {
  it('counts for the oldest pledge of the maker’s community and the job’s section that lacks hours', () => {
    const pledges = [
      hours('other community', { communityId: community('south') }),
      hours('other section', { item: 'Metalworking' }),
      hours('not binding', { isActive: false }),
      hours('worked off', { outstandingMilli: 0n }),
      hours('this one'),
      hours('later'),
    ];
    expect(pledgeOfWork(pledges, WORK)?.pledgeId).toBe('this one');
  });

  it('is received beyond what was pledged, and ignored where nobody pledged it', () => {
    const full = [hours('a', { outstandingMilli: 0n }), hours('b', { outstandingMilli: 0n })];
    expect(pledgeOfWork(full, WORK)?.pledgeId).toBe('a');
    expect(pledgeOfWork(full, { ...WORK, communityIds: [] })).toBeNull();
    expect(pledgeOfWork(full, { ...WORK, section: 'Electronics' })).toBeNull();
  });

  it('counts many short stretches like one long one', () => {
    expect(addedMilliHours(0n, 3n)).toBe(0n);
    expect(addedMilliHours(3n, 3n)).toBe(1n);
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 30_000n), { maxLength: 40 }), (stretches) => {
        let seconds = 0n;
        let milli = 0n;
        for (const stretch of stretches) {
          milli += addedMilliHours(seconds, stretch);
          seconds += stretch;
        }
        expect(milli).toBe(milliHours(seconds));
      }),
    );
  });
});

describe('goods', () => {
  const tool = { receivedMilli: 2_000n, returnedMilli: 500n, unit: 'piece', item: 'Band saw' };
  const event: ContributionEvent = {
    id: 'event' as Id<'contributionEvent'>,
    kind: 'received',
    quantityMilli: 1_500n,
    happenedOn: '2026-03-02' as Day,
    reason: null,
    isWork: false,
    isReversed: false,
  };

  it('go back as far as they are here', () => {
    expect(() => assertReturnable(tool, 1_500n)).not.toThrow();
    expect(() => assertReturnable(tool, 1_501n)).toThrow(
      'Of Band saw, 1.5 piece is here and not returned yet; 1.501 piece cannot go back.',
    );
  });

  it('that were recorded wrongly are taken back while they are here, once, and never hours', () => {
    expect(() => assertContributionReversible(tool, event)).not.toThrow();
    expect(() => assertContributionReversible(tool, { ...event, quantityMilli: 1_501n })).toThrow(
      'Only 1.5 piece',
    );
    expect(() => assertContributionReversible(tool, { ...event, isReversed: true })).toThrow(
      'reversed before',
    );
    expect(() => assertContributionReversible(tool, { ...event, isWork: true })).toThrow(
      'logged on the jobs',
    );
    expect(() => assertContributionReversible(tool, { ...event, kind: 'waived' })).toThrow(
      'Only what was received',
    );
  });
});
