import { createDataSource } from '#platform';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

/** The owner's connection: runs migrations, and nothing else. */
export function createOwnerDataSource(url: string): ReturnType<typeof createDataSource> {
  return createDataSource({
    url,
    connectionsMax: 2,
    applicationName: 'commonwright migrate',
    entities,
    migrations,
  });
}
