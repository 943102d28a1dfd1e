import { DomainError, type Id } from '#kernel';

/** In the order in which they are shown. The same words as the platform's `ROLES`, which a test compares. */
export const ROLE_ORDER = ['member', 'coordinator', 'treasurer', 'maker'] as const;
export type RoleName = (typeof ROLE_ORDER)[number];

export interface Member {
  readonly personId: Id<'person'>;
  readonly roles: readonly RoleName[];
}

/** Each role once, in order, and `member` always: whoever does something for a community belongs to it. */
export function normalRoles(roles: readonly RoleName[]): RoleName[] {
  return ROLE_ORDER.filter((role) => role === 'member' || roles.includes(role));
}

/** What a member who is invited again may do: the old and the new. */
export function mergeRoles(held: readonly RoleName[], given: readonly RoleName[]): RoleName[] {
  return normalRoles([...held, ...given]);
}

/**
 * Changes one member's roles.
 * @param members everyone of the community, as they are now
 * @returns the roles that the person has from now on
 * @throws DomainError `NOT_FOUND` when the person is no member, `INVALID_STATE` when nobody would coordinate
 */
export function changeRoles(
  members: readonly Member[],
  personId: Id<'person'>,
  wanted: readonly RoleName[],
): RoleName[] {
  const member = members.find((each) => each.personId === personId);
  if (!member) throw DomainError.notFound('member', personId);
  const roles = normalRoles(wanted);
  const others = members.filter((each) => each !== member && each.roles.includes('coordinator'));
  if (member.roles.includes('coordinator') && !roles.includes('coordinator') && others.length === 0) {
    throw new DomainError(
      'INVALID_STATE',
      'This is the last coordinator of the community. Make somebody else a coordinator first.',
    );
  }
  return roles;
}
