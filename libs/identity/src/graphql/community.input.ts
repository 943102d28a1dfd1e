import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageArgs, RoleEnum, type Role } from '#platform';

@ArgsType()
export class CommunitiesArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true })
  receives?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  manufactures?: boolean | null;
}

@InputType()
export class CreateCommunityInput {
  @Field(() => String)
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses; made from the name when absent.',
  })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  place?: string | null;

  @Field(() => Boolean)
  receives: boolean;

  @Field(() => Boolean)
  manufactures: boolean;
}

@InputType()
export class InviteMemberInput {
  @Field(() => ID)
  communityId: string;

  @Field(() => String)
  email: string;

  @Field(() => [RoleEnum])
  roles: Role[];
}

@InputType()
export class AcceptInvitationInput {
  @Field(() => String)
  token: string;
}

@InputType()
export class ChangeMemberRolesInput {
  @Field(() => ID)
  communityId: string;

  @Field(() => ID)
  personId: string;

  @Field(() => [RoleEnum], { description: 'All the roles from now on; `member` is always among them.' })
  roles: Role[];
}
