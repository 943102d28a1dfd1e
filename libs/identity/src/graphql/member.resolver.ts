import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Policy, Request, requireViewer, type RequestContext, type Viewer } from '#platform';
import { InvitationDirectory } from '../invitation.directory.js';
import { MembershipService } from '../membership.service.js';
import { AcceptInvitationInput, ChangeMemberRolesInput, InviteMemberInput } from './community.input.js';
import { InvitationModel, InvitationPreviewModel } from './invitation.model.js';
import { MembershipModel } from './membership.model.js';
import { SessionDoor } from './session-door.js';

/** How people come to belong to a community. */
@Resolver(() => InvitationModel)
export class MemberResolver {
  constructor(
    private readonly memberships: MembershipService,
    private readonly invitations: InvitationDirectory,
    private readonly door: SessionDoor,
  ) {}

  @Query(() => InvitationPreviewModel, {
    nullable: true,
    description: 'For the holder of an invitation link.',
  })
  @Policy('public')
  invitation(@Args('token', { type: () => String }) token: string): Promise<InvitationPreviewModel | null> {
    return this.invitations.preview(token);
  }

  @Mutation(() => InvitationModel, { description: 'Makes a link for one email address. For coordinators.' })
  @Policy('signedIn')
  async inviteMember(
    @Args('input', { type: () => InviteMemberInput }) input: InviteMemberInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<InvitationModel> {
    const { invitation, token } = await this.memberships.invite(requireViewer(viewer), input);
    return this.invitations.view(invitation, `${context.origin}/app/invitation/${token}`);
  }

  @Mutation(() => MembershipModel, { description: 'Joins the community, with the roles of the invitation.' })
  @Policy('signedIn')
  async acceptInvitation(
    @Args('input', { type: () => AcceptInvitationInput }) input: AcceptInvitationInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<MembershipModel> {
    const membership = await this.memberships.accept(requireViewer(viewer), input);
    await this.door.refresh(context);
    return membership;
  }

  @Mutation(() => MembershipModel, {
    description: 'Never takes a community its last coordinator. For coordinators.',
  })
  @Policy('signedIn')
  async changeMemberRoles(
    @Args('input', { type: () => ChangeMemberRolesInput }) input: ChangeMemberRolesInput,
    @CurrentViewer() viewer: Viewer | null,
    @Request() context: RequestContext,
  ): Promise<MembershipModel> {
    const membership = await this.memberships.changeRoles(requireViewer(viewer), input);
    await this.door.refresh(context);
    return membership;
  }
}
