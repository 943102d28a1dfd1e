import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { Postman } from './postman.js';

const ROUND_MILLISECONDS = 30_000;

/** Tries again what was not sent: at the worker's start and every half minute. Any number of workers may. */
@Injectable()
export class MailClockwork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly postman: Postman,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onApplicationBootstrap(): void {
    this.rounds.every(ROUND_MILLISECONDS, 'sending mails', () => this.postman.run());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.postman.stop();
  }
}
