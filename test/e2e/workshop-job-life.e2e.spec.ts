import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, takeNext, type TakenJob } from '../support/builders/workshop.builder.js';
import { JobLifeWorld } from '../support/builders/job-life-world.js';

describe('the life of a job', () => {
  const world = new JobLifeWorld();
  beforeAll(() => world.open(), 60_000);
  afterAll(() => world.app?.close());

  it('goes on in another maker’s hands with its notes, time and half-finished quantities', async () => {
    const { section } = await world.twoSteps('Hand over');
    const job = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', job);
    world.app.clock.advance({ minutes: 30 });
    await act(world.ben, 'logJob', job, { quantityGood: 4 });
    const given = await world.call<TakenJob & { claim: { fence: number } }>(
      world.ben,
      'handOverJob',
      {
        jobId: job.id,
        fence: job.claim?.fence,
        toMakerId: world.tomas.id,
        note: 'Four are cut; the rest is marked.',
      },
      'id state quantityGood claim { fence mine workedSeconds maker { displayName } } notes { text } history { cause actor { displayName } }',
    );
    expect(given).toMatchObject({
      state: 'claimed',
      quantityGood: 4,
      claim: { fence: 2, mine: false, maker: { displayName: 'Tomás' } },
      notes: [{ text: 'Four are cut; the rest is marked.' }],
    });
    await world.refused(
      world.ben,
      `mutation ($input: LogJobInput!) { logJob(input: $input) { id } }`,
      { idempotencyKey: randomUUID(), jobId: job.id, fence: 1, quantityGood: 5 },
      { code: 'STALE_CLAIM', message: 'another claim holds it now' },
    );
    await act(world.tomas, 'startJob', given);
    world.app.clock.advance({ minutes: 30 });
    await act(world.tomas, 'completeJob', given, { quantityGood: 10, quantityScrapped: 0 });
    const logged = await world.events('workshop.time-logged', job.id);
    expect(
      logged.map(({ payload }) => [payload['makerId'], payload['contractLine'], payload['communityIds']]),
    ).toEqual([
      [world.ben.id, 1, [world.fablab.id]],
      [world.tomas.id, 1, [world.fablab.id]],
    ]);
    for (const { payload } of logged) {
      expect(payload['seconds']).toBeGreaterThanOrEqual(1800);
      expect(payload['milliHours']).toBe(Math.floor(((payload['seconds'] as number) * 1000) / 3600));
    }
    const [completed] = await world.events('workshop.job-completed', job.id);
    expect(completed?.payload).toMatchObject({
      outcome: 'done',
      quantityGood: 10,
      quantityScrapped: 0,
      position: 1,
    });
  });

  it('is handed only to a maker who may do it, and who has a hand free', async () => {
    const { section, job } = await world.held(world.ben, 'Free hand', 2);
    const other = (await takeNext(world.tomas, section)).job as TakenJob;
    const query = `mutation ($input: HandOverJobInput!) { handOverJob(input: $input) { id } }`;
    const input = {
      idempotencyKey: randomUUID(),
      jobId: job.id,
      fence: 1,
      toMakerId: world.tomas.id,
      note: 'Please.',
    };
    await world.refused(world.ben, query, input, { code: 'INVALID_STATE', message: 'holds another job' });
    await world.refused(
      world.ben,
      query,
      { ...input, toMakerId: world.member.id },
      {
        code: 'BAD_INPUT',
        fields: ['toMakerId'],
      },
    );
    await world.refused(world.ben, query, { ...input, note: ' ' }, { code: 'BAD_INPUT', fields: ['note'] });
    await act(world.tomas, 'returnJob', other);
    await act(world.ben, 'returnJob', job);
  });

  it('is made again where it was scrapped, and what follows waits for that', async () => {
    const { section } = await world.twoSteps('Scrap');
    const job = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', job);
    await world.call(world.ben, 'scrapJob', {
      jobId: job.id,
      fence: 1,
      quantityGood: 7,
      note: 'The blade broke.',
    });
    expect(await world.summary(section)).toEqual([
      'Cut 1: 10 scrapped',
      'Cut 2: 3 ready',
      'Glue 1: 10 waiting',
    ]);
    expect((await world.events('workshop.job-completed', job.id))[0]?.payload).toMatchObject({
      outcome: 'scrapped',
      quantityGood: 7,
      quantityScrapped: 3,
    });
    const again = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', again);
    await act(world.ben, 'completeJob', again, { quantityGood: 2, quantityScrapped: 1 });
    expect(await world.summary(section)).toEqual([
      ...['Cut 1: 10 scrapped', 'Cut 2: 3 done', 'Cut 3: 1 ready', 'Glue 1: 10 waiting'],
    ]);
    const last = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', last);
    await act(world.ben, 'completeJob', last, { quantityGood: 0, quantityScrapped: 1, rework: false });
    expect((await world.summary(section)).at(-1)).toBe('Glue 1: 10 ready');
  });

  it('rests while something is in its way, until a person named for it lifts that', async () => {
    const { section } = await world.twoSteps('Blocked');
    const [cut] = await world.rows(section);
    const blocked = await world.call<{ state: string; reason: string; blocks: { id: string }[] }>(
      world.ben,
      'blockJob',
      { jobId: cut?.id, kind: 'material', detail: 'No ash left.', lifterId: world.tomas.id },
      'state reason blocks { id kind detail lifter { displayName } viewerCanLift }',
    );
    expect(blocked).toMatchObject({
      state: 'waiting',
      reason: expect.stringMatching(/^blocked: material is missing; due 2026-05-01/),
      blocks: [
        { kind: 'material', detail: 'No ash left.', lifter: { displayName: 'Tomás' }, viewerCanLift: false },
      ],
    });
    expect((await takeNext(world.ben, section)).job).toBeNull();
    const lift = `mutation ($input: LiftBlockInput!) { liftBlock(input: $input) { id } }`;
    const input = { idempotencyKey: randomUUID(), blockId: blocked.blocks[0]?.id, answer: 'It came.' };
    await world.refused(world.ben, lift, input, { code: 'FORBIDDEN', message: 'coordinator' });
    await world.call(world.tomas, 'liftBlock', { blockId: blocked.blocks[0]?.id, answer: 'It came.' });
    await world.refused(world.mira, lift, input, { code: 'INVALID_STATE', message: 'lifted already' });
    await world.app.settle();
    const job = (await takeNext(world.ben, section)).job as TakenJob;
    expect(job.id).toBe(cut?.id);
    await act(world.ben, 'startJob', job);
    const stopped = await world.call<{ state: string; blocks: { id: string }[] }>(
      world.ben,
      'blockJob',
      { jobId: job.id, kind: 'question', detail: 'Which side is up?' },
      'state blocks { id }',
    );
    expect(stopped.state).toBe('paused');
    await world.refused(
      world.ben,
      `mutation ($input: ResumeJobInput!) { resumeJob(input: $input) { id } }`,
      { idempotencyKey: randomUUID(), jobId: job.id, fence: job.claim?.fence },
      { code: 'INVALID_STATE', message: 'in the way' },
    );
    await act(world.ben, 'returnJob', job);
    expect((await world.rows(section))[0]?.state).toBe('waiting');
    await world.call(world.mira, 'liftBlock', { blockId: stopped.blocks[0]?.id });
    expect((await world.rows(section))[0]).toMatchObject({ state: 'ready', epoch: 3 });
    expect(await world.events('workshop.job-lifted', job.id)).toHaveLength(2);
  });
});
