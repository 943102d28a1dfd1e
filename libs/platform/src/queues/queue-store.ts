import type { BackendFactory, IQueueBackend } from 'bullmq';

/** What the health page and the dispatcher want to know of the place where tickets lie. */
export interface QueueHealth {
  readonly up: boolean;
  readonly detail: string | null;
}

/** Where BullMQ keeps its entries: one connection (or pool) for all queues of a process. */
export interface QueueStore {
  readonly kind: 'redis' | 'postgres';
  /** Hands every queue a sibling of one backend, so that a thousand lanes do not open a thousand connections. */
  readonly backendFactory: BackendFactory<IQueueBackend>;
  /** False when asking would fail anyway; costs nothing. */
  isUp(): boolean;
  /** Waits a little for the first connection, so that the first command after a start is not refused. */
  waitUntilUp(milliseconds: number): Promise<boolean>;
  health(): Promise<QueueHealth>;
  /** Redis: the `maxmemory-policy`; null where nothing can be evicted or the server does not say. */
  evictionPolicy(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * For how long a fetched entry stays this process's before BullMQ gives it to another: a claim takes
 * milliseconds, so a longer time would only keep a ticket from others after a crash.
 */
export const ENTRY_LOCK_MILLISECONDS = 10_000;
export const STALLED_CHECK_MILLISECONDS = 10_000;
