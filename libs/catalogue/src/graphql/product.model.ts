import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy, connectionOf } from '#platform';

@ObjectType('Product', { description: 'Something that a fablab can make.' })
@Policy('public')
export class ProductModel {
  @Field(() => ID)
  id: Id<'product'>;

  @Field(() => String, { description: 'Its name in addresses; no other product of the fablab has it.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  /** Not in the schema: `fablab` is found by it. */
  fablabId: Id<'community'>;
}

export const ProductConnection = connectionOf(ProductModel, 'Product');
