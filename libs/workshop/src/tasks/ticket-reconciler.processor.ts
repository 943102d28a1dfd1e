import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';
import { ticketId } from '../domain/ticket.js';
import { QUEUE_ORDER } from '../persistence/job.repository.js';
import { TicketOffice, type LaneTicket } from '../tickets/ticket-office.js';

export interface Reconciliation {
  readonly added: number;
  readonly removed: number;
}

/**
 * Makes the queues say what PostgreSQL says: every ready job has its ticket, and no ticket stands for a job that
 * is not ready. Reading the ids of a lane is cheap beside adding each job's ticket again, so that is how missing
 * ones are found; a flushed or restored Redis heals in one pass.
 */
@Injectable()
export class TicketReconciler {
  constructor(
    private readonly database: Database,
    private readonly office: TicketOffice,
  ) {}

  async run(): Promise<Reconciliation> {
    const lanes = await this.database.query<{ id: Id<'lane'> }>(`SELECT id FROM workshop.lane`, [], 'lanes');
    let added = 0;
    let removed = 0;
    for (const lane of lanes) {
      if (!this.office.isOpen()) break;
      const changes = await this.reconcile(lane.id);
      added += changes.added;
      removed += changes.removed;
    }
    return { added, removed };
  }

  private async reconcile(laneId: Id<'lane'>): Promise<Reconciliation> {
    await this.office.recoverAbandoned(laneId);
    // The queue first, the truth after it: a ticket that was seen and whose job is not ready now is stale for
    // good, since its epoch never comes again. The other way round a ticket just added would look stale.
    const { waiting, pulled } = await this.office.ticketsOf(laneId);
    const ready = await this.readyJobs(laneId);
    const valid = new Set(ready.map(ticketId));
    const present = new Set([...waiting, ...pulled]);
    const missing = ready.filter((ticket) => !present.has(ticketId(ticket)));
    if (missing.length > 0) await this.office.add(laneId, missing);
    let removed = 0;
    for (const id of waiting) {
      if (!valid.has(id) && (await this.office.remove(laneId, id))) removed += 1;
    }
    return { added: missing.length, removed };
  }

  /** In the order of the lane, which a queue that is filled anew shall have too. */
  private readyJobs(laneId: Id<'lane'>): Promise<Omit<LaneTicket, 'laneId'>[]> {
    return this.database.query(
      `SELECT id AS "jobId", epoch, priority, CASE WHEN pinned_at IS NULL THEN planned_start END AS "notBefore"
       FROM workshop.job AS job WHERE lane_id = $1 AND state = 'ready' ORDER BY ${QUEUE_ORDER}`,
      [laneId],
      'ready-jobs-of-lane',
    );
  }
}
