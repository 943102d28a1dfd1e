import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { Policy } from '#platform';

@ObjectType('BomLine', { description: 'One thing that goes into a unit of the product.' })
@Policy('public')
export class BomLineModel {
  @Field(() => Int, { description: 'From 1 on.' })
  position: number;

  @Field(() => String)
  item: string;

  @Field(() => String, { description: 'A decimal, such as “0.5”; for one unit of the product.' })
  quantity: string;

  @Field(() => String)
  unit: string;

  @Field(() => ID, { nullable: true, description: 'The version that is made first, of a sub-assembly.' })
  partVersionId: Id<'productVersion'> | null;
}

@ObjectType('Operation', { description: 'One step of the making, at one work centre.' })
@Policy('public')
export class OperationModel {
  @Field(() => ID)
  id: Id<'operation'>;

  @Field(() => Int, { description: 'From 1 on.' })
  position: number;

  @Field(() => String)
  name: string;

  @Field(() => ID)
  workCentreId: Id<'workCentre'>;

  @Field(() => Int)
  setupMinutes: number;

  @Field(() => Int)
  unitMinutes: number;

  @Field(() => [Int], { description: 'Positions of the operations that must be finished before.' })
  after: number[];

  @Field(() => String, { nullable: true })
  instructions: string | null;
}

@ObjectType('ProductVersion', { description: 'What exactly is made, of what and how. It never changes.' })
@Policy('public')
export class ProductVersionModel {
  @Field(() => ID)
  id: Id<'productVersion'>;

  @Field(() => String)
  label: string;

  @Field(() => String, { description: 'Of the design, such as CERN-OHL-S-2.0.' })
  licence: string;

  /** Not in the schema: `product` is found by it. */
  productId: Id<'product'>;
}
