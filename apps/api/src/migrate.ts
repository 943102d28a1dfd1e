import 'reflect-metadata';
import { ConfigError, readConfig } from '#platform';
import { migrate } from './database/migrate.js';

try {
  const config = readConfig(process.env);
  const appRole = decodeURIComponent(new URL(config.databaseUrl).username);
  const { applied } = await migrate(config.databaseOwnerUrl, appRole);
  console.log(applied.length === 0 ? 'The database is up to date.' : `Migrated: ${applied.join(', ')}.`);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
