import { expect, it } from '@jest/globals';
import { THROTTLE_LIMITS, placeOf, retryAfterSeconds, type Attempt } from './throttle.js';

const NOW = new Date('2026-03-02T08:00:00.000Z');

function attempts(count: number, what: Partial<Attempt>, secondsApart = 1): Attempt[] {
  return Array.from({ length: count }, (_, index) => ({
    sameEmail: true,
    sameAddress: true,
    attemptedAt: new Date(NOW.getTime() - index * secondsApart * 1000),
    ...what,
  }));
}

it('lets ten tries from one place at one account pass, and makes the eleventh wait', () => {
  expect(retryAfterSeconds(attempts(THROTTLE_LIMITS.pair - 1, {}), NOW)).toBe(0);
  // The tenth newest was nine seconds ago; it has to become a quarter of an hour old.
  expect(retryAfterSeconds(attempts(THROTTLE_LIMITS.pair, {}), NOW)).toBe(15 * 60 - 9);
});

it('lets many people of one place sign in at once', () => {
  expect(retryAfterSeconds(attempts(49, { sameEmail: false }), NOW)).toBe(0);
  expect(retryAfterSeconds(attempts(50, { sameEmail: false }), NOW)).toBe(15 * 60 - 49);
});

it('does not let a few wrong tries elsewhere lock somebody out', () => {
  expect(retryAfterSeconds(attempts(99, { sameAddress: false }), NOW)).toBe(0);
  expect(retryAfterSeconds(attempts(100, { sameAddress: false }), NOW)).toBe(15 * 60 - 99);
});

it('forgets tries when they are a quarter of an hour old', () => {
  expect(retryAfterSeconds(attempts(10, { attemptedAt: new Date(NOW.getTime() - 15 * 60_000) }), NOW)).toBe(
    0,
  );
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
  ['::1', '0:0:0:0'],
])('takes %s for the place %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});
