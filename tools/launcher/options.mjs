/** What the person who starts Commonwright asked for, checked before anything is touched. */
import { join, resolve } from 'node:path';
import { LauncherError } from '../embedded/process.mjs';

export const HELP = `npm start -- [--empty] [--verbose]

  --empty     do not load the demo story into a new database
  --verbose   show what the servers log (it is always in <data directory>/logs)

PORT (4000), HOST (127.0.0.1), COMMONWRIGHT_DATA_DIR (./.data), DATABASE_URL and REDIS_URL are respected;
.env.example lists all variables, docs/operations.md explains them.`;

/**
 * @typedef {{ root: string, dataDir: string, host: string, port: number, publicUrl?: string, empty: boolean,
 *   verbose: boolean, help: boolean, databaseUrl?: string, databaseOwnerUrl?: string, redisUrl?: string,
 *   wantsRedis: boolean }} Options
 */

/**
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {Options}
 */
export function readOptions(argv, env, root) {
  const known = ['--empty', '--verbose', '--help'];
  const unknown = argv.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new LauncherError(`"${unknown}" is not known here.\n\n${HELP}`);
  const databaseUrl = readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const databaseOwnerUrl = readUrl(env, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:']);
  const redisUrl = readUrl(env, 'REDIS_URL', ['redis:', 'rediss:']);
  const publicUrl = readUrl(env, 'PUBLIC_URL', ['http:', 'https:']);
  return {
    root,
    dataDir: resolve(root, env['COMMONWRIGHT_DATA_DIR'] || join(root, '.data')),
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env['PORT']),
    empty: argv.includes('--empty'),
    verbose: argv.includes('--verbose'),
    help: argv.includes('--help'),
    wantsRedis: env['QUEUE_BACKEND'] !== 'postgres',
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(databaseOwnerUrl ? { databaseOwnerUrl } : {}),
    ...(redisUrl ? { redisUrl } : {}),
    ...(publicUrl ? { publicUrl } : {}),
  };
}

/** @param {string | undefined} text */
function readPort(text) {
  if (text === undefined || text === '') return 4000;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new LauncherError(
    `PORT is "${text}"; it must be a whole number from 1 to 65535, or 0 for any free port. For example: PORT=4001 npm start`,
  );
}

/**
 * The value itself is never printed: it may hold a password.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {string[]} protocols
 */
function readUrl(env, name, protocols) {
  const text = env[name];
  if (!text) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  throw new LauncherError(
    `${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
  );
}
