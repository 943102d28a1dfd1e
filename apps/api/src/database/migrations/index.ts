import type { MigrationInterface } from 'typeorm';
import { Platform1763600000000 } from './1763600000000-platform.js';

/** Every migration, in the order in which they run. */
export const migrations: readonly (new () => MigrationInterface)[] = [Platform1763600000000];
