import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import {
  buildContractWorld,
  draftContract,
  openContract,
  pledge,
  type ContractWorld,
} from '../support/builders/contract.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let world: ContractWorld;
let socket: Client;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildContractWorld(app);
  socket = createClient({
    url: `${app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
}, 60_000);
afterAll(async () => {
  await socket?.dispose();
  await app?.close();
});

const WATCH = `subscription ($ref: String!) { contractChanged(ref: $ref) {
  state funding { pledged { amountMinor } } pledges { amount { amountMinor } community { name } } } }`;

describe('an open page of a contract', () => {
  it('shows each pledge as it comes, with all that came before', async () => {
    const contract = await openContract(world);
    await app.settle();
    const seen: unknown[] = [];
    const end = socket.subscribe(
      { query: WATCH, variables: { ref: contract.ref } },
      { next: ({ data }) => seen.push(data), error: (error) => seen.push(error), complete: () => undefined },
    );
    await pause(500);
    for (const [count, amount] of [1000, 2000].entries()) {
      await pledge(world.noor, contract, world.north, amount);
      for (let tries = 0; seen.length <= count && tries < 100; tries += 1) await pause(50);
    }
    end();
    const north = { name: 'North Village' };
    expect(seen).toEqual([
      {
        contractChanged: {
          state: 'open',
          funding: { pledged: { amountMinor: '1000' } },
          pledges: [{ amount: { amountMinor: '1000' }, community: north }],
        },
      },
      {
        contractChanged: {
          state: 'open',
          funding: { pledged: { amountMinor: '3000' } },
          pledges: [
            { amount: { amountMinor: '1000' }, community: north },
            { amount: { amountMinor: '2000' }, community: north },
          ],
        },
      },
    ]);
  });

  it('is refused for a draft of others', async () => {
    const { ref } = await draftContract(world);
    const answer = await new Promise<unknown>((resolve) => {
      socket.subscribe(
        { query: WATCH, variables: { ref } },
        { next: resolve, error: resolve, complete: () => undefined },
      );
    });
    expect(JSON.stringify(answer)).toContain('that you can see');
  });
});
