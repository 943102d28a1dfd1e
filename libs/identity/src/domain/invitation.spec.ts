import { describe, expect, it } from '@jest/globals';
import { tableMistakes, type Id } from '#kernel';
import {
  INVITATION_TRANSITIONS,
  acceptInvitation,
  invitationExpiry,
  invitationLife,
  type Invitation,
} from './invitation.js';

const NOW = new Date('2026-03-02T08:00:00.000Z');
const invitation: Invitation = {
  id: 'i' as Id<'invitation'>,
  communityId: 'c' as Id<'community'>,
  email: 'ada@example.org',
  roles: ['member'],
  state: 'open',
  expiresAt: invitationExpiry(NOW),
};
const lastMoment = new Date('2026-03-16T07:59:59.999Z');

describe('an invitation', () => {
  it('has a sound table of states', () => {
    expect(tableMistakes(INVITATION_TRANSITIONS, 'open')).toEqual([]);
  });

  it('can be accepted for fourteen days by the address it was sent to', () => {
    expect(acceptInvitation(invitation, 'ada@example.org', lastMoment)).toBe('accepted');
  });

  it('is expired from the fourteenth day on', () => {
    expect(invitationLife(invitation, lastMoment)).toBe('open');
    expect(invitationLife(invitation, invitation.expiresAt)).toBe('expired');
    expect(() => acceptInvitation(invitation, 'ada@example.org', invitation.expiresAt)).toThrow(
      'This invitation expired on 2026-03-16. Ask a coordinator for a new one.',
    );
  });

  it('is refused to another address', () => {
    expect(() => acceptInvitation(invitation, 'eve@example.org', NOW)).toThrow(
      'This invitation is for another email address.',
    );
  });

  it.each(['accepted', 'replaced'] as const)('cannot be accepted when it is %s, however old', (state) => {
    expect(() => acceptInvitation({ ...invitation, state }, 'ada@example.org', NOW)).toThrow(
      `This invitation was ${state}`,
    );
    expect(invitationLife({ ...invitation, state }, invitation.expiresAt)).toBe(state);
  });
});
