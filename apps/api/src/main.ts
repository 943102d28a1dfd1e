import 'reflect-metadata';
import { ConfigError, readConfig } from '#platform';
import { createApp } from './create-app.js';

/** Starts the API, tells the parent process when it listens, and ends in order when asked. */
async function main(): Promise<void> {
  // Without its launcher nobody would ever stop this process; it may be killed while this one still starts.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const config = readConfig(process.env);
  const app = await createApp({ config });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  process.send?.({ type: 'ready', url });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
