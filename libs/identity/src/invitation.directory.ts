import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Id } from '#kernel';
import { CLOCK, type Role } from '#platform';
import { CommunityDirectory } from './community.directory.js';
import { invitationLife, type Invitation } from './domain/invitation.js';
import { InvitationRepository } from './persistence/invitation.repository.js';
import { sha256 } from './persistence/token.js';

/** An invitation as coordinators see it. */
export interface InvitationView {
  readonly id: Id<'invitation'>;
  readonly email: string;
  readonly roles: Role[];
  readonly link: string | null;
  readonly expiresAt: Date;
  readonly state: string;
}

export interface InvitationPreview {
  readonly communityName: string;
  readonly roles: Role[];
  readonly email: string;
  readonly expiresAt: Date;
  readonly state: string;
}

/** Reads invitations as they are at this moment. */
@Injectable()
export class InvitationDirectory {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly communities: CommunityDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ofCommunity(communityId: Id<'community'>): Promise<InvitationView[]> {
    const invitations = await this.invitations.ofCommunity(communityId);
    return invitations.map((invitation) => this.view(invitation, null));
  }

  /** What the holder of a link sees; null for a link that was never given out. */
  async preview(token: string): Promise<InvitationPreview | null> {
    const invitation = await this.invitations.byToken(sha256(token));
    const community = invitation && (await this.communities.byId(invitation.communityId));
    return community && { ...this.view(invitation, null), communityName: community.name };
  }

  view(invitation: Invitation, link: string | null): InvitationView {
    const { id, email, expiresAt } = invitation;
    const state = invitationLife(invitation, this.clock.now());
    return { id, email, roles: [...invitation.roles], link, expiresAt, state };
  }
}
