import { Field, Int, ObjectType } from '@nestjs/graphql';
import { MoneyModel, Policy } from '#platform';
import type { Instrument, ReturnKind } from '../domain/instrument.js';
import type { ThresholdKind } from '../domain/threshold.js';
import { InstrumentEnum, ReturnKindEnum, ThresholdKindEnum } from './offer.enum.js';

@ObjectType('RepaymentTerms', { description: 'In how many parts a loan is returned, and when.' })
@Policy('public')
export class RepaymentTermsModel {
  @Field(() => Int, { description: 'Equal parts; the last one takes the rounding.' })
  instalments: number;

  @Field(() => String)
  firstDueOn: string;

  @Field(() => Int)
  everyMonths: number;

  @Field(() => Int, { description: 'Simple interest; 100 is 1 % a year.' })
  interestBasisPointsPerYear: number;
}

@ObjectType('Offer', { description: 'One way in which supporters can pledge, and what is returned for it.' })
@Policy('public')
export class OfferModel {
  @Field(() => Int, { description: 'From 1 on; a pledge names its offer by it.' })
  position: number;

  @Field(() => InstrumentEnum)
  instrument: Instrument;

  @Field(() => String, { description: 'The same in words.' })
  words: string;

  @Field(() => ReturnKindEnum)
  returns: ReturnKind;

  @Field(() => RepaymentTermsModel, {
    nullable: true,
    description: 'Of money in instalments; null also where a year after the deadline stands for it.',
  })
  repayment: RepaymentTermsModel | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of money from premium sales: 100 is 1 % of them, for all such pledges together.',
  })
  premiumShareBasisPoints: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of units: the position of the deliverable. Of nothing: the one that it is given for.',
  })
  line: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Free units for others that come with every `perUnits` units.',
  })
  freeUnits: number | null;

  @Field(() => Int, { nullable: true })
  perUnits: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A decimal: how many hours, or how much material, bring one unit.',
  })
  quantityPerUnit: string | null;

  @Field(() => String, { nullable: true, description: 'Hours are wanted in this section only.' })
  section: string | null;

  @Field(() => String, { nullable: true, description: 'These goods are wanted only.' })
  goodsName: string | null;

  @Field(() => String, { nullable: true })
  goodsUnit: string | null;
}

@ObjectType('Threshold', {
  description: 'What must be pledged before the contract becomes active: one kind of it.',
})
@Policy('public')
export class ThresholdModel {
  @Field(() => ThresholdKindEnum)
  kind: ThresholdKind;

  @Field(() => MoneyModel, { nullable: true, description: 'Of money.' })
  amount: MoneyModel | null;

  @Field(() => String, { nullable: true, description: 'Of hours.' })
  section: string | null;

  @Field(() => String, { nullable: true, description: 'Of material.' })
  name: string | null;

  @Field(() => String, { description: 'The currency, “h”, or the unit of the material.' })
  unit: string;

  @Field(() => String, { description: 'A decimal in the unit: what is needed.' })
  quantity: string;

  @Field(() => String, { description: 'A decimal in the unit.' })
  pledged: string;

  @Field(() => String, { description: 'A decimal in the unit: what has come in of it.' })
  received: string;

  @Field(() => Boolean)
  isMet: boolean;

  @Field(() => String, { description: '“60 h woodworking”.' })
  words: string;
}
