import { ArgsType, Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { MoneyInput, PageArgs } from '#platform';
import { CONTRACT_FIGURES, type ContractFigure } from '../domain/figures.js';

export const ContractFigureEnum = Object.fromEntries(CONTRACT_FIGURES.map((each) => [each, each])) as {
  [Figure in ContractFigure]: Figure;
};
registerEnumType(ContractFigureEnum, {
  name: 'ContractFigure',
  description: 'A figure of a contract behind which something is booked.',
});

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

  @Field(() => ContractFigureEnum, { nullable: true, description: 'Only the entries behind this figure.' })
  figure?: ContractFigure | null;

  @Field(() => String, { nullable: true, description: 'Only of this supporter, by its slug.' })
  supporter?: string | null;
}
