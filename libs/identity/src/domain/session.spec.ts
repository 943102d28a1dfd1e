import { expect, it } from '@jest/globals';
import { isTouchDue, sessionExpiry } from './session.js';

const NOW = new Date('2026-03-02T08:00:00.000Z');

it('ends a session as many days after it was last seen as the instance says', () => {
  expect(sessionExpiry(NOW, 30)).toEqual(new Date('2026-04-01T08:00:00.000Z'));
});

it('notes that a session is used at most every ten minutes', () => {
  expect(isTouchDue(NOW, new Date('2026-03-02T08:09:59.999Z'))).toBe(false);
  expect(isTouchDue(NOW, new Date('2026-03-02T08:10:00.000Z'))).toBe(true);
});
