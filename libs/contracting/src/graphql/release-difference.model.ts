import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Policy } from '#platform';

@ObjectType('ReleaseChange', { description: 'One thing that differs between two releases.' })
@Policy('public')
export class ReleaseChangeModel {
  @Field(() => String, { description: '“changed”, “added” or “removed”.' })
  kind: string;

  @Field(() => String, { description: 'Where, in words.' })
  path: string;

  @Field(() => String, { nullable: true })
  before: string | null;

  @Field(() => String, { nullable: true })
  after: string | null;

  @Field(() => String, { description: 'All of it in one sentence.' })
  sentence: string;
}

@ObjectType('ReleaseDifference')
@Policy('public')
export class ReleaseDifferenceModel {
  @Field(() => Int)
  from: number;

  @Field(() => Int)
  to: number;

  @Field(() => [ReleaseChangeModel], { description: 'Empty when both hold the same terms.' })
  changes: ReleaseChangeModel[];
}
