import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Policy, Request, requireViewer, keysetOf, pageOf } from '#platform';
import type { Page, RequestContext, Viewer } from '#platform';
import { CommunityDirectory } from '../community.directory.js';
import { CommunityService } from '../community.service.js';
import type { CommunitySummary } from '../domain/community.js';
import { InvitationDirectory } from '../invitation.directory.js';
import { MembershipDirectory } from '../membership.directory.js';
import { CommunitiesArgs, CreateCommunityInput } from './community.input.js';
import { CommunityConnection, CommunityModel } from './community.model.js';
import { InvitationModel } from './invitation.model.js';
import { MembershipModel } from './membership.model.js';
import { COORDINATOR_OF_COMMUNITY, MEMBER_OF_COMMUNITY } from './policies.js';
import { SessionDoor } from './session-door.js';

@Resolver(() => CommunityModel)
export class CommunityResolver {
  constructor(
    private readonly directory: CommunityDirectory,
    private readonly memberships: MembershipDirectory,
    private readonly invited: InvitationDirectory,
    private readonly service: CommunityService,
    private readonly door: SessionDoor,
  ) {}

  @Query(() => CommunityConnection, { description: 'By name.' })
  @Policy('public')
  async communities(@Args() args: CommunitiesArgs): Promise<Page<CommunitySummary>> {
    const keyset = keysetOf(args, 2);
    const filter = { receives: args.receives ?? null, manufactures: args.manufactures ?? null };
    return pageOf(await this.directory.list(keyset, filter), keyset, (row) => [row.name, row.id]);
  }

  @Query(() => CommunityModel, { nullable: true })
  @Policy('public')
  community(@Args('slug', { type: () => String }) slug: string): Promise<CommunitySummary | null> {
    return this.directory.bySlug(slug);
  }

  @ResolveField(() => [MembershipModel], { description: 'By display name. For fellow members.' })
  @Policy(MEMBER_OF_COMMUNITY)
  members(@Parent() community: CommunityModel): Promise<MembershipModel[]> {
    return this.memberships.membersOf(community.id);
  }

  @ResolveField(() => [InvitationModel], { description: 'The newest first, at most 500. For coordinators.' })
  @Policy(COORDINATOR_OF_COMMUNITY)
  invitations(@Parent() community: CommunityModel): Promise<InvitationModel[]> {
    return this.invited.ofCommunity(community.id);
  }

  @Mutation(() => CommunityModel, { description: 'Makes a community; you become its coordinator.' })
  @Policy('signedIn')
  async createCommunity(
    @Args('input', { type: () => CreateCommunityInput }) input: CreateCommunityInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<CommunitySummary> {
    const community = await this.service.create(requireViewer(viewer), input);
    await this.door.refresh(context);
    return community;
  }
}
