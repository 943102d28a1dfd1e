import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  TAKE_NEXT,
  act,
  actionDocument,
  buildReadyJobs,
  buildSection,
  grant,
  takeNext,
  type TakenJob,
} from '../support/builders/workshop.builder.js';
import type { Refusal } from '../support/refusal.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('taking the next job', () => {
  it('is for makers of the fablab', async () => {
    const good = { idempotencyKey: randomUUID(), sectionId: world.wood.id };
    await world.refused(null, TAKE_NEXT, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.member, world.mira])
      await world.refused(other, TAKE_NEXT, good, { code: 'FORBIDDEN' });
  });

  it('is refused when it is not asked properly', async () => {
    const good = { idempotencyKey: randomUUID(), sectionId: world.wood.id };
    await world.refused(
      world.tomas,
      TAKE_NEXT,
      { ...good, sectionId: 'wood' },
      { code: 'BAD_INPUT', fields: ['sectionId'] },
    );
    await world.refused(world.tomas, TAKE_NEXT, { ...good, sectionId: NOWHERE }, { code: 'NOT_FOUND' });
    await world.refused(
      world.tomas,
      TAKE_NEXT,
      { ...good, idempotencyKey: 'short' },
      { code: 'BAD_INPUT', fields: ['idempotencyKey'] },
    );
    const other = await buildSection(world.mira, world.fablab, 'Key reuse');
    const key = randomUUID();
    await takeNext(world.tomas, other, key);
    await world.refused(
      world.tomas,
      TAKE_NEXT,
      { idempotencyKey: key, sectionId: world.wood.id },
      { code: 'KEY_REUSED' },
    );
  });

  it('gives only what the maker is qualified for, today', async () => {
    await buildReadyJobs(world.app, world.mira, world.fablab, world.saw, 2);
    const closed = {
      job: null,
      reason:
        '2 jobs are ready here, but they ask for Table saw safety, which you do not hold or which has expired.',
    };
    expect(await takeNext(world.ben, world.wood)).toEqual(closed);
    await grant(world.mira, world.ben, world.safety, '2026-03-02');
    const { job, reason } = await takeNext(world.ben, world.wood);
    expect([job?.state, job?.claim, reason]).toEqual([
      'claimed',
      { fence: 1, mine: true },
      expect.stringMatching(/^Next in line: due 2026-05-01 for contract CSM-2026-\d{4}\.$/),
    ]);
    await act(world.ben, 'returnJob', job as TakenJob);
    world.app.clock.advance({ days: 1 });
    expect(await takeNext(world.ben, world.wood)).toEqual(closed);
  });

  it('is refused to who holds a job in the section, and names it', async () => {
    const { section, job } = await world.held(world.tomas, 'One at a time', 2);
    await world.refused(
      world.tomas,
      TAKE_NEXT,
      { idempotencyKey: randomUUID(), sectionId: section.id },
      {
        code: 'INVALID_STATE',
        message: `You hold job ${job.number} in this section.`,
      },
    );
    await act(world.tomas, 'returnJob', job);
  });
});

describe('working on a job', () => {
  const ACTIONS: readonly [string, Record<string, unknown>][] = [
    ['startJob', {}],
    ['pauseJob', {}],
    ['resumeJob', {}],
    ['logJob', { note: 'Hello.' }],
    ['completeJob', { quantityGood: 2, quantityScrapped: 0 }],
    ['returnJob', {}],
  ];

  it.each(ACTIONS)('%s is for the maker who holds the job', async (mutation, more) => {
    const { job } = await world.held(world.tomas, `Refusals ${mutation}`);
    const good = { idempotencyKey: randomUUID(), jobId: job.id, fence: 1, ...more };
    const document = actionDocument(mutation);
    await world.refused(null, document, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.member, world.mira])
      await world.refused(other, document, good, { code: 'FORBIDDEN', message: 'Only a maker' });
    await world.refused(world.ben, document, good, {
      code: 'FORBIDDEN',
      message: `Only the maker who holds job ${job.number}`,
    });
    await world.refused(
      world.tomas,
      document,
      { ...good, fence: 7 },
      { code: 'STALE_CLAIM', message: 'has another number' },
    );
    await world.refused(world.tomas, document, { ...good, jobId: NOWHERE }, { code: 'NOT_FOUND' });
    await world.refused(
      world.tomas,
      document,
      { ...good, jobId: 'x', fence: 0 },
      { code: 'BAD_INPUT', fields: ['jobId', 'fence'] },
    );
    await world.refused(
      world.tomas,
      document,
      { ...good, idempotencyKey: '' },
      { code: 'BAD_INPUT', fields: ['idempotencyKey'] },
    );
  });

  it('is refused out of order, and with counts that do not add up', async () => {
    const { job } = await world.held(world.tomas, 'Out of order');
    const input = (more: Record<string, unknown> = {}) => ({
      idempotencyKey: randomUUID(),
      jobId: job.id,
      fence: 1,
      ...more,
    });
    const complete = { quantityGood: 2, quantityScrapped: 0 };
    const refuse = (mutation: string, more: Record<string, unknown>, refusal: Refusal) =>
      world.refused(world.tomas, actionDocument(mutation), input(more), refusal);
    await refuse('pauseJob', {}, { code: 'INVALID_STATE' });
    await refuse('resumeJob', {}, { code: 'INVALID_STATE', message: 'start it instead' });
    await refuse('completeJob', complete, { code: 'INVALID_STATE' });
    await refuse('logJob', {}, { code: 'BAD_INPUT', fields: ['note'] });
    await refuse('logJob', { quantityGood: 3 }, { code: 'BAD_INPUT', fields: ['quantityGood'] });
    await refuse('logJob', { quantityGood: -1 }, { code: 'BAD_INPUT', fields: ['quantityGood'] });
    await refuse('returnJob', { note: 'x'.repeat(2001) }, { code: 'BAD_INPUT', fields: ['note'] });
    await act(world.tomas, 'startJob', job);
    await refuse('startJob', {}, { code: 'INVALID_STATE' });
    await refuse(
      'completeJob',
      { ...complete, quantityGood: 1 },
      { code: 'BAD_INPUT', fields: ['quantityGood'] },
    );
    await act(world.tomas, 'completeJob', job, complete);
    await refuse('completeJob', complete, {
      code: 'STALE_CLAIM',
      message: 'it is done now. Nothing was changed.',
    });
    await refuse('returnJob', {}, { code: 'STALE_CLAIM', message: 'it is done now' });
  });

  it('keeps a note of the maker who returned the job, and gives the job to the next', async () => {
    const { section, job } = await world.held(world.tomas, 'Hand over');
    const returned = await act(world.tomas, 'returnJob', job, { note: 'The glue needs an hour.' });
    expect(returned).toMatchObject({
      state: 'ready',
      claim: null,
      notes: [{ text: 'The glue needs an hour.' }],
    });
    const next = (await takeNext(world.ben, section)).job;
    expect([next?.id, next?.claim?.fence]).toEqual([job.id, 2]);
    expect(await world.ben.client.get('{ myJobs { number claim { mine } } }')).toEqual({
      myJobs: [{ number: job.number, claim: { mine: true } }],
    });
  });
});
