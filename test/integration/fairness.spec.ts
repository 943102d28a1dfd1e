import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Database, UnitOfWork, type Role, type Viewer } from '#platform';
import type { Id } from '#kernel';
import { DispatchService, JobService, OrderService } from '#workshop';
import { operation } from '../support/builders/catalogue.builder.js';
import { CrewWorld, taken } from '../support/builders/crew-world.js';
import {
  act,
  activateContract,
  buildRouting,
  takeNext,
  type BuiltSection,
} from '../support/builders/workshop.builder.js';
import { freeWaitOf } from '../support/lane-history.js';
import { noteSkipped } from '../support/skip.js';

const CREW = 50;
const redisUrl = process.env['COMMONWRIGHT_TEST_REDIS_URL'];
const backends: { place: string; environment: Record<string, string> }[] = [
  ...(redisUrl ? [{ place: 'Redis', environment: { QUEUE_BACKEND: 'redis' } }] : []),
  { place: 'PostgreSQL', environment: { QUEUE_BACKEND: 'postgres' } },
  {
    place: 'a Redis that is away',
    environment: { QUEUE_BACKEND: 'redis', REDIS_URL: 'redis://127.0.0.1:9' },
  },
];
if (!redisUrl) {
  it('has no Redis to run on', () =>
    noteSkipped('fairness on Redis: no Redis could be started; install redis-server or set REDIS_URL', 4));
}

type Tier = 'free' | 'fair' | 'premium';

