import { Inject, Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import {
  CONFIG,
  Idempotency,
  LOGGER,
  UnitOfWork,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Config,
  type IdempotentCall,
  type Logger,
  type Tx,
  type Viewer,
} from '#platform';
import { jobNumber } from './domain/job.js';
import { nothingSentence, takenSentence } from './domain/reason.js';
import type { Ticket } from './domain/ticket.js';
import { LaneReader, type Outlook } from './lane.reader.js';
import { JobRepository } from './persistence/job.repository.js';
import { TicketOffice, type PulledTicket } from './tickets/ticket-office.js';

/** Stale tickets are rare and cheap to pass over; past this many the database is asked, and the reconciler sweeps. */
const STALE_TICKETS_MAX = 50;

export interface Taken {
  /** Null when there was none. */
  readonly jobId: Id<'job'> | null;
  /** One sentence: why this job, or why none. */
  readonly reason: string;
}

/** The ticket's job was taken, or is not ready any more. Rolls the attempt back, its idempotency key too. */
class StaleTicket extends Error {}

/** Gives makers the next job. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly lanes: LaneReader,
    private readonly jobs: JobRepository,
    private readonly office: TicketOffice,
    @Inject(CONFIG) private readonly config: Pick<Config, 'leaseMinutes'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Claims the first job of the section that the viewer is qualified for. Tickets from the lanes' queues first;
   * where there is none, or no queue to ask, PostgreSQL in the same order. A maker holds at most one job in a
   * section at a time.
   * @throws DomainError `UNAUTHENTICATED`, `FORBIDDEN` (no maker here), `NOT_FOUND`, `BAD_INPUT`,
   *   `INVALID_STATE` (holds a job here already), `KEY_REUSED`
   */
  async takeNext(who: Viewer | null, input: { idempotencyKey: string; sectionId: string }): Promise<Taken> {
    const viewer = requireViewer(who);
    const sectionId = checkInput((check) => check.id<'section'>('sectionId', input.sectionId, 'the section'));
    const outlook = await this.lanes.outlook(sectionId, viewer.personId);
    if (!outlook) throw DomainError.notFound('section', sectionId);
    requireRole(viewer, outlook.fablabId, ['maker'], 'take jobs here');
    const call: IdempotentCall = {
      actor: viewer.personId,
      key: input.idempotencyKey,
      operation: 'takeNextJob',
      input: { sectionId },
    };
    try {
      const taken = outlook.heldNumber === null ? await this.byTicket(call, viewer, outlook) : null;
      return taken ?? (await this.byDatabase(call, viewer, outlook, sectionId));
    } catch (error) {
      if (violatedConstraint(error) !== 'job_one_held_in_section') throw error;
      throw holdsAlready((await this.lanes.outlook(sectionId, viewer.personId))?.heldNumber ?? null);
    }
  }

  /** Null when no valid ticket could be had, whatever the reason. */
  private async byTicket(call: IdempotentCall, viewer: Viewer, outlook: Outlook): Promise<Taken | null> {
    let stale = 0;
    for (const laneId of outlook.laneIds) {
      while (stale < STALE_TICKETS_MAX && this.office.isOpen()) {
        const ticket = await this.pull(laneId);
        // A queue that fails to answer once has cost the maker a second; the other lanes' would cost more.
        if (ticket === 'no answer') return null;
        if (ticket === null) break;
        const taken = await this.useTicket(call, viewer, laneId, ticket);
        if (taken) return taken;
        stale += 1;
      }
    }
    return null;
  }

  /** Claims by a ticket, and lets go of the ticket in every case. Null when it was stale. */
  private async useTicket(
    call: IdempotentCall,
    viewer: Viewer,
    laneId: Id<'lane'>,
    ticket: PulledTicket,
  ): Promise<Taken | null> {
    let used = false;
    try {
      const taken = await this.unitOfWork.run((tx) => {
        used = false;
        return this.idempotency.once(tx, call, async () => {
          used = true;
          const claimed = await this.claim(tx, viewer, laneId, ticket);
          if (!claimed) throw new StaleTicket();
          return claimed;
        });
      });
      // A repeated call gets its first answer, and one that was given a free-tier job another job: neither has a use
      // for this ticket, which goes back to where it was.
      await this.letGo(used && taken.jobId === ticket.jobId ? ticket.complete : ticket.putBack);
      return taken;
    } catch (error) {
      const stale = error instanceof StaleTicket;
      await this.letGo(stale ? ticket.complete : ticket.putBack);
      if (stale) return null;
      throw error;
    }
  }

  private byDatabase(
    call: IdempotentCall,
    viewer: Viewer,
    outlook: Outlook,
    sectionId: Id<'section'>,
  ): Promise<Taken> {
    return this.unitOfWork.run((tx) =>
      this.idempotency.once<Taken>(tx, call, async () => {
        if (outlook.heldNumber !== null) throw holdsAlready(outlook.heldNumber);
        for (const laneId of outlook.laneIds) {
          const taken = await this.claim(tx, viewer, laneId, null);
          if (taken) return taken;
        }
        const closed = await this.lanes.closedTo(sectionId, viewer.personId);
        return { jobId: null, reason: nothingSentence(closed) };
      }),
    );
  }

  private async claim(
    tx: Tx,
    viewer: Viewer,
    laneId: Id<'lane'>,
    ticket: Ticket | null,
  ): Promise<Taken | null> {
    const leaseEndsAt = new Date(tx.now.getTime() + this.config.leaseMinutes * 60_000);
    const job = await this.jobs.claim(tx, laneId, ticket, { makerId: viewer.personId, leaseEndsAt });
    return job && { jobId: job.id, reason: takenSentence(job) };
  }

  private async pull(laneId: Id<'lane'>): Promise<PulledTicket | null | 'no answer'> {
    try {
      return await this.office.pull(laneId);
    } catch (error) {
      this.logger.debug({ err: error, laneId }, 'no ticket could be pulled; the database is asked instead');
      return 'no answer';
    }
  }

  /** A ticket that cannot be let go is given up by BullMQ after some seconds, and swept by the reconciler. */
  private async letGo(how: () => Promise<void>): Promise<void> {
    try {
      await how();
    } catch (error) {
      this.logger.debug({ err: error }, 'a ticket could not be let go');
    }
  }
}

function holdsAlready(number: number | null): DomainError {
  const name = number === null ? 'a job' : `job ${jobNumber(number)}`;
  return new DomainError(
    'INVALID_STATE',
    `You hold ${name} in this section. Complete or return it before you take another one here.`,
    { heldJob: number === null ? null : jobNumber(number) },
  );
}
