import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';

@ObjectType('Viewer', { description: 'The person who is signed in.' })
@Policy('signedIn')
export class ViewerModel {
  @Field(() => ID)
  id: Id<'person'>;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  email: string;
}

@ObjectType('DemoPerson', { description: 'Somebody of the demo story, as whom anyone may sign in.' })
@Policy('public')
export class DemoPersonModel {
  @Field(() => ID)
  id: Id<'person'>;

  @Field(() => String)
  displayName: string;

  @Field(() => String, { description: 'In words, such as “Coordinator of the fablab”.' })
  role: string;

  @Field(() => String, { description: 'The first community this person joined; empty before that.' })
  communityName: string;
}
