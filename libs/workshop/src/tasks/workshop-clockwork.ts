import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { LOGGER, QueueFactory, Rounds, type Logger } from '#platform';
import { LeaseSweeper } from './lease-sweeper.processor.js';
import { TicketReconciler } from './ticket-reconciler.processor.js';

const SWEEP_MILLISECONDS = 5000;
const RECONCILE_MILLISECONDS = 5000;

/**
 * Runs sweeper and reconciler at the worker's start and every few seconds. Plain intervals on purpose: what heals
 * the queue must not depend on it. Any number of workers may run them at once.
 */
@Injectable()
export class WorkshopClockwork implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly queues: QueueFactory,
    private readonly sweeper: LeaseSweeper,
    private readonly reconciler: TicketReconciler,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.rounds = new Rounds(logger);
  }

  onModuleInit(): Promise<void> {
    return this.queues.refuseEviction();
  }

  onApplicationBootstrap(): void {
    this.rounds.every(SWEEP_MILLISECONDS, 'returning jobs with ended leases', () => this.sweeper.run());
    this.rounds.every(RECONCILE_MILLISECONDS, 'comparing tickets with ready jobs', () => this.reconcile());
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  private async reconcile(): Promise<void> {
    // A Redis that was away at boot is looked at before it is trusted with tickets.
    await this.queues.refuseEviction();
    await this.reconciler.run();
  }
}
