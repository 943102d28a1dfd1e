import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER, Rounds, type Logger } from '#platform';
import { LedgerDigests } from './ledger-digests.js';
import { LogRefusal } from './log-key.file.js';
import { LogSequencer } from './log-sequencer.js';
import { LogSigner } from './log-signer.js';
import { LogReader } from './log.reader.js';
import { WitnessRequests } from './witness-requests.js';

/** Publishing to provable stays well under 2 s; a round that finds nothing is two index look-ups. */
const LOG_MILLISECONDS = 400;
const DIGEST_MILLISECONDS = 60_000;
const WITNESS_MILLISECONDS = 5_000;

/** Lets the log grow, and its head be signed. Any number of workers may: they take turns. */
@Injectable()
export class LogClockwork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;
  private refused: string | null = null;
  private signed: number | null = null;

  constructor(
    private readonly sequencer: LogSequencer,
    private readonly signer: LogSigner,
    private readonly reader: LogReader,
    private readonly digests: LedgerDigests,
    private readonly witnesses: WitnessRequests,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.sequencer.requeue();
    this.rounds.every(LOG_MILLISECONDS, 'writing the public log', () => this.round());
    this.rounds.every(DIGEST_MILLISECONDS, 'digesting the ledgers', () => this.digests.run());
    this.rounds.every(WITNESS_MILLISECONDS, 'asking witnesses', () => this.witnesses.run());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Everything that waits gets its place; then one head is signed over all of it. */
  async round(): Promise<void> {
    let placed = 0;
    for (let more = 1; more > 0; placed += more) more = await this.sequencer.sequence();
    // Another worker may have placed leaves and died before it signed.
    if (placed === 0 && this.refused === null && this.signed === (await this.reader.sequenced())) return;
    try {
      this.signed = await this.signer.publish();
      this.refused = null;
    } catch (error) {
      if (!(error instanceof LogRefusal)) throw error;
      if (this.refused !== error.message)
        this.logger.error({ refusal: error.message }, 'the public log is not signed');
      this.refused = error.message;
    }
  }
}
