import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';

/**
 * A person as fellow members see one. Fields that lead to a person carry a policy of their own; this one only
 * makes sure that no field ever shows a person to the public.
 */
@ObjectType('Person', { description: 'A person, as fellow members see one. Never public.' })
@Policy('signedIn')
export class PersonModel {
  @Field(() => ID)
  id: Id<'person'>;

  @Field(() => String)
  displayName: string;
}
