import type { Id } from '#kernel';
import { definePolicy, isMember, type RequestContext } from '#platform';

/** What the rule below needs of whatever it guards. */
export interface OfFablab {
  readonly fablabId: Id<'community'>;
}

/** Sections, jobs and who holds them are for members of the fablab; the public sees a contract's progress. */
export const FABLAB_MEMBER = 'fablabMember';

definePolicy(FABLAB_MEMBER, (context: RequestContext, parent: OfFablab) =>
  isMember(context.viewer, parent.fablabId),
);
