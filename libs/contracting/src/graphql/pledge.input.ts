import { Field, ID, InputType } from '@nestjs/graphql';
import { MoneyInput } from '#platform';

@InputType()
export class MakePledgeInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The receiving community that pledges.' })
  communityId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;
}

@InputType()
export class WithdrawPledgeInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;
}

@InputType()
export class RecordPaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: 'The day on which the money arrived, such as 2026-03-31.' })
  valueDate: string;
}
