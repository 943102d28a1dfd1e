import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OutboxRelay, readConfig, type Config, type Logger } from '#platform';
import { createApp } from '../../apps/api/src/create-app.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { TestClient } from './test-client.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export interface TestAppOptions {
  /** Further environment variables, as an operator would set them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Without a worker nothing reacts to events until `settle` is called on one that has it. */
  readonly worker?: boolean;
  /** The API's log, for tests that read it. */
  readonly logger?: Logger;
}

/** A running system on a database of its own: API (listening on loopback), worker, clock, clients. */
export interface TestApp {
  readonly url: string;
  readonly config: Config;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  readonly worker: INestApplicationContext | null;
  /** A visitor's client with a cookie jar of its own. */
  client(): TestClient;
  /** Waits until every event in the outbox was reacted to. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the system as `main.ts` does, with an injected clock. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = join(tmpdir(), `commonwright-test-${randomBytes(6).toString('hex')}`);
  const redisUrl = process.env['COMMONWRIGHT_TEST_REDIS_URL'];
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.appUrl,
    DATABASE_CONNECTIONS_MAX: '8',
    ...(redisUrl && { REDIS_URL: redisUrl }),
    QUEUE_PREFIX: `test-${randomBytes(6).toString('hex')}`,
    COMMONWRIGHT_DATA_DIR: dataDir,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...options.environment,
  });
  const clock = new TestClock();
  const app = await createApp({ config, clock, ...(options.logger && { logger: options.logger }) });
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const worker = options.worker === false ? null : await createWorker({ config, clock });
  return {
    url,
    config,
    clock,
    database,
    app,
    worker,
    client: () => new TestClient(url),
    settle: async () => {
      await worker?.get(OutboxRelay).drain();
    },
    close: async () => {
      await worker?.close();
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
