import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { LapseContracts } from './lapse-contracts.processor.js';

const LAPSE_MILLISECONDS = 60_000;

/** Looks for contracts past their deadline at the worker's start and every minute. Any number of workers may. */
@Injectable()
export class ContractingClockwork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly lapses: LapseContracts,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onApplicationBootstrap(): void {
    this.rounds.every(LAPSE_MILLISECONDS, 'ending contracts past their deadline', () => this.lapses.run());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }
}
