import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { RequestLoader, inOrder } from '#platform';
import { CommunityDirectory } from '../community.directory.js';
import type { CommunitySummary } from '../domain/community.js';
import { PersonDirectory, type PersonSummary } from '../person.directory.js';

/** Communities by id, one statement for all that a request wants at once. */
@Injectable()
export class CommunityLoader extends RequestLoader<Id<'community'>, CommunitySummary> {
  constructor(private readonly communities: CommunityDirectory) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'community'>[],
  ): Promise<readonly (CommunitySummary | Error)[]> {
    const rows = await this.communities.byIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('community', id),
    );
  }
}

/** People by id, one statement for all that a request wants at once. */
@Injectable()
export class PersonLoader extends RequestLoader<Id<'person'>, PersonSummary> {
  constructor(private readonly people: PersonDirectory) {
    super();
  }

  protected override async loadMany(
    ids: readonly Id<'person'>[],
  ): Promise<readonly (PersonSummary | Error)[]> {
    const rows = await this.people.byIds(ids);
    return inOrder(
      ids,
      rows,
      (row) => row.id,
      (id) => DomainError.notFound('person', id),
    );
  }
}
