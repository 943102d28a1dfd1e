import type { EntityClass } from '#platform';

/** The rows of every context, for the one DataSource of a process. */
export const entities: readonly EntityClass[] = [];
