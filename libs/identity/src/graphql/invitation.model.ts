import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, RoleEnum, type Role } from '#platform';

@ObjectType('Invitation', {
  description: 'An offer to join a community, for one email address. Shown to coordinators.',
})
@Policy('signedIn')
export class InvitationModel {
  @Field(() => ID)
  id: Id<'invitation'>;

  @Field(() => String)
  email: string;

  @Field(() => [RoleEnum])
  roles: Role[];

  @Field(() => String, {
    nullable: true,
    description:
      'For the invited person. It is in the answer of inviteMember only: the server does not keep it.',
  })
  link: string | null;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;

  @Field(() => String, { description: 'open, accepted, replaced (by a newer one) or expired' })
  state: string;
}

@ObjectType('InvitationPreview', {
  description: 'What the holder of an invitation link may see before signing in.',
})
@Policy('public')
export class InvitationPreviewModel {
  @Field(() => String)
  communityName: string;

  @Field(() => [RoleEnum])
  roles: Role[];

  @Field(() => String)
  email: string;

  @Field(() => GraphQLISODateTime)
  expiresAt: Date;

  @Field(() => String, { description: 'open, accepted, replaced (by a newer one) or expired' })
  state: string;
}
