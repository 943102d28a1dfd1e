import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type InputCheck } from '#kernel';
import { IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import { readSlug, slugCandidates, type CommunitySummary } from './domain/community.js';
import type { CommunityCreated } from './domain/events.js';
import { normalRoles } from './domain/roles.js';
import { CommunityRepository } from './persistence/community.repository.js';
import { MembershipRepository } from './persistence/membership.repository.js';

export interface CreateCommunity {
  readonly name: string;
  readonly slug?: string | null;
  readonly description?: string | null;
  readonly place?: string | null;
  readonly receives: boolean;
  readonly manufactures: boolean;
}

@Injectable()
export class CommunityService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly communities: CommunityRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /**
   * Makes a community, whose first coordinator is the viewer.
   * @throws DomainError `BAD_INPUT`; `CONFLICT` when the wanted slug is taken
   */
  create(viewer: Viewer, input: CreateCommunity): Promise<CommunitySummary> {
    const { slug, ...read } = checkInput((check) => readCommunity(check, input));
    return this.unitOfWork.run(async (tx) => {
      const community = await this.insert(tx, read, slug);
      await this.memberships.insert(tx, {
        id: this.ids.next(),
        communityId: community.id,
        personId: viewer.personId,
        roles: normalRoles(['coordinator']),
      });
      const event: CommunityCreated = {
        type: 'identity.community-created',
        payload: { communityId: community.id, slug: community.slug },
      };
      tx.publish(event);
      return community;
    });
  }

  private async insert(
    tx: Tx,
    read: Omit<CommunitySummary, 'id' | 'slug'>,
    wanted: string | null,
  ): Promise<CommunitySummary> {
    const id = this.ids.next<'community'>();
    const slugs = wanted === null ? slugCandidates(read.name, 'community', id) : [wanted];
    for (const slug of slugs) {
      const community = { id, slug, ...read };
      if (await this.communities.insert(tx, community)) return community;
    }
    throw new DomainError(
      'CONFLICT',
      `The short name “${slugs.at(-1)}” is taken. Choose another, or leave it out.`,
    );
  }
}

function readCommunity(check: InputCheck, input: CreateCommunity) {
  const { receives, manufactures } = input;
  if (!receives && !manufactures) {
    check.refuse('receives', 'Say whether the community receives, manufactures, or both.');
  }
  return {
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    slug: readSlug(check, 'slug', input.slug),
    description: check.text('description', input.description, {
      min: 0,
      max: LIMITS.summaryCharsMax,
      name: 'the description',
    }),
    place: check.optionalText('place', input.place, { max: LIMITS.nameCharsMax, name: 'the place' }),
    receives,
    manufactures,
  };
}
