import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { PageArgs } from '#platform';

@ArgsType()
export class ProductsArgs extends PageArgs {
  @Field(() => String, { nullable: true })
  fablabSlug?: string | null;
}

@InputType()
export class CreateProductInput {
  @Field(() => ID)
  fablabId: string;

  @Field(() => String)
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses; made from the name when absent.',
  })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType()
export class BomLineInput {
  @Field(() => String)
  item: string;

  @Field(() => String, {
    description: 'For one unit: a decimal above zero with at most three places, such as “0.5”.',
  })
  quantity: string;

  @Field(() => String)
  unit: string;

  @Field(() => ID, {
    nullable: true,
    description: 'A version of this fablab that is made first; the quantity is a whole number then.',
  })
  partVersionId?: string | null;
}

@InputType()
export class OperationInput {
  @Field(() => String)
  name: string;

  @Field(() => ID)
  workCentreId: string;

  @Field(() => Int)
  setupMinutes: number;

  @Field(() => Int)
  unitMinutes: number;

  @Field(() => [Int], {
    description: 'Positions of the operations that must be finished before; the first is 1.',
  })
  after: number[];

  @Field(() => String, { nullable: true })
  instructions?: string | null;
}

@InputType()
export class CreateProductVersionInput {
  @Field(() => ID)
  productId: string;

  @Field(() => String)
  label: string;

  @Field(() => String)
  licence: string;

  @Field(() => [BomLineInput])
  billOfMaterials: BomLineInput[];

  @Field(() => [OperationInput])
  routing: OperationInput[];
}
