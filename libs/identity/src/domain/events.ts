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

/** Mails wait to be sent. Whose they are is not said: what leaves the outbox names no person's mail. */
export type MailQueued = DomainEvent<'identity.mail-queued', { mailIds: readonly string[] }>;
