import type { Clock } from '#kernel';

/** A clock that starts at a fixed moment, runs by itself, and can be moved. */
export class TestClock implements Clock {
  private offsetMilliseconds: number;

  constructor(start = '2026-03-02T08:00:00.000Z') {
    this.offsetMilliseconds = Date.parse(start) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMilliseconds);
  }

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const hours = (by.days ?? 0) * 24 + (by.hours ?? 0);
    this.offsetMilliseconds += ((hours * 60 + (by.minutes ?? 0)) * 60 + (by.seconds ?? 0)) * 1000;
  }
}
