import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database } from '#platform';

/** What fellow members may know of a person; never public. */
export interface PersonSummary {
  readonly id: Id<'person'>;
  readonly displayName: string;
}

/** Reads people by id, for this context and for every other. */
@Injectable()
export class PersonDirectory {
  constructor(private readonly database: Database) {}

  /** Those that exist, in no particular order. */
  byIds(ids: readonly Id<'person'>[]): Promise<PersonSummary[]> {
    return this.database.query(
      `SELECT id, display_name AS "displayName" FROM identity.person WHERE id = ANY ($1::uuid[])`,
      [ids],
      'person-by-ids',
    );
  }
}
