import { DomainError, type Id, type TransitionTable } from '#kernel';
import type { RoleName } from './roles.js';

/** As stored. */
export type InvitationState = 'open' | 'accepted' | 'replaced';

/** As shown: an open invitation becomes expired by the passing of time alone. */
export type InvitationLife = InvitationState | 'expired';

export const INVITATION_TRANSITIONS: TransitionTable<InvitationState> = {
  open: ['accepted', 'replaced'],
  accepted: [],
  replaced: [],
};

const ENDED: Readonly<Record<InvitationState, string>> = {
  open: 'This invitation is open.',
  accepted: 'This invitation was accepted already.',
  replaced: 'This invitation was replaced by a newer one. Please use the newest link you were given.',
};

/** Long enough for a holiday, short enough for a link in a mailbox. */
const LIFE_MILLISECONDS = 14 * 24 * 60 * 60 * 1000;

/** Random bytes in a link's token. */
export const INVITATION_TOKEN_BYTES = 32;

export interface Invitation {
  readonly id: Id<'invitation'>;
  readonly communityId: Id<'community'>;
  readonly email: string;
  readonly roles: readonly RoleName[];
  readonly state: InvitationState;
  readonly expiresAt: Date;
}

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + LIFE_MILLISECONDS);
}

export function invitationLife(
  invitation: Pick<Invitation, 'state' | 'expiresAt'>,
  now: Date,
): InvitationLife {
  return invitation.state === 'open' && invitation.expiresAt <= now ? 'expired' : invitation.state;
}

/**
 * Decides whether a person may accept.
 * @throws DomainError `FORBIDDEN` when the invitation is for somebody else, `INVALID_STATE` when it was accepted
 *   before, was replaced by a newer one, or has expired
 */
export function acceptInvitation(invitation: Invitation, email: string, now: Date): 'accepted' {
  if (invitation.email !== email) {
    throw DomainError.forbidden(
      'This invitation is for another email address. Sign in with the address it was sent to.',
    );
  }
  if (!INVITATION_TRANSITIONS[invitation.state].includes('accepted')) {
    throw new DomainError('INVALID_STATE', ENDED[invitation.state], { state: invitation.state });
  }
  if (invitationLife(invitation, now) === 'expired') {
    const day = invitation.expiresAt.toISOString().slice(0, 10);
    throw new DomainError(
      'INVALID_STATE',
      `This invitation expired on ${day}. Ask a coordinator for a new one.`,
      { expiredAt: invitation.expiresAt.toISOString() },
    );
  }
  return 'accepted';
}
