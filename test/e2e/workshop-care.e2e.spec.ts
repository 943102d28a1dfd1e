import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarePlanner } from '#workshop';
import { act, buildSection, buildWorkCentre, takeNext } from '../support/builders/workshop.builder.js';
import { NOWHERE, WorkshopWorld } from '../support/builders/workshop-world.js';

const CREATE = `mutation ($input: CreateHouseJobInput!) {
  createHouseJob(input: $input) { id name state quantity plannedMinutes dueOn reason workOrder { productName } }
}`;
const PLAN = `mutation ($input: CreateCarePlanInput!) { createCarePlan(input: $input) { id name nextOn everyDays workCentre { name } } }`;
const END = `mutation ($input: EndCarePlanInput!) { endCarePlan(input: $input) { name } }`;

const world = new WorkshopWorld();
beforeAll(() => world.open(), 90_000);
afterAll(() => world.app?.close());

describe('a job that a fablab does for itself', () => {
  it('stands in the queue like any other, is taken and done', async () => {
    const section = await buildSection(world.mira, world.fablab, 'House');
    const centre = await buildWorkCentre(world.mira, section, 'Everywhere');
    const input = {
      idempotencyKey: randomUUID(),
      workCentreId: centre.id,
      kind: 'cleaning',
      name: 'Empty the dust bags',
      minutes: 30,
      dueOn: '2026-03-06',
    };
    const made = {
      createHouseJob: {
        id: expect.any(String),
        name: 'Empty the dust bags',
        state: 'ready',
        quantity: 1,
        plannedMinutes: 30,
        dueOn: '2026-03-06',
        reason: expect.stringContaining('due 2026-03-06'),
        workOrder: { productName: 'Cleaning' },
      },
    };
    const first = await world.mira.client.get(CREATE, { input });
    expect(first).toEqual(made);
    expect(await world.mira.client.get(CREATE, { input })).toEqual(first);
    const { job } = await takeNext(world.ben, section);
    expect(job).toMatchObject({ name: 'Empty the dust bags', state: 'claimed' });
    if (!job) return;
    await act(world.ben, 'startJob', job);
    await act(world.ben, 'completeJob', job, { quantityGood: 1, quantityScrapped: 0 });
    expect((await takeNext(world.ben, section)).job).toBeNull();
  });

  it('is refused when it is not given properly, or by the wrong person', async () => {
    const good = {
      idempotencyKey: randomUUID(),
      workCentreId: world.saw.id,
      kind: 'care',
      name: 'Oil',
      minutes: 5,
    };
    await world.refused(null, CREATE, good, { code: 'UNAUTHENTICATED' });
    for (const other of [world.stranger, world.tomas, world.member])
      await world.refused(other, CREATE, good, { code: 'FORBIDDEN' });
    const bad = { ...good, name: '', minutes: 0, dueOn: 'soon' };
    await world.refused(world.mira, CREATE, bad, { code: 'BAD_INPUT', fields: ['name', 'minutes', 'dueOn'] });
    await world.refused(world.mira, CREATE, { ...good, workCentreId: NOWHERE }, { code: 'NOT_FOUND' });
  });
});

describe('care that recurs', () => {
  it('becomes a job when its day comes near, once, and again after its interval', async () => {
    const planner = world.app.worker?.get(CarePlanner);
    const section = await buildSection(world.mira, world.fablab, 'Care');
    const centre = await buildWorkCentre(world.mira, section, 'Compressor');
    const input = {
      workCentreId: centre.id,
      kind: 'care',
      name: 'Drain the water',
      minutes: 10,
      everyDays: 7,
      firstOn: '2026-03-05',
      leadDays: 2,
    };
    const { createCarePlan } = await world.mira.client.get<{ createCarePlan: { id: string }[] }>(PLAN, {
      input,
    });
    expect(createCarePlan).toEqual([
      {
        id: expect.any(String),
        name: 'Drain the water',
        nextOn: '2026-03-05',
        everyDays: 7,
        workCentre: { name: 'Compressor' },
      },
    ]);
    expect(await planner?.run()).toBe(0);
    world.app.clock.advance({ days: 1 });
    expect([await planner?.run(), await planner?.run()]).toEqual([1, 0]);
    expect((await takeNext(world.ben, section)).reason).toContain('due 2026-03-05');
    // The worker was away for weeks: one job is made of all that was missed.
    world.app.clock.advance({ days: 20 });
    expect([await planner?.run(), await planner?.run()]).toEqual([1, 0]);
    const query = `query ($id: ID!) { carePlans(fablabId: $id) { nextOn } }`;
    expect(await world.member.client.get(query, { id: world.fablab.id })).toEqual({
      carePlans: [{ nextOn: '2026-03-26' }],
    });
    const end = { planId: createCarePlan[0]?.id };
    await world.refused(world.tomas, END, end, { code: 'FORBIDDEN' });
    expect(await world.mira.client.get(END, { input: end })).toEqual({ endCarePlan: [] });
    await world.refused(world.mira, END, end, { code: 'NOT_FOUND' });
    world.app.clock.advance({ days: 6 });
    expect(await planner?.run()).toBe(0);
    const bad = { ...input, everyDays: 0, leadDays: -1, firstOn: '2026-02-30' };
    await world.refused(world.mira, PLAN, bad, {
      code: 'BAD_INPUT',
      fields: ['everyDays', 'firstOn', 'leadDays'],
    });
  });
});
