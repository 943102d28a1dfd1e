import type { TestApp } from './test-app.js';
import { Database } from '#platform';

interface Step {
  readonly jobId: string;
  readonly tier: string;
  readonly laneId: string;
  readonly from: string | null;
  readonly to: string;
}

export interface LaneWait {
  /** The most other claims between two free-tier claims while a free-tier job was ready. */
  readonly worst: number;
  readonly freeClaims: number;
  readonly otherClaims: number;
}

/** Reads invariant 8 out of the history that the database kept, lane by lane; it knows nothing of the counter. */
export async function freeWaitOf(app: TestApp, sectionId: string): Promise<LaneWait> {
  const steps = await app.app.get(Database).query<Step>(
    `SELECT job.id AS "jobId", work_order.tier, job.lane_id AS "laneId", event.from_state AS "from", event.to_state AS "to"
     FROM workshop.job_event AS event JOIN workshop.job ON job.id = event.job_id
     JOIN workshop.work_order ON work_order.id = job.work_order_id
     WHERE job.section_id = $1 ORDER BY event.id`,
    [sectionId],
  );
  const lanes = new Map<string, { ready: Set<string>; counted: number }>();
  let [worst, freeClaims, otherClaims] = [0, 0, 0];
  for (const step of steps) {
    const lane = lanes.get(step.laneId) ?? { ready: new Set<string>(), counted: 0 };
    lanes.set(step.laneId, lane);
    const claimed = step.from === 'ready' && step.to === 'claimed';
    if (step.tier === 'free') {
      if (step.to === 'ready') lane.ready.add(step.jobId);
      else lane.ready.delete(step.jobId);
      if (!claimed) continue;
      freeClaims += 1;
      lane.counted = 0;
    } else if (claimed) {
      otherClaims += 1;
      if (lane.ready.size > 0) lane.counted += 1;
      worst = Math.max(worst, lane.counted);
    }
  }
  return { worst, freeClaims, otherClaims };
}
