import type { DomainEvent } from '#kernel';

/** Somebody became a member, or was given other roles. */
export type MembershipChanged = DomainEvent<
  'identity.membership-changed',
  { communityId: string; personId: string; roles: readonly string[] }
>;

export type CommunityCreated = DomainEvent<
  'identity.community-created',
  { communityId: string; slug: string }
>;
