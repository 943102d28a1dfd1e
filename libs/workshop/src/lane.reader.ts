import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Id } from '#kernel';
import { CLOCK, Database } from '#platform';
import type { ClosedLanes } from './domain/reason.js';
import { LACKS_A_QUALIFICATION, MACHINE_IS_DOWN, OUTSIDE_STAY, TODAY } from './persistence/openness.js';

/** A section as one maker finds it: what the maker holds there, and the lanes that are open to the maker. */
export interface Outlook {
  readonly fablabId: Id<'community'>;
  /** The running number of the job that the maker holds in this section. */
  readonly heldNumber: number | null;
  /**
   * Lanes with a ready job, a machine up, and qualifications that the maker holds; the best head first. None for a
   * visitor on a day without a stay.
   */
  readonly laneIds: readonly Id<'lane'>[];
}

/** Reads lanes as makers may use them. */
@Injectable()
export class LaneReader {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One statement, whose cost depends on the number of lanes and not on the length of their queues: each lane's
   * head is one step in the index `job_queue`. The lane with the best head comes first, which is what makes
   * taking fair over several lanes.
   */
  outlook(sectionId: Id<'section'>, personId: Id<'person'>): Promise<Outlook | null> {
    return this.database.queryOne<Outlook>(
      `SELECT section.fablab_id AS "fablabId",
         (SELECT number FROM workshop.job WHERE claimed_by = $2 AND section_id = section.id) AS "heldNumber",
         ARRAY(SELECT lane.id FROM workshop.work_centre
           JOIN workshop.lane ON lane.work_centre_id = work_centre.id
           CROSS JOIN LATERAL (
             SELECT priority, ready_since, number FROM workshop.job WHERE lane_id = lane.id AND state = 'ready'
             ORDER BY priority, ready_since, number LIMIT 1) AS head
           WHERE work_centre.section_id = section.id AND NOT ${LACKS_A_QUALIFICATION} AND NOT ${MACHINE_IS_DOWN}
             AND NOT ${OUTSIDE_STAY}
           ORDER BY head.priority, head.ready_since, head.number) AS "laneIds"
       FROM workshop.section WHERE section.id = $1`,
      [sectionId, personId, this.clock.now()],
      'lane-outlook',
    );
  }

  /** True when this person holds what the lane's work centre asks for. */
  async isOpenTo(laneId: Id<'lane'>, personId: Id<'person'>): Promise<boolean> {
    const row = await this.database.queryOne<{ open: boolean }>(
      `SELECT NOT ${LACKS_A_QUALIFICATION} AS open FROM workshop.lane
       JOIN workshop.work_centre ON work_centre.id = lane.work_centre_id WHERE lane.id = $1`,
      [laneId, personId, this.clock.now()],
      'lane-open-to',
    );
    return row?.open ?? false;
  }

  /** What is ready in this section but closed to this maker, to say why there is nothing to take. */
  async closedTo(sectionId: Id<'section'>, personId: Id<'person'>): Promise<ClosedLanes> {
    const row = await this.database.queryOne<ClosedLanes>(
      `WITH closed AS (
         SELECT work_centre.id FROM workshop.work_centre
         WHERE work_centre.section_id = $1 AND ${LACKS_A_QUALIFICATION}
           AND EXISTS (SELECT 1 FROM workshop.job WHERE work_centre_id = work_centre.id AND state = 'ready'))
       SELECT (SELECT count(*) FROM workshop.job WHERE work_centre_id IN (SELECT id FROM closed) AND state = 'ready')::int AS "jobsReady",
         ARRAY(SELECT DISTINCT qualification.name FROM workshop.work_centre_qualification AS needed
           JOIN workshop.qualification ON qualification.id = needed.qualification_id
           JOIN workshop.work_centre ON work_centre.id = needed.work_centre_id
           WHERE work_centre.id IN (SELECT id FROM closed)
             AND NOT workshop.holds($2, needed.qualification_id, ${TODAY})
           ORDER BY 1) AS qualifications,
         (SELECT count(*) FROM workshop.job JOIN workshop.work_centre ON work_centre.id = job.work_centre_id
          WHERE job.section_id = $1 AND job.state = 'ready' AND ${MACHINE_IS_DOWN}
            AND NOT ${LACKS_A_QUALIFICATION})::int AS "machineDown",
         EXISTS (SELECT 1 FROM workshop.section AS work_centre WHERE id = $1 AND ${OUTSIDE_STAY}) AS "outsideStay"`,
      [sectionId, personId, this.clock.now()],
      'lanes-closed',
    );
    return row ?? { jobsReady: 0, qualifications: [], machineDown: 0, outsideStay: false };
  }
}
