import { Database } from '../database/database.js';
import type { Tx, UnitOfWork } from '../database/unit-of-work.js';
import type { Logger } from '../logging/logger.js';
import { Listener } from './listener.js';
import { OUTBOX_CHANNEL } from './outbox-waker.js';
import type { Delivery, PublishedEvent, Reaction } from './reactions.js';

const BATCH_EVENTS = 200;
const POLL_MILLISECONDS = 1000;
const RETRY_SECONDS_MAX = 300;

interface OutboxRow {
  id: bigint;
  type: string;
  payload: Record<string, unknown>;
  occurred_at: Date;
  attempts: number;
}

/**
 * Carries events from the outbox to those who react to them. Any number of relays may run: each takes rows with
 * SKIP LOCKED. Order is that of writing but for retries, so a reaction must not rely on it. An event whose
 * reaction fails is tried again with a growing pause and never dropped; `oldestAgeSeconds` shows it to health.
 */
export class OutboxRelay {
  private readonly listener: Listener;
  private stopping = false;
  private running: Promise<void> | null = null;
  private wanted = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly logger: Logger,
    private readonly reactions: readonly Reaction[],
    private readonly deliveries: readonly Delivery[],
  ) {
    this.listener = new Listener(database, OUTBOX_CHANNEL, () => this.kick(), logger);
  }

  start(): void {
    this.listener.start();
    this.timer = setInterval(() => this.kick(), POLL_MILLISECONDS);
    this.kick();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.listener.stop();
    await this.running;
  }

  /** Works through everything that is due now; for tests and for the end of a start. */
  async drain(): Promise<void> {
    while ((await this.batch()) > 0 && !this.stopping);
  }

  private kick(): void {
    this.wanted = true;
    if (this.running || this.stopping) return;
    this.running = this.loop().finally(() => {
      this.running = null;
      if (this.wanted && !this.stopping) this.kick();
    });
  }

  private async loop(): Promise<void> {
    this.wanted = false;
    try {
      await this.drain();
    } catch (error) {
      this.logger.warn({ err: error }, 'the outbox relay could not reach the database; it tries again');
    }
  }

  private async batch(): Promise<number> {
    const due = await this.database.query<{ id: bigint }>(
      `SELECT id FROM platform.outbox WHERE dispatched_at IS NULL AND next_attempt_at <= now() ORDER BY id LIMIT $1`,
      [BATCH_EVENTS],
      'outbox-due',
    );
    for (const { id } of due) {
      if (this.stopping) break;
      await this.dispatch(id);
    }
    return this.stopping ? 0 : due.length;
  }

  private async dispatch(id: bigint): Promise<void> {
    try {
      const event = await this.unitOfWork.run((tx) => this.react(tx, id));
      if (event) await this.deliver(event);
    } catch (error) {
      this.logger.error(
        { err: error, outboxId: id.toString() },
        'a reaction to an event failed; it is tried again',
      );
      await this.database.query(
        `UPDATE platform.outbox SET attempts = attempts + 1, last_error = left($2, 1000),
           next_attempt_at = now() + make_interval(secs => least($3, power(2, least(attempts, 20))))
         WHERE id = $1 AND dispatched_at IS NULL`,
        [id, error instanceof Error ? error.message : String(error), RETRY_SECONDS_MAX],
      );
    }
  }

  /** Reactions and their marks in one transaction; null when another relay has the event or it is done. */
  private async react(tx: Tx, id: bigint): Promise<PublishedEvent | null> {
    const [row] = await tx.query<OutboxRow>(
      `SELECT id, type, payload, occurred_at, attempts FROM platform.outbox
       WHERE id = $1 AND dispatched_at IS NULL FOR UPDATE SKIP LOCKED`,
      [id],
    );
    if (!row) return null;
    const event = { id: row.id, type: row.type, payload: row.payload, occurredAt: row.occurred_at };
    for (const reaction of this.reactions) {
      if (!reaction.types.includes(row.type)) continue;
      const marked = await tx.execute(
        `INSERT INTO platform.outbox_reaction (event_id, reaction) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
        [id, reaction.name],
      );
      if (marked > 0) await reaction.handle(tx, event);
    }
    return event;
  }

  private async deliver(event: PublishedEvent): Promise<void> {
    for (const delivery of this.deliveries) {
      if (delivery.types === 'all' || delivery.types.includes(event.type)) await delivery.deliver(event);
    }
    await this.database.query(
      `UPDATE platform.outbox SET dispatched_at = now(), last_error = NULL WHERE id = $1`,
      [event.id],
      'outbox-done',
    );
  }
}

/** Age in seconds of the oldest event that still waits; 0 when none does. */
export async function outboxAgeSeconds(database: Database): Promise<number> {
  const row = await database.queryOne<{ age: number }>(
    `SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS age
     FROM platform.outbox WHERE dispatched_at IS NULL`,
  );
  return row?.age ?? 0;
}
