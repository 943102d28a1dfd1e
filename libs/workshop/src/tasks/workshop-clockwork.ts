import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { LOGGER, QueueFactory, type Logger } from '#platform';
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
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopping = false;

  constructor(
    private readonly queues: QueueFactory,
    private readonly sweeper: LeaseSweeper,
    private readonly reconciler: TicketReconciler,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): Promise<void> {
    return this.queues.refuseEviction();
  }

  onApplicationBootstrap(): void {
    this.every(SWEEP_MILLISECONDS, 'returning jobs with ended leases', () => this.sweeper.run());
    this.every(RECONCILE_MILLISECONDS, 'comparing tickets with ready jobs', () => this.reconcile());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private async reconcile(): Promise<void> {
    // A Redis that was away at boot is looked at before it is trusted with tickets.
    await this.queues.refuseEviction();
    await this.reconciler.run();
  }

  /** One run after the other, the first at once; a failure is logged and the next run tries again. */
  private every(milliseconds: number, what: string, work: () => Promise<unknown>): void {
    const round = async (): Promise<void> => {
      try {
        await work();
      } catch (error) {
        this.logger.warn({ err: error }, `${what} failed; it is tried again`);
      }
      if (this.stopping) return;
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        start();
      }, milliseconds);
      this.timers.add(timer);
    };
    const start = (): void => {
      const run = round().finally(() => this.running.delete(run));
      this.running.add(run);
    };
    start();
  }
}
