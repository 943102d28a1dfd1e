import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MoneyInput } from '#platform';

@InputType()
export class RecordDeliveryInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => Int, { description: 'The position of the deliverable, from 1.' })
  line: number;

  @Field(() => Int)
  quantity: number;

  @Field(() => String, { description: 'Today or before, such as 2027-03-31.' })
  deliveredOn: string;

  @Field(() => String, { nullable: true, description: 'Public.' })
  note?: string | null;
}

@InputType()
export class AnswerDeliveryInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  deliveryId: string;

  @Field(() => Boolean)
  isAccepted: boolean;

  @Field(() => String, { nullable: true, description: 'Public; needed for a refusal.' })
  reason?: string | null;
}

@InputType()
export class RecordPremiumSalesInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => String)
  fromDay: string;

  @Field(() => String, { description: 'Today or before; what is shared of it is due on this day.' })
  toDay: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;
}

@InputType()
export class WaiveUnitsInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => Int, { defaultValue: 0 })
  units: number;

  @Field(() => Int, { defaultValue: 0, description: 'Of those that are promised to others.' })
  freeUnits: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'What the units were paid with is owed in money from then on; else it is forgiven.',
  })
  asMoney: boolean;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}
