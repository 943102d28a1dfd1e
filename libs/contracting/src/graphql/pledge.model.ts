import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MoneyModel, Policy } from '#platform';
import type { PledgeState } from '../domain/contract.js';
import type { ContributionKind, Instrument, ReturnKind } from '../domain/instrument.js';
import { PledgeStateEnum } from './contract.enum.js';
import { ContributionKindEnum, InstrumentEnum, ReturnKindEnum } from './offer.enum.js';

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

  @Field(() => InstrumentEnum)
  instrument: Instrument;

  @Field(() => Int, { description: 'The position of the offer that it takes.' })
  offer: number;

  @Field(() => ContributionKindEnum)
  contribution: ContributionKind;

  @Field(() => MoneyModel, { description: 'Zero for hours and goods.' })
  amount: MoneyModel;

  @Field(() => String, { nullable: true, description: 'The section of hours, or the name of goods.' })
  item: string | null;

  @Field(() => String, { nullable: true, description: '“h” for hours.' })
  unit: string | null;

  @Field(() => String, { nullable: true })
  qualification: string | null;

  @Field(() => String, { nullable: true, description: 'A decimal in the unit; null for money.' })
  quantity: string | null;

  @Field(() => String, { nullable: true, description: 'A decimal in the unit: what came in so far.' })
  receivedQuantity: string | null;

  @Field(() => MoneyModel, { nullable: true, description: 'What hours or goods are held to be worth.' })
  value: MoneyModel | null;

  @Field(() => ReturnKindEnum)
  returns: ReturnKind;

  @Field(() => Int, {
    nullable: true,
    description: 'The position of the deliverable that is returned in units, or that it is given for.',
  })
  line: number | null;

  @Field(() => Int, { description: 'Units promised for it.' })
  units: number;

  @Field(() => Int, { description: 'Free units for others that were promised with them.' })
  freeUnits: number;

  @Field(() => MoneyModel, { description: 'What came in so far; it may be more than was pledged.' })
  received: MoneyModel;

  @Field(() => PledgeStateEnum)
  state: PledgeState;

  @Field(() => Date)
  pledgedAt: Date;

  /** Not in the schema: `community` is found by it. */
  communityId: Id<'community'>;
}
