import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operation } from '../support/builders/catalogue.builder.js';
import {
  act,
  activateContract,
  buildRouting,
  buildSection,
  buildWorkCentre,
  takeNext,
  type TakenJob,
} from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const PIN = `mutation ($input: PinJobInput!) { pinJob(input: $input) { id turn { rank pin { reason coordinator { displayName } } } } }`;
const UNPIN = `mutation ($input: UnpinJobInput!) { unpinJob(input: $input) { id turn { rank pin { reason } } } }`;
const BOUND = `mutation ($input: SetFreeBoundInput!) { setFreeBound(input: $input) { freeBound } }`;
const BOARD = `query ($fablab: String!, $section: String!) { section(fablabSlug: $fablab, sectionSlug: $section) {
  jobs { id number reason turn { dueOn contractRef tier rank turn othersBeforeAtMost pin { reason } waitsFor } } } }`;

describe('the order of jobs', () => {
  const world = new WorkshopWorld();
  beforeAll(() => world.open(), 60_000);
  afterAll(() => world.app?.close());

  it('is told in one sentence, and in its parts', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Sentences');
    const centre = await buildWorkCentre(world.mira, section);
    const versionId = await buildRouting(world.mira, world.fablab, [operation('Cut', centre.id)], 'Stool');
    const ref = await activateContract(world.app, world.fablab, versionId, [
      { tier: 'premium', dueOn: '2026-05-01' },
      { tier: 'free', dueOn: '2026-05-02' },
      { tier: 'free', dueOn: '2026-05-03' },
    ]);
    const ask = async (): Promise<Record<string, unknown>[]> =>
      (
        await world.ben.client.get<{ section: { jobs: Record<string, unknown>[] } }>(BOARD, {
          fablab: world.fablab.slug,
          section: section.slug,
        })
      ).section.jobs;
    const jobs = await ask();
    expect(jobs.map((job) => job['reason'])).toEqual([
      `due 2026-05-01 for contract ${ref}, first in its lane`,
      `due 2026-05-02 for contract ${ref}, first free-tier job in turn`,
      `due 2026-05-03 for contract ${ref}, second free-tier job in turn`,
    ]);
    expect(jobs[2]?.['turn']).toEqual({
      ...{ dueOn: '2026-05-03', contractRef: ref, tier: 'free', rank: 3, turn: 2 },
      ...{ othersBeforeAtMost: 7, pin: null, waitsFor: [] },
    });

    const input = {
      idempotencyKey: randomUUID(),
      jobId: jobs[2]?.['id'],
      reason: 'The school opens on Monday.',
    };
    const pinned = await world.mira.client.get<{ pinJob: unknown }>(PIN, { input });
    expect(pinned.pinJob).toEqual({
      id: jobs[2]?.['id'],
      turn: {
        rank: 1,
        pin: { reason: 'The school opens on Monday.', coordinator: { displayName: 'Mira' } },
      },
    });
    expect((await ask()).map((job) => job['reason'])[0]).toBe(
      `pinned by the coordinator (The school opens on Monday.), due 2026-05-03 for contract ${ref}, first free-tier job in turn`,
    );
    await world.refused(
      world.mira,
      PIN,
      { ...input, idempotencyKey: randomUUID() },
      {
        code: 'INVALID_STATE',
        message: 'is pinned already.',
      },
    );
    const off = { idempotencyKey: randomUUID(), jobId: jobs[2]?.['id'] };
    await world.mira.client.get(UNPIN, { input: off });
    expect((await ask()).map((job) => job['id'])).toEqual(jobs.map((job) => job['id']));
    await world.refused(
      world.mira,
      UNPIN,
      { ...off, idempotencyKey: randomUUID() },
      {
        code: 'INVALID_STATE',
        message: 'is not pinned.',
      },
    );
  });

  it('is changed by a coordinator alone, and only while a job is in line', async () => {
    const { section, job } = await world.held(world.ben, 'Held', 2);
    const input = { idempotencyKey: randomUUID(), jobId: job.id, reason: 'Please' };
    await world.refused(world.ben, PIN, input, { code: 'FORBIDDEN', message: 'coordinator' });
    await world.refused(null, PIN, input, { code: 'UNAUTHENTICATED' });
    await world.refused(world.mira, PIN, input, {
      code: 'INVALID_STATE',
      message: 'is claimed; only a job that waits or is ready has a place in line.',
    });
    await world.refused(world.mira, PIN, { ...input, jobId: NOWHERE }, { code: 'NOT_FOUND' });
    await world.refused(
      world.mira,
      PIN,
      { ...input, reason: ' ' },
      { code: 'BAD_INPUT', fields: ['reason'] },
    );
    await act<TakenJob>(world.ben, 'returnJob', job);
    expect((await takeNext(world.ben, section)).job?.id).not.toBe(job.id);
  });

  it('has a bound that a coordinator publishes and anybody can read', async () => {
    const query = `query ($slug: String!) { workshopRules(fablabSlug: $slug) { freeBound } }`;
    const read = (): Promise<unknown> => world.app.client().get(query, { slug: world.fablab.slug });
    expect(await read()).toEqual({ workshopRules: { freeBound: 3 } });
    const input = { fablabId: world.fablab.id, freeBound: 1 };
    await world.refused(world.tomas, BOUND, input, { code: 'FORBIDDEN' });
    await world.refused(
      world.mira,
      BOUND,
      { ...input, freeBound: 51 },
      {
        code: 'BAD_INPUT',
        fields: ['freeBound'],
      },
    );
    await world.mira.client.get(BOUND, { input });
    expect(await read()).toEqual({ workshopRules: { freeBound: 1 } });
  });
});
