import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { SendReminders } from '../reminders/send-reminders.processor.js';
import { LapseContracts } from './lapse-contracts.processor.js';

const LAPSE_MILLISECONDS = 60_000;
/** A new day is noticed within the hour, wherever the worker was at midnight; each reminder is written once. */
const REMINDER_MILLISECONDS = 3_600_000;

/**
 * Looks for contracts past their deadline at the worker's start and every minute, and for what is to be remembered every
 * hour. Any number of workers may.
 */
@Injectable()
export class ContractingClockwork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly lapses: LapseContracts,
    private readonly reminders: SendReminders,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onApplicationBootstrap(): void {
    this.rounds.every(LAPSE_MILLISECONDS, 'ending contracts past their deadline', () => this.lapses.run());
    this.rounds.every(REMINDER_MILLISECONDS, 'writing reminders', () => this.reminders.run());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }
}
