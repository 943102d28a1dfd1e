import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Request, type RequestContext } from '#platform';
import { CommunityModel } from './community.model.js';
import { CommunityLoader, PersonLoader } from './identity.loader.js';
import { MembershipModel } from './membership.model.js';
import { PersonModel } from './person.model.js';

@Resolver(() => MembershipModel)
export class MembershipResolver {
  constructor(
    private readonly communities: CommunityLoader,
    private readonly people: PersonLoader,
  ) {}

  @ResolveField(() => CommunityModel)
  community(
    @Parent() membership: MembershipModel,
    @Request() context: RequestContext,
  ): Promise<CommunityModel> {
    return this.communities.load(context, membership.communityId);
  }

  @ResolveField(() => PersonModel)
  person(@Parent() membership: MembershipModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, membership.personId);
  }
}
