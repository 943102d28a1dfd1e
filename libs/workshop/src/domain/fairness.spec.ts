import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FREE_BOUND_MAX, afterClaim, freeIsDue, othersBeforeAtMost, type LaneTurn } from './fairness.js';

/** A lane on paper: jobs come and go by a stream of letters, and each claim follows the rule. */
class PaperLane {
  turn: LaneTurn = { claimsSinceFree: 0 };
  free = 0;
  other = 0;
  /** Other claims since the last free-tier claim, as an onlooker counts them: only while a free-tier job is ready. */
  counted = 0;
  worst = 0;

  constructor(private readonly bound: number) {}

  /** Somebody wants the other job, whenever there is one: the worst that makers can do to the free tier. */
  claim(): void {
    const freeReady = this.free > 0;
    const takesFree = freeReady && (this.other === 0 || freeIsDue(this.turn, freeReady, this.bound));
    if (!takesFree && this.other === 0) return;
    this.turn = afterClaim(this.turn, takesFree, freeReady);
    if (takesFree) this.free -= 1;
    else this.other -= 1;
    this.counted = takesFree ? 0 : this.counted + (freeReady ? 1 : 0);
    this.worst = Math.max(this.worst, this.counted);
  }
}

describe('the bound for free-tier jobs', () => {
  it('holds in whatever order jobs become ready, are cancelled and are claimed', () => {
    const step = fc.constantFrom('free ready', 'other ready', 'free gone', 'claim', 'claim', 'claim');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: FREE_BOUND_MAX }),
        fc.array(step, { maxLength: 400 }),
        (bound, steps) => {
          const lane = new PaperLane(bound);
          for (const each of steps) {
            if (each === 'free ready') lane.free += 1;
            else if (each === 'other ready') lane.other += 1;
            else if (each === 'free gone') lane.free = Math.max(lane.free - 1, 0);
            else lane.claim();
            expect(lane.worst).toBeLessThanOrEqual(bound);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lets everybody take what comes first while no free-tier job is ready', () => {
    const lane = new PaperLane(0);
    lane.other = 5;
    for (let claim = 0; claim < 5; claim += 1) lane.claim();
    expect([lane.other, lane.turn]).toEqual([0, { claimsSinceFree: 0 }]);
  });

  it('says how long the free-tier job that is third in turn waits at most', () => {
    const [bound, turn] = [3, 3];
    const lane = new PaperLane(bound);
    Object.assign(lane, { free: turn, other: 100, turn: { claimsSinceFree: 2 } });
    const promised = othersBeforeAtMost(lane.turn, turn, bound);
    let claims = 0;
    while (lane.free > 0) {
      lane.claim();
      claims += 1;
    }
    expect([promised, claims - 1]).toEqual([9, 9]);
  });
});
