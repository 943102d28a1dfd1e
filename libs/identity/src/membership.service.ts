import { Inject, Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id, type InputCheck, type Random } from '#kernel';
import { IdSource, RANDOM, UnitOfWork, requireRole, type Role, type Tx, type Viewer } from '#platform';
import { readEmail } from './domain/email.js';
import type { MembershipChanged } from './domain/events.js';
import {
  INVITATION_TOKEN_BYTES,
  acceptInvitation,
  invitationExpiry,
  type Invitation,
} from './domain/invitation.js';
import { ROLE_ORDER, changeRoles, mergeRoles, normalRoles } from './domain/roles.js';
import { CommunityRepository } from './persistence/community.repository.js';
import { InvitationRepository } from './persistence/invitation.repository.js';
import { MembershipRepository, type MembershipSummary } from './persistence/membership.repository.js';
import { PersonRepository } from './persistence/person.repository.js';
import { newToken, sha256 } from './persistence/token.js';

/** Tokens are 43 characters long; what is longer than this is no token and is not looked for. */
const TOKEN_CHARS_MAX = 100;

export interface InviteMember {
  readonly communityId: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

export interface ChangeMemberRoles {
  readonly communityId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
}

/** Who belongs to a community. Every change first locks the community, so that changes to one take turns. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    @Inject(RANDOM) private readonly random: Random,
    private readonly communities: CommunityRepository,
    private readonly invitations: InvitationRepository,
    private readonly memberships: MembershipRepository,
    private readonly people: PersonRepository,
  ) {}

  /**
   * Makes a link for one address; an earlier open one for it ends.
   * @returns the invitation, and the token, which is stored nowhere
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`
   */
  invite(viewer: Viewer, input: InviteMember): Promise<{ invitation: Invitation; token: string }> {
    const read = checkInput((check) => ({
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      email: readEmail(check, 'email', input.email),
      roles: readRoles(check, input.roles),
    }));
    requireRole(viewer, read.communityId, ['coordinator'], 'invite members');
    const token = newToken(this.random, INVITATION_TOKEN_BYTES);
    return this.unitOfWork.run(async (tx) => {
      await this.lockAsCoordinator(tx, viewer, read.communityId);
      await this.invitations.replaceOpen(tx, read.communityId, read.email);
      const invitation: Invitation = {
        id: this.ids.next<'invitation'>(),
        ...read,
        state: 'open',
        expiresAt: invitationExpiry(tx.now),
      };
      await this.invitations.insert(tx, invitation, sha256(token), viewer.personId);
      return { invitation, token };
    });
  }

  /** @throws DomainError `NOT_FOUND` for an unknown token, `FORBIDDEN` for another address, `INVALID_STATE` */
  async accept(viewer: Viewer, input: { readonly token: string }): Promise<MembershipSummary> {
    const token = checkInput((check) =>
      check.text('token', input.token, { max: TOKEN_CHARS_MAX, name: 'the invitation' }),
    );
    const found = await this.invitations.byToken(sha256(token));
    if (!found) {
      throw new DomainError('NOT_FOUND', 'There is no such invitation. Was the whole link copied?');
    }
    const { email } = await this.people.require(viewer.personId);
    return this.unitOfWork.run(async (tx) => {
      await this.communities.lock(tx, found.communityId);
      const invitation = await this.invitations.lock(tx, found.id);
      const state = acceptInvitation(invitation, email, tx.now);
      await this.invitations.accept(tx, invitation.id, state, viewer.personId);
      return this.join(tx, invitation, viewer.personId);
    });
  }

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`; `INVALID_STATE` for the last coordinator */
  changeRoles(viewer: Viewer, input: ChangeMemberRoles): Promise<MembershipSummary> {
    const read = checkInput((check) => ({
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      personId: check.id<'person'>('personId', input.personId, 'the person'),
      roles: readRoles(check, input.roles),
    }));
    requireRole(viewer, read.communityId, ['coordinator'], 'change roles');
    return this.unitOfWork.run(async (tx) => {
      const members = await this.lockAsCoordinator(tx, viewer, read.communityId);
      const roles = changeRoles(members, read.personId, read.roles);
      const member = members.find((each) => each.personId === read.personId) as MembershipSummary;
      await this.memberships.updateRoles(tx, member.id, roles);
      tx.publish(membershipChanged({ ...member, roles }));
      return { ...member, roles };
    });
  }

  private async join(tx: Tx, invitation: Invitation, personId: Id<'person'>): Promise<MembershipSummary> {
    const members = await this.memberships.lockAll(tx, invitation.communityId);
    const held = members.find((each) => each.personId === personId);
    const membership: MembershipSummary = {
      id: held?.id ?? this.ids.next<'membership'>(),
      communityId: invitation.communityId,
      personId,
      roles: mergeRoles(held?.roles ?? [], invitation.roles),
    };
    if (held) await this.memberships.updateRoles(tx, held.id, membership.roles);
    else await this.memberships.insert(tx, membership);
    tx.publish(membershipChanged(membership));
    return membership;
  }

  /** The viewer's roles were read when the request came in; under the lock they are read again. */
  private async lockAsCoordinator(
    tx: Tx,
    viewer: Viewer,
    communityId: Id<'community'>,
  ): Promise<MembershipSummary[]> {
    await this.communities.lock(tx, communityId);
    const members = await this.memberships.lockAll(tx, communityId);
    const self = members.find((each) => each.personId === viewer.personId);
    if (self?.roles.includes('coordinator')) return members;
    throw DomainError.forbidden('You are no longer a coordinator of this community.');
  }
}

function readRoles(check: InputCheck, values: readonly Role[]): Role[] {
  const limit = { min: 1, max: ROLE_ORDER.length, name: 'roles' };
  return normalRoles(check.list('roles', values, limit, (role, path) => check.oneOf(path, role, ROLE_ORDER)));
}

function membershipChanged(membership: MembershipSummary): MembershipChanged {
  const { communityId, personId, roles } = membership;
  return { type: 'identity.membership-changed', payload: { communityId, personId, roles } };
}
