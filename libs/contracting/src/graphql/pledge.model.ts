import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MoneyModel, Policy } from '#platform';
import type { PledgeState } from '../domain/contract.js';
import { PledgeStateEnum } from './contract.enum.js';

@ObjectType('Payment', { description: 'Money that came in for a pledge. It never changes.' })
@Policy('public')
export class PaymentModel {
  @Field(() => ID)
  id: Id<'payment'>;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => String)
  valueDate: string;

  @Field(() => ID, { description: 'The transfer in the fablab’s books.' })
  transferId: Id<'transfer'>;

  @Field(() => Date)
  recordedAt: Date;

  @Field(() => Boolean, { description: 'It was recorded wrongly, and taken back by a reversal.' })
  isReversed: boolean;
}

@ObjectType('Pledge', { description: 'What one community contributes to one contract.' })
@Policy('public')
export class PledgeModel {
  @Field(() => ID)
  id: Id<'pledge'>;

  @Field(() => String, { description: '“loan”.' })
  instrument: string;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => MoneyModel, { description: 'What came in so far; it may be more than was pledged.' })
  received: MoneyModel;

  @Field(() => PledgeStateEnum)
  state: PledgeState;

  @Field(() => Date)
  pledgedAt: Date;

  /** Not in the schema: `community` is found by it. */
  communityId: Id<'community'>;
}
