import { expect, it } from '@jest/globals';
import type { Day } from '#kernel';
import { nextAfter } from './care.js';

it('plans care again after its interval, and passes over what was missed', () => {
  const plan = { nextOn: '2026-03-02' as Day, everyDays: 7 };
  expect(nextAfter(plan, '2026-02-27' as Day)).toBe('2026-03-09');
  expect(nextAfter(plan, '2026-03-09' as Day)).toBe('2026-03-16');
  expect(nextAfter(plan, '2026-04-01' as Day)).toBe('2026-04-06');
});
