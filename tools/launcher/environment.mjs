/** The environment of our children: what the person set, and what the launcher found or made. */
import { storyState } from './story.mjs';

/**
 * @param {import('./options.mjs').Options} options
 * @param {import('./servers.mjs').Servers} servers
 * @param {number} port
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnvironment(options, servers, port) {
  const { dataDir, host, publicUrl, empty } = options;
  const embedded = !servers.external.postgres;
  const redisUrl = servers.redisUrl;
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    NODE_ENV: process.env['NODE_ENV'] || 'production',
    HOST: host,
    PORT: String(port),
    PUBLIC_URL: publicUrl ?? `http://127.0.0.1:${port}`,
    DATABASE_URL: servers.databaseUrl,
    DATABASE_OWNER_URL: servers.databaseOwnerUrl,
    QUEUE_BACKEND: redisUrl ? 'redis' : 'postgres',
    COMMONWRIGHT_DATA_DIR: dataDir,
    // One-click sign-in is for the people of the story, so never on a database that someone brought.
    COMMONWRIGHT_DEMO: String(embedded && !empty && storyState(dataDir) !== 'none'),
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'info',
  };
  delete env['REDIS_URL'];
  return redisUrl ? { ...env, REDIS_URL: redisUrl } : env;
}
