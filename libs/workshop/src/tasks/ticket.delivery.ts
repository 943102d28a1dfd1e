import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Delivery, type Logger, type PublishedEvent } from '#platform';
import type { JobReady } from '../domain/events.js';
import { TicketOffice } from '../tickets/ticket-office.js';

/**
 * Puts the ticket of a job that became ready into the queue of its lane. Best effort: while Redis is away the
 * event is done nevertheless, for the reconciler adds what is missing as soon as Redis is back, and makers pull
 * from PostgreSQL until then.
 */
@Injectable()
export class TicketDelivery implements Delivery {
  readonly name = 'workshop.ticket';
  readonly types = ['workshop.job-ready'] satisfies JobReady['type'][];

  constructor(
    private readonly office: TicketOffice,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async deliver(event: PublishedEvent): Promise<void> {
    const { laneId, notBefore, ...rest } = event.payload as JobReady['payload'];
    const ticket = { ...rest, notBefore: notBefore === null ? null : new Date(notBefore) };
    if (!this.office.isOpen()) return;
    try {
      await this.office.add(laneId, [ticket]);
    } catch (error) {
      this.logger.warn(
        { err: error, laneId, jobId: ticket.jobId },
        'a ticket was not added; the reconciler will',
      );
    }
  }
}
