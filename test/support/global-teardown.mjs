import { rmSync } from 'node:fs';
import { removeCluster } from '../../tools/embedded/postgres.mjs';

export default async function globalTeardown() {
  const servers = globalThis.__commonwrightTestServers;
  if (!servers) return;
  await Promise.all([servers.redis.stop(), servers.postgres.stop()]);
  removeCluster(servers.dataDir);
  rmSync(servers.dataDir, { recursive: true, force: true });
}
