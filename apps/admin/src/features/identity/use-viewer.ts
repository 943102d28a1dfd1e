import { useQuery } from '@apollo/client/react';
import type { Role, ViewerQuery } from '~/generated/graphql';
import { VIEWER } from './operations';

export type Viewer = NonNullable<ViewerQuery['viewer']>;
export type OwnCommunity = Viewer['memberships'][number]['community'];

/** The signed-in person; `undefined` while that is not known yet, `null` for a visitor. */
export function useViewer(): Viewer | null | undefined {
  const { data, error } = useQuery(VIEWER, { fetchPolicy: 'cache-first' });
  if (data) return data.viewer ?? null;
  return error ? null : undefined;
}

/** The communities in which the person has one of these roles; all of them when none is named. */
export function communitiesOf(viewer: Viewer | null | undefined, ...roles: readonly Role[]): OwnCommunity[] {
  return (viewer?.memberships ?? [])
    .filter((membership) => roles.length === 0 || membership.roles.some((role) => roles.includes(role)))
    .map((membership) => membership.community);
}

export function hasRole(
  viewer: Viewer | null | undefined,
  communityId: string,
  ...roles: readonly Role[]
): boolean {
  return communitiesOf(viewer, ...roles).some((community) => community.id === communityId);
}

export function isMember(viewer: Viewer | null | undefined, communityId: string): boolean {
  return communitiesOf(viewer).some((community) => community.id === communityId);
}
