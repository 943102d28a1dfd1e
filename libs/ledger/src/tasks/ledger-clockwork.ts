import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { SumKeeper } from './sum-keeper.js';

const KEEP_MILLISECONDS = 5_000;

/** Keeps sums of the accounts' entries, again and again. Any number of workers may. */
@Injectable()
export class LedgerClockwork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly keeper: SumKeeper,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onApplicationBootstrap(): void {
    this.rounds.every(KEEP_MILLISECONDS, 'keeping sums of entries', () => this.keeper.keep());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }
}
