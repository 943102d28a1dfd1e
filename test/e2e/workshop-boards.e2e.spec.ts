import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { operation } from '../support/builders/catalogue.builder.js';
import type { BuiltPerson } from '../support/builders/identity.builder.js';
import {
  act,
  activateContract,
  buildReadyJobs,
  buildRouting,
  buildSection,
  buildWorkCentre,
  takeNext,
  type TakenJob,
} from '../support/builders/workshop.builder.js';
import { WorkshopWorld } from '../support/builders/workshop-world.js';

const BOARD = `query ($fablab: String!, $section: String!) {
  section(fablabSlug: $fablab, sectionSlug: $section) {
    name workCentres { name }
    counts { waiting ready claimed running paused doneToday }
    jobs { name state reason after workCentre { name } claim { mine maker { displayName } } workOrder { productName contractRef tier dueOn } }
  }
}`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('a job on the board', () => {
  it('goes from claim to done, and others see who and how far', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Assembly');
    const centre = await buildWorkCentre(world.mira, section, 'Bench');
    const routing = [operation('Cut', centre.id), operation('Glue', centre.id, [1])];
    const versionId = await buildRouting(world.mira, world.fablab, routing, 'Stool');
    const ref = await activateContract(
      world.app,
      world.fablab,
      versionId,
      [{ quantity: 3, tier: 'free' }],
      'CSM-2026-0042',
    );
    const { job } = await takeNext(world.tomas, section);
    await act(world.tomas, 'startJob', job as TakenJob);
    world.app.clock.advance({ minutes: 5 });
    await act(world.tomas, 'pauseJob', job as TakenJob);
    world.app.clock.advance({ minutes: 60 });
    await act(world.tomas, 'resumeJob', job as TakenJob);
    world.app.clock.advance({ minutes: 10 });
    const logged = await act<{ claim: { workedSeconds: number; runningSince: string; leaseEndsAt: string } }>(
      world.tomas,
      'logJob',
      job as TakenJob,
      { note: 'The saw was dull.', quantityGood: 1 },
    );
    expect(Math.floor(logged.claim.workedSeconds / 60)).toBe(5);
    expect(Date.parse(logged.claim.leaseEndsAt) - world.app.clock.now().getTime()).toBeGreaterThan(
      239 * 60_000,
    );
    const board = await world.member.client.get(BOARD, { fablab: world.fablab.slug, section: section.slug });
    const workOrder = { productName: 'Stool', contractRef: ref, tier: 'free', dueOn: '2026-05-01' };
    expect(board).toEqual({
      section: {
        name: 'Assembly',
        workCentres: [{ name: 'Bench' }],
        counts: { waiting: 1, ready: 0, claimed: 0, running: 1, paused: 0, doneToday: 0 },
        jobs: [
          {
            name: 'Cut',
            state: 'running',
            reason: `being worked on, due 2026-05-01 for contract ${ref}`,
            after: [],
            workCentre: { name: 'Bench' },
            claim: { mine: false, maker: { displayName: 'Tomás' } },
            workOrder,
          },
          {
            name: 'Glue',
            state: 'waiting',
            reason: `waits for operation 1, due 2026-05-01 for contract ${ref}`,
            after: [1],
            workCentre: { name: 'Bench' },
            claim: null,
            workOrder,
          },
        ],
      },
    });
    const done = await act(world.tomas, 'completeJob', job as TakenJob, {
      quantityGood: 2,
      quantityScrapped: 1,
      rework: false,
      note: 'One split.',
    });
    expect(done).toMatchObject({
      state: 'done',
      claim: null,
      quantityGood: 2,
      quantityScrapped: 1,
      notes: [
        { text: 'The saw was dull.', authorName: 'Tomás', late: false },
        { text: 'One split.', authorName: 'Tomás', late: false },
      ],
    });
    const progress = `{ contractProgress(contractRef: "${ref}") { jobsDone jobsTotal unitsDone unitsTotal } }`;
    expect(await world.app.client().get(progress)).toEqual({
      contractProgress: { jobsDone: 1, jobsTotal: 2, unitsDone: 0, unitsTotal: 3 },
    });
    const orders = `{ workOrders(contractRef: "${ref}") { number quantity state jobs { name state } } }`;
    expect(await world.member.client.get(orders)).toEqual({
      workOrders: [
        {
          number: expect.stringMatching(/^WO-\d{6}$/),
          quantity: 3,
          state: 'open',
          jobs: [
            { name: 'Cut', state: 'done' },
            { name: 'Glue', state: 'ready' },
          ],
        },
      ],
    });
    expect(await world.stranger.client.get(orders)).toEqual({ workOrders: [] });
  });
});

describe('looking at a workshop', () => {
  it('is for members of the fablab', async () => {
    const board = { fablab: world.fablab.slug, section: world.wood.slug };
    const asks: [string, Record<string, unknown>][] = [
      [BOARD, board],
      [`query ($slug: String!) { fablabSections(fablabSlug: $slug) { name } }`, { slug: world.fablab.slug }],
      [`query ($id: ID!) { qualifications(fablabId: $id) { name } }`, { id: world.fablab.id }],
      [`query ($id: ID!) { makerQualifications(fablabId: $id) { id } }`, { id: world.fablab.id }],
    ];
    for (const [query, variables] of asks) {
      expect((await world.app.client().refusal(query, variables)).extensions.code).toBe('UNAUTHENTICATED');
      expect((await world.stranger.client.refusal(query, variables)).extensions.code).toBe('FORBIDDEN');
    }
    expect((await world.member.client.refusal(BOARD, { ...board, fablab: 'nowhere' })).extensions.code).toBe(
      'NOT_FOUND',
    );
    expect(await world.member.client.get(BOARD, { ...board, section: 'nowhere' })).toEqual({ section: null });
    const { job } = await world.held(world.tomas, 'Private');
    const query = `{ job(id: "${job.id}") { name } }`;
    expect(await world.stranger.client.get(query)).toEqual({ job: null });
    expect(await world.member.client.get(query)).toEqual({ job: { name: 'Cut' } });
  });

  it('shows on an open board what others do, without asking again', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Watched');
    await buildReadyJobs(world.app, world.mira, world.fablab, await buildWorkCentre(world.mira, section), 1);
    const query = `subscription { sectionChanged(sectionId: "${section.id}") { counts { ready claimed } } }`;
    const boards = subscribe(world.member, query);
    const first = boards.next();
    // The server answers nothing when a subscription stands, so a change is made until the board moves.
    const seen = await repeatUntil(first, async () => {
      const { job } = await takeNext(world.tomas, section);
      if (job) await act(world.tomas, 'returnJob', job);
    });
    expect(seen).toEqual({
      value: { data: { sectionChanged: { counts: expect.any(Object) } } },
      done: false,
    });
    await boards.return?.();
    const refusal = await subscribe(world.stranger, query).next();
    expect(refusal.value).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  }, 30_000);
});

/** A subscription over WebSocket with the person's cookies, as a browser opens one. */
function subscribe(person: BuiltPerson, query: string): AsyncIterableIterator<unknown> {
  const headers = { cookie: person.client.cookieHeader };
  const client = createClient({
    url: `${world.app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { headers });
      }
    },
  });
  return client.iterate({ query });
}

async function repeatUntil<Result>(result: Promise<Result>, work: () => Promise<void>): Promise<Result> {
  let over = false;
  void result.finally(() => (over = true)).catch(() => undefined);
  while (!over) {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return result;
}
