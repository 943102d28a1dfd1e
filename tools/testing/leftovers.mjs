/** Stops and removes what an interrupted test run left in its scratch directory. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeCluster } from '../embedded/postgres.mjs';
import { stopOrphans } from '../launcher/servers.mjs';

/** @param {string} scratch */
export async function removeLeftovers(scratch) {
  const dataDirs = readdirSync(scratch, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of dataDirs) {
    const dataDir = join(scratch, name);
    if (!existsSync(join(dataDir, 'run'))) continue;
    await stopOrphans(dataDir, () => undefined);
    removeCluster(dataDir);
  }
  rmSync(scratch, { recursive: true, force: true });
}
