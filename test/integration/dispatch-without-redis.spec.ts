import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { LOGGER, QueueFactory, type Logger } from '#platform';
import { startRedis } from '../../tools/embedded/redis.mjs';
import { CrewWorld, MAKERS, taken } from '../support/builders/crew-world.js';
import { TAKE_NEXT, act, takeNext } from '../support/builders/workshop.builder.js';
import { noteSkipped } from '../support/skip.js';

const world = new CrewWorld();
// A port on which nothing listens.
beforeAll(() => world.open({ QUEUE_BACKEND: 'redis', REDIS_URL: 'redis://127.0.0.1:9' }), 120_000);
afterAll(() => world.app?.close());

describe('pulling jobs while Redis is away', () => {
  it('gives 20 makers 20 different jobs from PostgreSQL, quickly', async () => {
    const section = await world.ready('Dark', MAKERS);
    const started = performance.now();
    const answers = await Promise.all(world.makers.map((maker) => takeNext(maker, section)));
    expect(new Set(answers.map((answer) => taken(answer).id)).size).toBe(MAKERS);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('keeps its order, and lets a maker finish', async () => {
    const section = await world.ready('Slow light', 2);
    const maker = world.maker(0);
    const [first] = await world.jobs(section);
    const job = taken(await takeNext(maker, section));
    expect(job.id).toBe(first?.id);
    await act(maker, 'startJob', job);
    expect(await act(maker, 'completeJob', job, { quantityGood: 2, quantityScrapped: 0 })).toMatchObject({
      state: 'done',
    });
  });

  it('turns health amber, not red', async () => {
    const response = await world.app.client().fetch('/health/ready');
    const health = (await response.json()) as { status: string; parts: Record<string, unknown> };
    expect([response.status, health.status, health.parts['queues']]).toEqual([
      200,
      'amber',
      { status: 'amber', detail: 'Redis is away; makers pull from PostgreSQL meanwhile.' },
    ]);
  });

  it('refuses a second job in the section, however it is asked', async () => {
    const section = await world.ready('Greed', 3);
    const maker = world.maker(3);
    const asked = await Promise.all(
      [0, 1, 2].map(() =>
        maker.client.ask<{ takeNextJob: { job: { number: string } } }>(TAKE_NEXT, {
          input: { idempotencyKey: randomUUID(), sectionId: section.id },
        }),
      ),
    );
    const won = asked.flatMap((answer) => answer.data?.takeNextJob?.job.number ?? []);
    expect(won).toHaveLength(1);
    expect(
      asked.flatMap((answer) => answer.errors?.map((error) => [error.extensions.code, error.message]) ?? []),
    ).toEqual(
      Array(2).fill([
        'INVALID_STATE',
        `You hold job ${won[0]} in this section. Complete or return it before you take another one here.`,
      ]),
    );
  });
});

describe('a Redis that may throw keys away', () => {
  it('is refused at the worker’s boot, with a sentence that says what to do', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-evicting-'));
    const server = await startRedis({ dataDir });
    try {
      // Another's server keeps its settings: only one that this test started is set to evict.
      if (!server.url || server.kind === 'env') {
        noteSkipped('the refusal of an evicting Redis: no private Redis could be started');
        return;
      }
      const redis = new Redis(server.url);
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      const { config } = world.app;
      const logger = world.app.app.get<Logger>(LOGGER);
      const queues = new QueueFactory({ ...config, redisUrl: server.url }, logger);
      await queues.onModuleInit();
      await expect(queues.refuseEviction()).rejects.toThrow(
        'The worker will not start, because Redis may throw tickets away: its maxmemory-policy is “allkeys-lru”.',
      );
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      await expect(queues.refuseEviction()).resolves.toBeUndefined();
      await Promise.all([redis.quit(), queues.onApplicationShutdown()]);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
