import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, RoleEnum, type Role } from '#platform';

@ObjectType('Membership', {
  description: 'That a person belongs to a community, and what the person may do for it.',
})
@Policy('signedIn')
export class MembershipModel {
  @Field(() => ID)
  id: Id<'membership'>;

  @Field(() => [RoleEnum])
  roles: Role[];

  /** Not in the schema: `person` and `community` are found by these. */
  personId: Id<'person'>;
  communityId: Id<'community'>;
}
