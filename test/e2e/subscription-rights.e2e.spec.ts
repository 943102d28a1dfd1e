import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { ChangeFeed } from '#platform';
import { tellStory } from '../../apps/demo/src/story.js';
import type { TestClient } from '../support/test-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const WATCH = `subscription ($sectionId: ID!) { sectionChanged(sectionId: $sectionId) { counts { ready } } }`;

/** A board stays open for weeks on a wall; whoever leaves the fablab must not go on watching it. */
describe('an open board', () => {
  let system: TestApp;
  let aiko: TestClient;
  let tomas: TestClient;
  let sectionId: string;

  beforeAll(async () => {
    system = await startTestApp({ environment: { COMMONWRIGHT_DEMO: 'true' } });
    await tellStory(system.url, system.clock.now());
    aiko = await signIn('Aiko Brandt');
    tomas = await signIn('Tomás Novák');
    const { section } = await aiko.get<{ section: { id: string } }>(
      `{ section(fablabSlug: "rivermill", sectionSlug: "metalworking") { id } }`,
    );
    sectionId = section.id;
  }, 60_000);

  afterAll(() => system.close());

  async function signIn(name: string): Promise<TestClient> {
    const client = system.client();
    const { demoPeople } = await client.get<{ demoPeople: { id: string; displayName: string }[] }>(
      `{ demoPeople { id displayName } }`,
    );
    await client.get(
      `mutation ($input: SignInAsDemoPersonInput!) { signInAsDemoPerson(input: $input) { id } }`,
      {
        input: { personId: demoPeople.find((person) => person.displayName === name)?.id },
      },
    );
    return client;
  }

  /** Opens the board as `client`; what it was sent, and how its connection closed. */
  function watch(client: TestClient): { pushes: unknown[]; closed: number[]; socket: Client } {
    const seen: { pushes: unknown[]; closed: number[] } = { pushes: [], closed: [] };
    const socket = createClient({
      url: `${system.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, { headers: { cookie: client.cookieHeader } });
        }
      },
      retryAttempts: 0,
      on: { closed: (event) => seen.closed.push((event as { code: number }).code) },
    });
    socket.subscribe(
      { query: WATCH, variables: { sectionId } },
      { next: ({ data }) => seen.pushes.push(data), error: () => undefined, complete: () => undefined },
    );
    return { ...seen, socket };
  }

  async function until(done: () => boolean): Promise<void> {
    for (let tries = 0; !done() && tries < 100; tries += 1) await pause(50);
  }

  it('is sent what changes, until its person signs out; then its connection is closed', async () => {
    const board = watch(tomas);
    await pause(500);
    const take = `mutation ($input: TakeNextJobInput!) { takeNextJob(input: $input) { job { id claim { fence } } } }`;
    const { takeNextJob } = await aiko.get<{
      takeNextJob: { job: { id: string; claim: { fence: number } } };
    }>(take, {
      input: { idempotencyKey: 'aiko-takes-one', sectionId },
    });
    await until(() => board.pushes.length > 0);
    expect(board.pushes.length).toBeGreaterThan(0);
    expect(board.closed).toEqual([]);

    await tomas.get(`mutation { signOut }`);
    const before = board.pushes.length;
    const { id: jobId, claim } = takeNextJob.job;
    await aiko.get(`mutation ($input: StartJobInput!) { startJob(input: $input) { id } }`, {
      input: { idempotencyKey: 'aiko-starts-it', jobId, fence: claim.fence },
    });
    await until(() => board.closed.length > 0);
    expect(board.closed).toEqual([4205]);
    expect(board.pushes.length).toBe(before);
    await board.socket.dispose();
  });

  it('is forgotten as soon as it is closed, though nothing changes', async () => {
    const feed = system.app.get(ChangeFeed);
    const before = feed.listeners;
    const board = watch(aiko);
    await until(() => feed.listeners === before + 1);
    expect(feed.listeners).toBe(before + 1);
    await board.socket.dispose();
    await until(() => feed.listeners === before);
    expect(feed.listeners).toBe(before);
  });
});
