import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, UnitOfWork } from '#platform';
import { act, takeNext, type TakenJob } from '../support/builders/workshop.builder.js';
import { JobLifeWorld } from '../support/builders/job-life-world.js';

describe('batches of jobs, and what becomes of them', () => {
  const world = new JobLifeWorld();
  beforeAll(() => world.open(), 60_000);
  afterAll(() => world.app?.close());

  it('is divided and joined without losing a unit, and only where nobody has begun', async () => {
    const { section } = await world.twoSteps('Parts');
    const [cut, glue] = await world.rows(section);
    const part = await world.call<{ id: string }>(world.mira, 'splitJob', { jobId: cut?.id, quantity: 4 });
    await world.call(world.mira, 'splitJob', { jobId: glue?.id, quantity: 5 });
    expect(await world.summary(section)).toEqual([
      ...['Cut 1: 6 ready', 'Cut 2: 4 ready', 'Glue 1: 5 waiting', 'Glue 2: 5 waiting'],
    ]);
    expect((await world.rows(section)).map((row) => row.open)).toEqual([0, 0, 2, 2]);
    const job = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', job);
    await act(world.ben, 'logJob', job, { quantityGood: 4 });
    const split = `mutation ($input: SplitJobInput!) { splitJob(input: $input) { id } }`;
    await world.refused(
      world.ben,
      split,
      { idempotencyKey: randomUUID(), jobId: job.id, quantity: 3, fence: 1 },
      { code: 'BAD_INPUT', message: 'At most 2 of the 6 units', fields: ['quantity'] },
    );
    const third = await world.call<{ id: string }>(world.ben, 'splitJob', {
      jobId: job.id,
      quantity: 2,
      fence: 1,
    });
    const merge = `mutation ($input: MergeJobsInput!) { mergeJobs(input: $input) { id } }`;
    await world.refused(
      world.mira,
      merge,
      { idempotencyKey: randomUUID(), jobIds: [job.id, part.id] },
      { code: 'INVALID_STATE', message: 'is begun' },
    );
    await world.call(world.mira, 'mergeJobs', { jobIds: [third.id, part.id] });
    await world.call(world.mira, 'mergeJobs', {
      jobIds: (await world.rows(section)).slice(-2).map((row) => row.id),
    });
    expect(await world.summary(section)).toEqual([
      ...[
        'Cut 1: 4 running',
        'Cut 2: 6 ready',
        'Cut 3: 2 cancelled',
        'Glue 1: 10 waiting',
        'Glue 2: 5 cancelled',
      ],
    ]);
    expect((await world.rows(section))[3]?.open).toBe(2);
    await act(world.ben, 'completeJob', job, { quantityGood: 4, quantityScrapped: 0 });
    const rest = (await takeNext(world.ben, section)).job as TakenJob;
    await act(world.ben, 'startJob', rest);
    await act(world.ben, 'completeJob', rest, { quantityGood: 6, quantityScrapped: 0 });
    expect((await world.rows(section))[3]).toMatchObject({ state: 'ready', quantity: 10 });
  });

  it('is cancelled with a reason, and the order goes on without it', async () => {
    const { section } = await world.twoSteps('Cancel');
    const [cut, glue] = await world.rows(section);
    await world.call(world.mira, 'cancelJob', { jobId: cut?.id, reason: 'They came cut.' });
    expect(await world.summary(section)).toEqual(['Cut 1: 10 cancelled', 'Glue 1: 10 ready']);
    const { job } = await world.held(world.ben, 'Held back');
    await world.refused(
      world.mira,
      `mutation ($input: CancelJobInput!) { cancelJob(input: $input) { id } }`,
      { idempotencyKey: randomUUID(), jobId: job.id, reason: 'No.' },
      { code: 'INVALID_STATE', message: 'Ask its maker to return it.' },
    );
    await act(world.ben, 'returnJob', job);
    await world.call(world.mira, 'cancelJob', { jobId: glue?.id, reason: 'Nobody wants it.' });
    const [end] = await world.app.app.get(Database).query<{ payload: { outcome: string } }>(
      `SELECT payload FROM platform.outbox WHERE type = 'workshop.work-order-completed'
         AND payload->>'workOrderId' = (SELECT work_order_id::text FROM workshop.job WHERE id = $1)`,
      [glue?.id],
    );
    expect(end?.payload.outcome).toBe('cancelled');
  });

  it('records what it took in and what was wasted, by whoever holds it', async () => {
    const { job } = await world.held(world.ben, 'Material');
    const input = { jobId: job.id, fence: 1, kind: 'waste', item: 'ash board', unit: 'm2', quantity: '0.25' };
    expect(await world.call(world.ben, 'logMaterial', input, 'material { kind item unit quantity }')).toEqual(
      {
        material: [{ kind: 'waste', item: 'ash board', unit: 'm2', quantity: '0.25' }],
      },
    );
    const [event] = await world.events('workshop.material-logged', job.id);
    expect(event?.payload).toMatchObject({ kind: 'waste', quantityMilli: '250', makerId: world.ben.id });
    await world.refused(
      world.tomas,
      `mutation ($input: LogMaterialInput!) { logMaterial(input: $input) { id } }`,
      { idempotencyKey: randomUUID(), ...input },
      { code: 'STALE_CLAIM' },
    );
    await act(world.ben, 'returnJob', job);
  });

  it('is due on another day when an amendment says so, and takes its new place', async () => {
    const { section } = await world.twoSteps('Amended');
    const [cut] = await world.rows(section);
    const [order] = await world.app.app.get(Database).query<{ contractId: string; ref: string }>(
      `SELECT contract_id AS "contractId", contract_ref AS ref FROM workshop.work_order
       WHERE id = (SELECT work_order_id FROM workshop.job WHERE id = $1)`,
      [cut?.id],
    );
    const tell = async (state: string, dueOn: string): Promise<void> => {
      const payload = { ...order, number: 2, state, lines: [{ position: 1, dueOn }] };
      await world.app.app
        .get(UnitOfWork)
        .run(async (tx) => tx.publish({ type: 'contracting.amendment-changed', payload }));
      await world.app.settle();
    };
    const days = (): Promise<{ day: string; epoch: number }[]> =>
      world.app.app
        .get(Database)
        .query(
          `SELECT due_on::text AS day, epoch FROM workshop.job WHERE section_id = $1 ORDER BY position`,
          [section.id],
        );
    await tell('proposed', '2026-08-01');
    expect(await days()).toEqual([
      { day: '2026-05-01', epoch: 1 },
      { day: '2026-05-01', epoch: 0 },
    ]);
    await tell('accepted', '2026-08-01');
    expect(await days()).toEqual([
      { day: '2026-08-01', epoch: 2 },
      { day: '2026-08-01', epoch: 0 },
    ]);
  });
});
