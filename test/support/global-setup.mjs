import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../tools/embedded/postgres.mjs';
import { startRedis } from '../../tools/embedded/redis.mjs';

/** One PostgreSQL and one Redis for a whole run; each test file gets a database and a key prefix of its own. */
export default async function globalSetup() {
  const dataDir = mkdtempSync(join(tmpdir(), 'commonwright-test-'));
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir, durable: false }),
    startRedis({ dataDir }),
  ]);
  globalThis.__commonwrightTestServers = { postgres, redis, dataDir };
  process.env.COMMONWRIGHT_TEST_SUPERUSER_URL = postgres.superuserUrl;
  process.env.COMMONWRIGHT_TEST_OWNER_URL = postgres.ownerUrl;
  process.env.COMMONWRIGHT_TEST_APP_URL = postgres.appUrl;
  if (redis.url) process.env.COMMONWRIGHT_TEST_REDIS_URL = redis.url;
}
