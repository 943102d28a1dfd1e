import type { Logger } from '../logging/logger.js';

/**
 * Work that a process does again and again, the first time at once. Plain intervals on purpose: what heals the
 * queues, or must happen without them, cannot depend on them. A failed round is logged, and the next one tries again.
 */
export class Rounds {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopping = false;

  constructor(private readonly logger: Logger) {}

  /** One run after the other, with a pause between. @param what begins «… failed; it is tried again» */
  every(milliseconds: number, what: string, work: () => Promise<unknown>): void {
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

  /** Waits for what is running, and begins nothing more. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }
}
