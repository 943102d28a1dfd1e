import { ConfigError, createDataSource, Database, readConfig, type Config } from '#platform';

/**
 * Runs one command on the database of the environment. The process ends with the code that `work` returns; what a
 * person can act on is said in a sentence, without a trace.
 */
export async function onDatabase(
  name: string,
  work: (database: Database, config: Config) => Promise<number>,
): Promise<void> {
  try {
    // A command has no queue: a setting of the queue that is wrong must not keep it from the books.
    const { REDIS_URL: _redis, QUEUE_BACKEND: _backend, ...environment } = process.env;
    const config = readConfig(environment);
    const dataSource = createDataSource({
      url: config.databaseUrl,
      connectionsMax: 2,
      applicationName: `commonwright ${name}`,
      entities: [],
    });
    await dataSource.initialize();
    try {
      process.exitCode = await work(new Database(dataSource), config);
    } finally {
      await dataSource.destroy();
    }
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
}

function sentenceOf(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message;
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'DomainError' || name === 'LogRefusal') return (error as Error).message;
  if (code === '3F000' || code === '42P01')
    return 'This database has no ledger yet: bring it up to date first (docs/operations.md, “Upgrade”).';
  if (code === 'ECONNREFUSED')
    return 'The database does not answer. Is DATABASE_URL right, and is the server running?';
  return error;
}
