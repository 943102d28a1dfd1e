import 'reflect-metadata';
import { ConfigError, readConfig } from '#platform';
import { createWorker } from './create-worker.js';

/** Starts the worker, tells the parent process, and ends in order when asked. */
async function main(): Promise<void> {
  // Without its launcher nobody would ever stop this process; it may be killed while this one still starts.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const worker = await createWorker({ config: readConfig(process.env) });
  worker.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
