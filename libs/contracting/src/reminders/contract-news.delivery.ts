import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Delivery, type Logger, type PublishedEvent } from '#platform';
import type {
  AmendmentChanged,
  ContractActivated,
  ContractLapsed,
  ContractTerminated,
  ReleasePublished,
} from '../domain/events.js';
import { SendReminders } from './send-reminders.processor.js';

type News = AmendmentChanged | ContractActivated | ContractLapsed | ContractTerminated | ReleasePublished;

/**
 * A contract began, ended, or waits for an answer: whom it concerns is told now, and not at the next round. No reaction,
 * because those share one transaction, and the work of a contract must not wait for a mail; what fails here is found by
 * the next round.
 */
@Injectable()
export class ContractNewsDelivery implements Delivery {
  readonly name = 'contracting.news-by-mail';
  readonly types = [
    'contracting.amendment-changed',
    'contracting.contract-activated',
    'contracting.contract-lapsed',
    'contracting.contract-terminated',
    'contracting.release-published',
  ] satisfies News['type'][];

  constructor(
    private readonly reminders: SendReminders,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async deliver(event: PublishedEvent): Promise<void> {
    const { contractId, ref } = event.payload as News['payload'];
    try {
      await this.reminders.ofContract(contractId);
    } catch (error) {
      this.logger.error(
        { err: error, ref },
        'news of a contract could not be written; the next round tries again',
      );
    }
  }
}
