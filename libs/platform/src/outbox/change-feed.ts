import { EventEmitter, on } from 'node:events';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { LOGGER, type Logger } from '../logging/logger.js';
import { Listener } from './listener.js';
import type { Delivery, PublishedEvent } from './reactions.js';

const CHANNEL = 'commonwright_changes';
/** PostgreSQL refuses payloads of 8000 bytes and more. */
const PAYLOAD_BYTES_MAX = 7900;
/** Open screens on one API process: each is one listener on the emitter. */
const SUBSCRIBERS_MAX = 100_000;

/** What changed, for open screens. It says where to look and never carries what a viewer may not read. */
export interface Change {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Sent to every subscriber after a lost connection: something may have changed, so look again. */
export const CHANGE_UNKNOWN: Change = { type: 'platform.changes-missed', payload: {} };

/**
 * Pushes events to the subscriptions of every API process, by PostgreSQL's NOTIFY: the relay sends each event
 * once, on one connection. (In the writing transaction it would serialise all commits.)
 */
@Injectable()
export class ChangeFeed implements OnModuleInit, OnApplicationShutdown {
  private readonly emitter = new EventEmitter().setMaxListeners(SUBSCRIBERS_MAX);
  private readonly ending = new AbortController();
  private readonly listener: Listener;

  constructor(database: Database, @Inject(LOGGER) logger: Logger) {
    const missed = (): void => void this.emitter.emit('change', CHANGE_UNKNOWN);
    this.listener = new Listener(database, CHANNEL, (text) => this.receive(text), logger, missed);
  }

  onModuleInit(): void {
    this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.listener.stop();
  }

  /**
   * Changes of interest, mapped to what the subscription sends; ends when the client leaves.
   * @param pick returns undefined for a change that this subscriber is not shown
   */
  changes<Item>(
    pick: (change: Change) => Item | undefined | Promise<Item | undefined>,
  ): AsyncGenerator<Item> {
    const leaving = new AbortController();
    const generator = this.picked(pick, AbortSignal.any([this.ending.signal, leaving.signal]));
    // A generator that waits hears of `return` only at its next change, which may never come: a client that leaves
    // would stay among the listeners.
    return endingWith(generator, () => leaving.abort());
  }

  private async *picked<Item>(
    pick: (change: Change) => Item | undefined | Promise<Item | undefined>,
    signal: AbortSignal,
  ): AsyncGenerator<Item> {
    try {
      for await (const [change] of on(this.emitter, 'change', { signal })) {
        const item = await pick(change as Change);
        if (item !== undefined) yield item;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** How many subscriptions listen. */
  get listeners(): number {
    return this.emitter.listenerCount('change');
  }

  private receive(text: string): void {
    this.emitter.emit('change', text === '' ? CHANGE_UNKNOWN : (JSON.parse(text) as Change));
  }
}

/** The relay's side of the feed. */
export class ChangeDelivery implements Delivery {
  readonly name = 'platform.change-feed';
  readonly types = 'all';

  constructor(private readonly database: Database) {}

  async deliver(event: PublishedEvent): Promise<void> {
    const text = JSON.stringify({ type: event.type, payload: event.payload });
    const payload = Buffer.byteLength(text) > PAYLOAD_BYTES_MAX ? '' : text;
    await this.database.query(`SELECT pg_notify($1, $2)`, [CHANNEL, payload], 'change-notify');
  }
}

/** Does `end` as soon as somebody calls `return`, whatever the generator waits for. */
export function endingWith<Item>(generator: AsyncGenerator<Item>, end: () => unknown): AsyncGenerator<Item> {
  const finish = generator.return.bind(generator);
  generator.return = async (value) => {
    await end();
    return finish(value);
  };
  return generator;
}
