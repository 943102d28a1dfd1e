import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CommunityModel } from '#identity';
import { MoneyModel, Policy } from '#platform';

@ObjectType('Delivery', { description: 'Units of one line that the fablab handed over. It never changes.' })
@Policy('public')
export class DeliveryModel {
  @Field(() => ID)
  id: Id<'delivery'>;

  @Field(() => Int, { description: 'The position of the deliverable.' })
  line: number;

  @Field(() => CommunityModel)
  receiver: CommunityModel;

  @Field(() => Int)
  quantity: number;

  @Field(() => String)
  deliveredOn: string;

  @Field(() => String, { nullable: true })
  note: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Null until the receiver has answered.' })
  isAccepted: boolean | null;

  @Field(() => String, { nullable: true, description: 'Of the receiver.' })
  reason: string | null;

  @Field(() => Date, { nullable: true })
  answeredAt: Date | null;

  @Field(() => Date)
  recordedAt: Date;

  @Field(() => [String], { description: 'Names of the mutations that you could call on it now.' })
  viewerCan: string[];
}

@ObjectType('PremiumSales', { description: 'Premium sales of a contract’s products in a period.' })
@Policy('public')
export class PremiumSalesModel {
  @Field(() => ID)
  id: Id<'premiumSale'>;

  @Field(() => String)
  fromDay: string;

  @Field(() => String)
  toDay: string;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => Date)
  recordedAt: Date;
}
