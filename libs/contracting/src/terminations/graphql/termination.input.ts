import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MoneyInput } from '#platform';

@InputType({ description: 'In which parts something is returned.' })
export class PlanInput {
  @Field(() => Int, { description: 'Equal parts; the last one takes the rounding.' })
  instalments: number;

  @Field(() => String)
  firstDueOn: string;

  @Field(() => Int)
  everyMonths: number;
}

@InputType({ description: 'What becomes of what is owed for one pledge. The three amounts sum to it.' })
export class SettlementLineInput {
  @Field(() => ID)
  pledgeId: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Given back on the day of the agreement, with the interest that is due.',
  })
  repaid?: MoneyInput;

  @Field(() => MoneyInput, { nullable: true, description: 'Takes the word of this very supporter.' })
  forgiven?: MoneyInput;

  @Field(() => MoneyInput, { nullable: true, description: 'Stays an obligation, under `plan`.' })
  due?: MoneyInput;

  @Field(() => PlanInput, { nullable: true, description: 'Needed for what stays due.' })
  plan?: PlanInput;
}

@InputType()
export class ProposeTerminationInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The party that proposes.' })
  communityId: string;

  @Field(() => Int, { description: 'The release in force that was read.' })
  releaseNumber: number;

  @Field(() => String, { description: 'Public.' })
  reason: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The dispute that ended so: mediated, and closed. Then its two sides are asked in the place of every party.',
  })
  questionId?: string;

  @Field(() => [SettlementLineInput], { description: 'One for each pledge for which something is owed.' })
  settlement: SettlementLineInput[];
}

@InputType()
export class AcceptTerminationInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The community that accepts.' })
  communityId: string;

  @Field(() => Int, { description: 'Of the proposal.' })
  number: number;

  @Field(() => String, { description: 'Of the proposal that was read.' })
  sha256: string;
}

@InputType()
export class EndTerminationInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'The community that speaks.' })
  communityId: string;

  @Field(() => Int, { description: 'Of the proposal.' })
  number: number;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}
