import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Day, Id } from '#kernel';
import {
  NEED_CLASSES,
  classToday,
  inOrder,
  nextInLine,
  type ListRule,
  type WaitingRequest,
} from './waiting-list.js';

const TODAY = '2026-06-01' as Day;
const TURNS: ListRule = { rule: 'turns', ageingDays: 0, seed: null };
const digest = (text: string): string => [...text].reverse().join('');

let count = 0;
function request(
  over: { id: string; community?: string | null } & Partial<Omit<WaitingRequest, 'id'>>,
): WaitingRequest {
  const { id, community = null, ...rest } = over;
  count += 1;
  return {
    id: id as Id<'freeRequest'>,
    communityId: community as Id<'community'> | null,
    needClass: 'helpful',
    askedOn: '2026-05-01' as Day,
    number: count,
    ...rest,
  };
}

function ids(
  requests: readonly WaitingRequest[],
  rule = TURNS,
  granted: Record<string, number> = {},
): string[] {
  const grantsByCommunity = new Map(Object.entries(granted) as [Id<'community'>, number][]);
  return inOrder(requests, rule, { today: TODAY, grantsByCommunity, digest }).map(({ id }) => id);
}

describe('the waiting list', () => {
  it('serves the more pressing class first', () => {
    const requests = [request({ id: 'a' }), request({ id: 'b', needClass: 'urgent' })];
    expect(ids(requests)).toEqual(['b', 'a']);
  });

  it('gives one unit for each community in turn inside a class', () => {
    const requests = [
      request({ id: 'oak1', community: 'oak' }),
      request({ id: 'oak2', community: 'oak' }),
      request({ id: 'elm1', community: 'elm' }),
      request({ id: 'alone' }),
    ];
    expect(ids(requests)).toEqual(['oak1', 'elm1', 'alone', 'oak2']);
    expect(ids(requests, TURNS, { oak: 1 })).toEqual(['elm1', 'alone', 'oak1', 'oak2']);
  });

  it('lifts a request by a class for each period that it has waited', () => {
    const old = request({ id: 'old', askedOn: '2026-03-01' as Day });
    expect([0, 60, 30].map((days) => classToday(old, days, TODAY))).toEqual([2, 1, 0]);
    const requests = [request({ id: 'new', needClass: 'essential' }), old];
    expect(ids(requests)).toEqual(['new', 'old']);
    expect(ids(requests, { ...TURNS, ageingDays: 60 })).toEqual(['old', 'new']);
  });

  it('can be a lottery by a published seed, inside the classes', () => {
    const requests = [
      request({ id: 'a9' }),
      request({ id: 'b1' }),
      request({ id: 'c5', needClass: 'urgent' }),
    ];
    expect(ids(requests, { rule: 'lottery', ageingDays: 0, seed: 's' })).toEqual(['c5', 'b1', 'a9']);
  });

  it('is empty without an error', () => {
    expect(nextInLine([], TURNS, { today: TODAY, grantsByCommunity: new Map(), digest })).toBeNull();
  });

  it('holds everyone once, and no community twice before every other of its class was served', () => {
    const anyRequest = fc.record({
      community: fc.constantFrom('oak', 'elm', 'ash', null),
      needClass: fc.constantFrom(...NEED_CLASSES),
      askedOn: fc.constantFrom('2026-01-01', '2026-02-01', '2026-05-31'),
    });
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 25 }), (given) => {
        const requests = given.map((each, index) =>
          request({ ...each, id: `r${index}`, askedOn: each.askedOn as Day }),
        );
        const order = inOrder(requests, TURNS, { today: TODAY, grantsByCommunity: new Map(), digest });
        expect(order.map(({ id }) => id).sort()).toEqual(requests.map(({ id }) => id).sort());
        const granted = new Map<string, number>();
        order.forEach((next, index) => {
          const own = granted.get(next.communityId ?? next.id) ?? 0;
          const waiting = order.slice(index).filter(({ needClass }) => needClass === next.needClass);
          for (const other of waiting)
            expect(granted.get(other.communityId ?? other.id) ?? 0).toBeGreaterThanOrEqual(own);
          granted.set(next.communityId ?? next.id, own + 1);
        });
      }),
    );
  });
});
