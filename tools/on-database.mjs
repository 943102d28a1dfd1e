/**
 * Runs one of the commands in apps/tools: `node tools/on-database.mjs export --format csv`. On the database that
 * DATABASE_URL names; otherwise on the embedded one, which is started for it where it does not run.
 * Standard output belongs to the command alone: what is said here goes to standard error.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './embedded/postgres.mjs';
import { LauncherError } from './embedded/process.mjs';
import { readOptions } from './launcher/options.mjs';
import { setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

async function main() {
  const [command = '', ...args] = process.argv.slice(2);
  const { dataDir, databaseUrl } = readOptions([], process.env, root);
  const log = (/** @type {string} */ line) => console.error(line);
  await setUp({ root, log, parts: ['server'] });
  if (databaseUrl) return run(command, args, { databaseUrl, dataDir });
  if (!existsSync(join(dataDir, 'postgres', 'credentials.json'))) {
    throw new LauncherError(
      `There is no database in ${dataDir} yet. Start Commonwright once (npm start), or set DATABASE_URL.`,
    );
  }
  const postgres = await startPostgres({ dataDir, log, reuse: true });
  try {
    return await run(command, args, { databaseUrl: postgres.appUrl, dataDir });
  } finally {
    await postgres.stop();
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ databaseUrl: string, dataDir: string }} where
 * @returns {Promise<number>} the code the command ended with
 */
function run(command, args, { databaseUrl, dataDir }) {
  const script = join(root, 'dist', 'apps', 'tools', 'src', `${command}.js`);
  const env = { ...process.env, DATABASE_URL: databaseUrl, COMMONWRIGHT_DATA_DIR: dataDir };
  const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: 'inherit' });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });
}

// The terminal tells the command as well; we wait for it, so that the database it uses is stopped after it.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => undefined);

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof LauncherError ? error.message : error);
  process.exit(1);
}
