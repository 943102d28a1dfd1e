import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, connectionOf } from '#platform';

@ObjectType('Community', { description: 'A group of people; it receives, manufactures, or both.' })
@Policy('public')
export class CommunityModel {
  @Field(() => ID)
  id: Id<'community'>;

  @Field(() => String, { description: 'Its name in addresses, such as “oak-hollow”. It never changes.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => String, { nullable: true, description: 'Where it is, in its own words.' })
  place: string | null;

  @Field(() => Boolean, { description: 'It needs things made, and may support their making.' })
  receives: boolean;

  @Field(() => Boolean, { description: 'It makes things: a fablab.' })
  manufactures: boolean;
}

export const CommunityConnection = connectionOf(CommunityModel, 'Community');