describe.each(backends)('the bound for free-tier jobs, with tickets on $place', ({ environment }) => {
  const world = new CrewWorld(CREW);
  let versions = 0;
  beforeAll(() => world.open(environment), 120_000);
  afterAll(() => world.app?.close());

  /** A section with one lane, and a way to order work of any tier there. */
  async function lane(name: string): Promise<{
    section: BuiltSection;
    order: (tiers: readonly Tier[], dueOn?: string) => Promise<void>;
  }> {
    const { section, centre } = await world.bench(name);
    versions += 1;
    const versionId = await buildRouting(
      world.mira,
      world.fablab,
      [operation('Cut', centre.id)],
      `${name} ${versions}`,
    );
    const order = async (tiers: readonly Tier[], dueOn = '2026-05-01'): Promise<void> => {
      for (let from = 0; from < tiers.length; from += 50) {
        const some = tiers.slice(from, from + 50).map((tier) => ({ tier, dueOn, quantity: 1 }));
        await activateContract(world.app, world.fablab, versionId, some);
      }
    };
    return { section, order };
  }

  function viewer(index: number): Viewer {
    const maker = world.maker(index);
    const roles = new Map([[world.fablab.id as Id<'community'>, new Set<Role>(['member', 'maker'])]]);
    return { personId: maker.id as Id<'person'>, displayName: 'A maker', roles };
  }

  /** Takes a job and finishes it, as fast as services can. */
  async function work(index: number, section: BuiltSection): Promise<boolean> {
    const [dispatch, jobs] = [world.app.app.get(DispatchService), world.app.app.get(JobService)];
    const who = viewer(index);
    const key = (): string => randomUUID();
    const { jobId } = await dispatch.takeNext(who, { idempotencyKey: key(), sectionId: section.id });
    if (!jobId) return false;
    const [row] = await world.app.app
      .get(Database)
      .query<{ fence: number }>(`SELECT fence FROM workshop.job WHERE id = $1`, [jobId]);
    const claim = { jobId, fence: row?.fence ?? 0 };
    await jobs.act(who, 'start', { idempotencyKey: key(), ...claim });
    const counts = { quantityGood: 1, quantityScrapped: 0 };
    await jobs.act(who, 'complete', { idempotencyKey: key(), ...claim, ...counts });
    return true;
  }

  it('gives a free-tier job that is due last its turn after three others', async () => {
    const { section, order } = await lane('Patience');
    await order(Array<Tier>(9).fill('premium'), '2026-04-01');
    await order(['free', 'free'], '2026-12-01');
    const reasons: string[] = [];
    for (let index = 0; index < 9; index += 1)
      reasons.push((await takeNext(world.maker(index), section)).reason);
    expect(reasons.map((reason) => reason.split(':')[0])).toEqual([
      ...Array(3).fill('Next in line'),
      'A free-tier job is due now',
      ...Array(3).fill('Next in line'),
      'A free-tier job is due now',
      'Next in line',
    ]);
    expect(await freeWaitOf(world.app, section.id)).toEqual({ worst: 3, freeClaims: 2, otherClaims: 7 });
  });

  it('holds for any stream of work and makers, as the fablab has published it', async () => {
    const step = fc.constantFrom<Tier | 'claim'>('free', 'premium', 'claim', 'claim', 'claim');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.array(step, { maxLength: 24 }),
        async (bound, steps) => {
          await world.mira.client.get(
            `mutation ($input: SetFreeBoundInput!) { setFreeBound(input: $input) { freeBound } }`,
            { input: { fablabId: world.fablab.id, freeBound: bound } },
          );
          const { section, order } = await lane(`Stream ${randomUUID()}`);
          await order(Array<Tier>(6).fill('fair'), '2026-02-01');
          for (const each of steps) {
            if (each === 'claim') await work(0, section);
            else await order([each], each === 'free' ? '2026-12-01' : '2026-02-01');
          }
          while (await work(1, section));
          expect((await freeWaitOf(world.app, section.id)).worst).toBeLessThanOrEqual(bound);
        },
      ),
      { numRuns: 6 },
    );
    await world.app.app.get(UnitOfWork).run((tx) => tx.execute(`DELETE FROM workshop.fablab_rule`));
  }, 120_000);

  it('holds while 50 makers pull at once and free-tier work comes in', async () => {
    const { section, order } = await lane('Rush');
    await order(Array<Tier>(200).fill('premium'), '2026-02-01');
    await order(Array<Tier>(10).fill('free'), '2026-12-01');
    const rush = Array.from({ length: CREW }, async (_, index) => {
      for (let round = 0; round < 4; round += 1) await work(index, section);
    });
    const incoming = order(Array<Tier>(30).fill('free'), '2026-12-01');
    await Promise.all([...rush, incoming]);
    const { worst, freeClaims, otherClaims } = await freeWaitOf(world.app, section.id);
    expect(freeClaims + otherClaims).toBe(4 * CREW);
    expect(freeClaims).toBeGreaterThan(10);
    expect(worst).toBe(3);
  }, 120_000);

  it('holds before a pin, which goes before everything else', async () => {
    const { section, order } = await lane('Pins');
    await order(['premium', 'premium', 'premium', 'premium'], '2026-02-01');
    await order(['free'], '2026-12-01');
    const pin = async (id: string): Promise<void> => {
      const input = { idempotencyKey: randomUUID(), jobId: id, reason: 'The van leaves at noon.' };
      await world.mira.client.get(`mutation ($input: PinJobInput!) { pinJob(input: $input) { id } }`, {
        input,
      });
    };
    const jobs = await world.jobs(section);
    const [, second, third, fourth] = jobs.map((job) => job.id);
    for (const id of [fourth, third, second]) await pin(id as string);
    await world.app.settle();
    const inOrder = [];
    for (let index = 0; index < 5; index += 1)
      inOrder.push(taken(await takeNext(world.maker(index), section)).id);
    expect(inOrder).toEqual([fourth, third, second, jobs[4]?.id, jobs[0]?.id]);
  });

  it('gives what the plan lets begin first, and the rest in its order when nothing else is left', async () => {
    const { section, order } = await lane('Plan');
    await order(['premium', 'premium', 'premium'], '2026-06-01');
    const [first, second, third] = (await world.jobs(section)).map((job) => job.id);
    const at = (minutes: number): Date => new Date(world.app.clock.now().getTime() + minutes * 60_000);
    await world.app.app.get(UnitOfWork).run((tx) =>
      world.app.app.get(OrderService).plan(tx, [
        { jobId: first as Id<'job'>, plannedStart: at(300) },
        { jobId: second as Id<'job'>, plannedStart: at(120) },
        { jobId: third as Id<'job'>, plannedStart: at(-60) },
      ]),
    );
    await world.app.settle();
    expect((await world.jobs(section)).map((job) => job.epoch)).toEqual([2, 2, 2]);
    const got = [];
    for (let index = 0; index < 3; index += 1) {
      const job = taken(await takeNext(world.maker(index), section));
      got.push(job.id);
      if (index < 2) await act(world.maker(index), 'startJob', job);
    }
    expect(got).toEqual([third, second, first]);
  });
});
