import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { HouseWorkService } from '../house-work.service.js';

const BATCH_PLANS = 50;
/** Days are what plans count; a quarter of an hour after midnight is soon enough. */
const ROUND_MILLISECONDS = 900_000;

/** Turns care plans into jobs when their day comes. */
@Injectable()
export class CarePlanner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly houseWork: HouseWorkService,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onApplicationBootstrap(): void {
    this.rounds.every(ROUND_MILLISECONDS, 'making jobs of care plans', () => this.run());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** @returns how many jobs were made */
  async run(): Promise<number> {
    let made = 0;
    for (;;) {
      const batch = await this.houseWork.makeDue(BATCH_PLANS);
      made += batch;
      if (batch < BATCH_PLANS) return made;
    }
  }
}
