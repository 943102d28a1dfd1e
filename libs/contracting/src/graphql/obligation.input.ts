import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { MoneyInput, PageArgs } from '#platform';

@InputType()
export class RecordRepaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: 'The day on which the money left, such as 2027-03-31.' })
  valueDate: string;
}

@InputType()
export class ReversePaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  paymentId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class ReverseRepaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The id of an event whose kind is “repayment”.' })
  repaymentId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class DeferRepaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => Int, { description: 'Equal parts of what is owed now; the last one takes the rounding.' })
  instalments: number;

  @Field(() => String, { description: 'Today or later.' })
  firstDueOn: string;

  @Field(() => Int)
  everyMonths: number;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class WriteOffLoanInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class WaivePledgeInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  pledgeId: string;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@ArgsType()
export class ContractEntriesArgs extends PageArgs {
  @Field(() => String, { description: 'Such as CSM-2026-0001.' })
  contractRef: string;
}
