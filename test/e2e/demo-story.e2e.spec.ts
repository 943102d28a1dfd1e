import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellStory } from '../../apps/demo/src/story.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface ContractRow {
  ref: string;
  state: string;
  funding: { pledged: { amountMinor: string }; received: { amountMinor: string } };
}

describe('the demo story', () => {
  let system: TestApp;

  beforeAll(async () => {
    system = await startTestApp({ environment: { COMMONWRIGHT_DEMO: 'true' } });
    await tellStory(system.url, system.clock.now());
    await system.settle();
  });

  afterAll(() => system.close());

  it('shows the public one contract at work and one that looks for pledges, and no draft', async () => {
    const { contracts } = await system
      .client()
      .get<{ contracts: { nodes: ContractRow[] } }>(
        `{ contracts { nodes { ref state funding { pledged { amountMinor } received { amountMinor } } } } }`,
      );
    expect(contracts.nodes).toEqual([
      {
        ref: 'CSM-2026-0002',
        state: 'open',
        funding: { pledged: { amountMinor: '80000' }, received: { amountMinor: '0' } },
      },
      {
        ref: 'CSM-2026-0001',
        state: 'active',
        funding: { pledged: { amountMinor: '300000' }, received: { amountMinor: '240000' } },
      },
    ]);
  });

  it('lets anyone sign in as each of its people by one click', async () => {
    const visitor = system.client();
    const { demoPeople } = await visitor.get<{
      demoPeople: { id: string; displayName: string; role: string }[];
    }>(`{ demoPeople { id displayName role } }`);
    expect(demoPeople.map((person) => person.displayName).sort()).toEqual([
      'Aiko Brandt',
      'Ines Almeida',
      'Jonas Petrov',
      'Marta Lindqvist',
      'Pilar Costa',
      'Ruth Okafor',
      'Tomás Novák',
    ]);
    for (const person of demoPeople) {
      const { signInAsDemoPerson } = await visitor.get<{ signInAsDemoPerson: { displayName: string } }>(
        `mutation ($input: SignInAsDemoPersonInput!) { signInAsDemoPerson(input: $input) { displayName } }`,
        { input: { personId: person.id } },
      );
      expect(signInAsDemoPerson.displayName).toBe(person.displayName);
    }
  });

  it('left the workshop at work: tubes are cut, boards are being cut, welding can begin', async () => {
    const ines = system.client();
    const { demoPeople } = await ines.get<{ demoPeople: { id: string; displayName: string }[] }>(
      `{ demoPeople { id displayName } }`,
    );
    await ines.get(
      `mutation ($input: SignInAsDemoPersonInput!) { signInAsDemoPerson(input: $input) { id } }`,
      {
        input: { personId: demoPeople.find((person) => person.displayName === 'Ines Almeida')?.id },
      },
    );
    const { workOrders } = await ines.get<{
      workOrders: { quantity: number; jobs: { name: string; state: string }[] }[];
    }>(`{ workOrders(contractRef: "CSM-2026-0001") { quantity jobs { name state } } }`);
    expect(workOrders.map((order) => order.quantity).sort()).toEqual([2, 3]);
    const states = workOrders.flatMap((order) => order.jobs.map((job) => `${job.name}: ${job.state}`)).sort();
    expect(states).toEqual([
      'Assemble and test: waiting',
      'Assemble and test: waiting',
      'Cut and notch tubes: done',
      'Cut and notch tubes: ready',
      'Cut deck boards: ready',
      'Cut deck boards: running',
      'Weld frame: ready',
      'Weld frame: waiting',
    ]);
  });

  it('keeps the draft to its parties', async () => {
    const stranger = await system
      .client()
      .get<{ contract: unknown }>(`{ contract(ref: "CSM-2026-0003") { title } }`);
    expect(stranger.contract).toBeNull();
  });
});
