import { DomainError, type Id } from '#kernel';

/**
 * What a person may do for a community: `member` reads what members read; `coordinator` speaks for it and
 * organises work; `treasurer` records money; `maker` takes jobs. A person may hold several.
 */
export const ROLES = ['member', 'coordinator', 'treasurer', 'maker'] as const;
export type Role = (typeof ROLES)[number];

/** The signed-in person, as every policy sees it. */
export interface Viewer {
  readonly personId: Id<'person'>;
  readonly displayName: string;
  readonly roles: ReadonlyMap<Id<'community'>, ReadonlySet<Role>>;
}

/** Finds the viewer of a session token. Implemented by identity, so that platform knows nothing of people. */
export abstract class ViewerSource {
  /** @returns null for an unknown, ended or expired session */
  abstract viewerOf(sessionToken: string): Promise<Viewer | null>;
}

export function isMember(viewer: Viewer | null, communityId: Id<'community'>): boolean {
  return viewer?.roles.has(communityId) ?? false;
}

export function hasRole(
  viewer: Viewer | null,
  communityId: Id<'community'>,
  ...oneOf: readonly Role[]
): boolean {
  const roles = viewer?.roles.get(communityId);
  return roles !== undefined && oneOf.some((role) => roles.has(role));
}

/** @throws DomainError `UNAUTHENTICATED` */
export function requireViewer(viewer: Viewer | null): Viewer {
  if (!viewer) throw new DomainError('UNAUTHENTICATED', 'Please sign in first.');
  return viewer;
}

/**
 * @param what completes «Only a coordinator of this community can …», for example `open a contract`
 * @throws DomainError `UNAUTHENTICATED` or `FORBIDDEN`
 */
export function requireRole(
  viewer: Viewer | null,
  communityId: Id<'community'>,
  oneOf: readonly Role[],
  what: string,
): Viewer {
  const known = requireViewer(viewer);
  if (hasRole(known, communityId, ...oneOf)) return known;
  throw DomainError.forbidden(`Only a ${oneOf.join(' or ')} of this community can ${what}.`);
}

/** True for the same person with the same roles everywhere, and for nobody twice. */
export function sameRights(left: Viewer | null, right: Viewer | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.personId !== right.personId || left.roles.size !== right.roles.size) return false;
  return [...left.roles].every(([communityId, roles]) => {
    const others = right.roles.get(communityId);
    return others?.size === roles.size && [...roles].every((role) => others.has(role));
  });
}
