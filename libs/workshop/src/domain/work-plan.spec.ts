import { describe, expect, it } from '@jest/globals';
import { planJobs } from './work-plan.js';

describe('planning the jobs of a work order', () => {
  it('makes ready what waits for nothing, and counts set-up once and unit time for each unit', () => {
    const routing = [
      { position: 1, setupMinutes: 5, unitMinutes: 15, unitsEach: 1, after: [] },
      { position: 2, setupMinutes: 0, unitMinutes: 10, unitsEach: 2, after: [] },
      { position: 3, setupMinutes: 20, unitMinutes: 1, unitsEach: 1, after: [2, 1, 2] },
    ];
    expect(planJobs(routing, 4)).toEqual([
      { position: 1, quantity: 4, plannedMinutes: 65, after: [], state: 'ready' },
      { position: 2, quantity: 8, plannedMinutes: 80, after: [], state: 'ready' },
      { position: 3, quantity: 4, plannedMinutes: 24, after: [1, 2], state: 'waiting' },
    ]);
  });
});
