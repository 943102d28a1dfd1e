import { createClient, type Client } from 'graphql-ws';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What the connection for live changes is doing: `idle` when no screen asked for one. */
export type LiveState = 'idle' | 'connecting' | 'live' | 'offline';

let state: LiveState = 'idle';
const watchers = new Set<() => void>();
const returners = new Set<() => void>();

function become(next: LiveState): void {
  state = next;
  for (const watcher of watchers) watcher();
}

const PING_MILLISECONDS = 12_000;
const PONG_MILLISECONDS_MAX = 5_000;
const RETRY_MILLISECONDS_MAX = 15_000;
const CLOSED_NORMALLY = 1000;

function makeClient(): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let lost = false;
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    // Doubling with jitter, so that a fablab's phones do not all come back in the same instant.
    retryWait: async (retries) => {
      const base = Math.min(RETRY_MILLISECONDS_MAX, 500 * 2 ** Math.min(retries, 5));
      await new Promise((resolve) => setTimeout(resolve, base * (0.5 + Math.random() / 2)));
    },
    keepAlive: PING_MILLISECONDS,
    on: {
      connecting: () => become(lost ? 'offline' : 'connecting'),
      connected: () => {
        become('live');
        if (lost) for (const back of returners) back();
        lost = false;
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        const ended = (event as CloseEvent).code === CLOSED_NORMALLY;
        lost = !ended;
        become(ended ? 'idle' : 'offline');
      },
      // A sleeping phone keeps a dead socket open for minutes; an unanswered ping ends it.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_MILLISECONDS_MAX);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
    },
  });
  return client;
}

export const liveClient = makeClient();

/** The session cookie is read when the socket opens, so a change of person needs a new socket. */
export function reconnectLive(): void {
  if (state !== 'idle') liveClient.terminate();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Calls `back` whenever the connection returns after a gap: what happened meanwhile was not pushed. */
export function useOnReturn(back: () => void): void {
  const latest = useRef(back);
  latest.current = back;
  useEffect(() => {
    const call = (): void => latest.current();
    returners.add(call);
    window.addEventListener('online', call);
    return () => {
      returners.delete(call);
      window.removeEventListener('online', call);
    };
  }, []);
}
