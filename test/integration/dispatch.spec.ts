import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Id } from '#kernel';
import { Database, QueueFactory } from '#platform';
import { TicketOffice, ticketId } from '#workshop';
import { operation } from '../support/builders/catalogue.builder.js';
import { CrewWorld, MAKERS, taken, type JobRow } from '../support/builders/crew-world.js';
import {
  act,
  actionDocument,
  activateContract,
  buildRouting,
  buildSection,
  buildWorkCentre,
  takeNext,
  type BuiltWorkCentre,
  type TakenJob,
} from '../support/builders/workshop.builder.js';
import { noteSkipped } from '../support/skip.js';

const redisUrl = process.env['COMMONWRIGHT_TEST_REDIS_URL'];
const backends = [
  ...(redisUrl ? [{ backend: 'redis', environment: { QUEUE_BACKEND: 'redis' } }] : []),
  { backend: 'postgres', environment: { QUEUE_BACKEND: 'postgres' } },
];

if (!redisUrl) {
  it('has no Redis to run on', () => {
    noteSkipped(
      'the queue suite on Redis: no Redis could be started; install redis-server or set REDIS_URL',
      9,
    );
  });
}

describe.each(backends)('pulling jobs, with the queue on $backend', ({ backend, environment }) => {
  const world = new CrewWorld();
  beforeAll(() => world.open(environment), 120_000);
  afterAll(() => world.app?.close());

  /** What an operator’s FLUSHDB would do, for this world alone. */
  async function flush(): Promise<void> {
    if (backend === 'redis') {
      const redis = new Redis(redisUrl ?? '');
      const keys = await redis.keys(`${world.app.config.queuePrefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      await redis.quit();
      return;
    }
    const client = new pg.Client({ connectionString: world.app.database.ownerUrl });
    await client.connect();
    await client.query(`TRUNCATE bullmq.job CASCADE`);
    await client.end();
  }

  it('runs on the backend that this suite names', () => {
    expect(world.app.app.get(QueueFactory).kind).toBe(backend);
  });

  it('gives 20 makers who press at once 20 different jobs, and leaves no ticket behind', async () => {
    const section = await world.ready('Rush', MAKERS);
    expect(await world.tickets(section)).toEqual(Array(MAKERS).fill(true));
    const answers = await Promise.all(world.makers.map((maker) => takeNext(maker, section)));
    const jobs = answers.map((answer) => taken(answer));
    expect(new Set(jobs.map((job) => job.id)).size).toBe(MAKERS);
    const rows = await world.jobs(section);
    expect(rows.map((row) => [row.state, row.fence])).toEqual(Array(MAKERS).fill(['claimed', 1]));
    expect(new Set(rows.map((row) => row.claimedBy))).toEqual(new Set(world.makers.map((maker) => maker.id)));
    expect(await world.tickets(section)).toEqual(Array(MAKERS).fill(false));
    for (const [index, maker] of world.makers.entries())
      await act(maker, 'returnJob', jobs[index] as TakenJob);
  });

  it('gives the job that is due first, then the one that is ready for longest', async () => {
    const { section, centre } = await world.bench('Order');
    const versionId = await buildRouting(world.mira, world.fablab, [operation('Cut', centre.id)], 'Order');
    const dates = [null, '2026-07-01', '2026-06-01', '2026-07-01'];
    await activateContract(
      world.app,
      world.fablab,
      versionId,
      dates.map((dueOn) => ({ dueOn })),
    );
    const [undated, second, first, third] = (await world.jobs(section)).map((job) => job.id);
    const order = [];
    for (let index = 0; index < 4; index += 1)
      order.push(taken(await takeNext(world.maker(index), section)).id);
    expect(order).toEqual([first, second, third, undated]);
  });

  it('gives the first of several lanes, whichever lane it is in', async () => {
    const section = await buildSection(world.mira, world.fablab, 'Lanes');
    const centres = [];
    for (const name of ['A', 'B', 'C']) centres.push(await buildWorkCentre(world.mira, section, name));
    const dates = ['2026-08-03', '2026-08-01', '2026-08-02', '2026-08-06', '2026-08-05', '2026-08-04'];
    for (const [index, dueOn] of dates.entries()) {
      const centre = centres[index % 3] as BuiltWorkCentre;
      const versionId = await buildRouting(
        world.mira,
        world.fablab,
        [operation(dueOn, centre.id)],
        `Lane ${index}`,
      );
      await activateContract(world.app, world.fablab, versionId, [{ dueOn }]);
    }
    const order = [];
    for (let index = 0; index < 6; index += 1)
      order.push(taken(await takeNext(world.maker(index), section)).name);
    expect(order).toEqual([...dates].sort());
  });

  it('answers a repeated press with the same job, and takes no second one', async () => {
    const section = await world.ready('Twice', 3);
    const key = randomUUID();
    const answers = await Promise.all([0, 1, 2].map(() => takeNext(world.maker(0), section, key)));
    expect(new Set(answers.map((answer) => answer.job?.id)).size).toBe(1);
    expect((await world.jobs(section)).map((job) => job.state).sort()).toEqual(['claimed', 'ready', 'ready']);
    await world.reconcile();
    expect((await world.tickets(section)).filter(Boolean)).toHaveLength(2);
    expect(taken(await takeNext(world.maker(1), section)).id).not.toBe(answers[0]?.job?.id);
  });

  it('puts every ticket back after the queue was flushed, and keeps makers working until then', async () => {
    const section = await world.ready('Flood', 5);
    await flush();
    expect(await world.tickets(section)).toEqual(Array(5).fill(false));
    taken(await takeNext(world.maker(0), section));
    await world.reconcile();
    expect((await world.tickets(section)).filter(Boolean)).toHaveLength(4);
    const order = [];
    for (let index = 1; index < 5; index += 1)
      order.push(taken(await takeNext(world.maker(index), section)).number);
    expect(order).toEqual([...order].sort());
  });

  it('passes over tickets that are stale', async () => {
    const section = await world.ready('Stale', 2);
    const [job] = await world.jobs(section);
    const office = world.app.app.get(TicketOffice);
    const nobody = '019cad3a-0000-7000-8000-0123456789ab' as Id<'job'>;
    await office.add(job?.laneId as Id<'lane'>, [
      { jobId: nobody, epoch: 1, priority: 1, notBefore: null },
      { jobId: job?.id as Id<'job'>, epoch: 99, priority: 1, notBefore: null },
    ]);
    const jobs = [
      taken(await takeNext(world.maker(0), section)),
      taken(await takeNext(world.maker(1), section)),
    ];
    expect(new Set(jobs.map((each) => each.id)).size).toBe(2);
    expect(await takeNext(world.maker(2), section)).toEqual({
      job: null,
      reason: 'No job is ready in this section now.',
    });
  });

  it('takes stale tickets out when it compares', async () => {
    const section = await world.ready('Litter', 1);
    const [job] = await world.jobs(section);
    const office = world.app.app.get(TicketOffice);
    const laneId = job?.laneId as Id<'lane'>;
    await office.add(laneId, [{ jobId: job?.id as Id<'job'>, epoch: 7, priority: 1, notBefore: null }]);
    await world.reconcile();
    expect(await office.ticketsOf(laneId)).toEqual({
      waiting: [ticketId({ jobId: job?.id as Id<'job'>, epoch: 1 })],
      pulled: [],
    });
  });

  it('gives a job back when its lease has ended: notes, time and counts stay, the late maker is told', async () => {
    const section = await world.ready('Lease', 1);
    const [slow, quick] = [world.maker(0), world.maker(1)];
    const job = taken(await takeNext(slow, section));
    await act(slow, 'startJob', job);
    world.app.clock.advance({ minutes: 10 });
    await act(slow, 'logJob', job, { note: 'Half is cut.', quantityGood: 1 });
    world.app.clock.advance({ minutes: world.app.config.leaseMinutes + 1 });
    await world.sweep();
    await world.app.settle();
    const [row] = await world.jobs(section);
    expect(row).toMatchObject({ state: 'ready', epoch: 2, fence: 1, claimedBy: null });
    expect(await world.hasTicket(row as JobRow)).toBe(true);

    const again = taken(await takeNext(quick, section));
    expect([again.id, again.claim?.fence]).toEqual([job.id, 2]);
    const late = {
      idempotencyKey: randomUUID(),
      jobId: job.id,
      fence: 1,
      quantityGood: 2,
      quantityScrapped: 0,
    };
    const refusals = [];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const variables = { input: { ...late, note: 'All done, the offcuts are in the rack.' } };
      refusals.push(await slow.client.refusal(actionDocument('completeJob'), variables));
    }
    for (const refusal of refusals) {
      expect(refusal.extensions).toEqual({
        code: 'STALE_CLAIM',
        details: { state: 'claimed', noteKept: true },
      });
      expect(refusal.message).toBe(
        `Your claim on job ${job.number} has ended, and another claim holds it now. Your note was kept; nothing else was changed.`,
      );
    }
    const seen = await act<Record<string, unknown>>(quick, 'startJob', again);
    expect(seen).toMatchObject({
      state: 'running',
      quantityGood: 1,
      claim: { fence: 2, mine: true },
      notes: [
        { text: 'Half is cut.', authorName: 'Maker 0', late: false },
        { text: 'All done, the offcuts are in the rack.', authorName: 'Maker 0', late: true },
      ],
    });
    // Ten minutes until the last sign of life; what came after it nobody knows.
    const claim = seen['claim'] as { workedSeconds: number };
    expect(claim.workedSeconds).toBeGreaterThanOrEqual(600);
    expect(claim.workedSeconds).toBeLessThan(660);
  });

  it('finishes a job once, and makes ready the job in the other section that waited for it', async () => {
    const wood = await world.bench('Wood');
    const metal = await world.bench('Metal');
    const routing = [operation('Cut', wood.centre.id), operation('Weld', metal.centre.id, [1])];
    const versionId = await buildRouting(world.mira, world.fablab, routing, 'Trailer');
    await activateContract(world.app, world.fablab, versionId, [{ quantity: 2 }]);
    const [waiting] = await world.jobs(metal.section);
    expect(waiting).toMatchObject({ name: 'Weld', state: 'waiting', epoch: 0 });
    expect(await takeNext(world.maker(1), metal.section)).toEqual({
      job: null,
      reason: 'No job is ready in this section now.',
    });

    const job = taken(await takeNext(world.maker(0), wood.section));
    await act(world.maker(0), 'startJob', job);
    const input = {
      idempotencyKey: randomUUID(),
      jobId: job.id,
      fence: 1,
      quantityGood: 2,
      quantityScrapped: 0,
    };
    const document = actionDocument('completeJob');
    const answers = await Promise.all(
      [0, 1].map(() => world.maker(0).client.get<{ completeJob: { state: string } }>(document, { input })),
    );
    expect(answers.map((answer) => answer.completeJob.state)).toEqual(['done', 'done']);
    await world.app.settle();
    const [ready] = await world.jobs(metal.section);
    expect(ready).toMatchObject({ state: 'ready', epoch: 1 });
    expect(await world.hasTicket(ready as JobRow)).toBe(true);
    const events = await world.app.app
      .get(Database)
      .query(`SELECT to_state FROM workshop.job_event WHERE job_id = $1 AND to_state = 'done'`, [job.id]);
    expect(events).toHaveLength(1);

    const weld = taken(await takeNext(world.maker(1), metal.section));
    expect(weld.name).toBe('Weld');
    await act(world.maker(1), 'startJob', weld);
    await act(world.maker(1), 'completeJob', weld, { quantityGood: 2, quantityScrapped: 0 });
    const orders = await world.app.app
      .get(Database)
      .query(
        `SELECT work_order.state, jobs_open FROM workshop.work_order JOIN workshop.job ON job.work_order_id = work_order.id WHERE job.id = $1`,
        [job.id],
      );
    expect(orders).toEqual([{ state: 'done', jobs_open: 0 }]);
  });
});
