import { definePolicy, hasRole, isMember, type RequestContext } from '#platform';
import type { CommunityModel } from './community.model.js';

/** For fields of a community that its members see. */
export const MEMBER_OF_COMMUNITY = 'memberOfCommunity';
definePolicy(MEMBER_OF_COMMUNITY, (context: RequestContext, community: CommunityModel) =>
  isMember(context.viewer, community.id),
);

/** For fields of a community that its coordinators see. */
export const COORDINATOR_OF_COMMUNITY = 'coordinatorOfCommunity';
definePolicy(COORDINATOR_OF_COMMUNITY, (context: RequestContext, community: CommunityModel) =>
  hasRole(context.viewer, community.id, 'coordinator'),
);
