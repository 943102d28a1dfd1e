import { Field, InputType, Int } from '@nestjs/graphql';
import { MoneyInput } from '#platform';
import type { Instrument, ReturnKind } from '../domain/instrument.js';
import type { ThresholdKind } from '../domain/threshold.js';
import { InstrumentEnum, ReturnKindEnum, ThresholdKindEnum } from './offer.enum.js';

@InputType()
export class RepaymentInput {
  @Field(() => Int, { description: 'Equal parts; the last one takes the rounding.' })
  instalments: number;

  @Field(() => String, { description: 'A day after the deadline.' })
  firstDueOn: string;

  @Field(() => Int, { description: 'Months from one instalment to the next.' })
  everyMonths: number;

  @Field(() => Int, { nullable: true, description: 'Simple interest; 100 is 1 % a year. None unless given.' })
  interestBasisPointsPerYear?: number | null;
}

@InputType({ description: 'One kind of what must be pledged. Which fields it needs depends on the kind.' })
export class ThresholdInput {
  @Field(() => ThresholdKindEnum)
  kind: ThresholdKind;

  @Field(() => MoneyInput, { nullable: true, description: 'For money; said once.' })
  amount?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: 'For hours: the name of a section of the fablab.' })
  section?: string | null;

  @Field(() => String, { nullable: true, description: 'For material.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'For material, such as “m³”.' })
  unit?: string | null;

  @Field(() => String, { nullable: true, description: 'A decimal: hours, or material in its unit.' })
  quantity?: string | null;
}

@InputType({
  description: 'One way in which supporters can pledge. Which fields it needs depends on what is returned.',
})
export class OfferInput {
  @Field(() => InstrumentEnum)
  instrument: Instrument;

  @Field(() => String, { description: 'What is returned, in words.' })
  words: string;

  @Field(() => ReturnKindEnum)
  returns: ReturnKind;

  @Field(() => RepaymentInput, { nullable: true, description: 'For money.' })
  repayment?: RepaymentInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For money, in the place of instalments: 100 is 1 % of the contract’s premium sales.',
  })
  premiumShareBasisPoints?: number | null;

  @Field(() => Int, { nullable: true, description: 'The position of a deliverable, from 1.' })
  line?: number | null;

  @Field(() => Int, { nullable: true, description: 'For a premium purchase: free units for others …' })
  freeUnits?: number | null;

  @Field(() => Int, { nullable: true, description: '… with every so many units; 1 unless given.' })
  perUnits?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'For units in return for hours or goods: how much of them brings one unit.',
  })
  quantityPerUnit?: string | null;

  @Field(() => String, { nullable: true })
  section?: string | null;

  @Field(() => String, { nullable: true })
  goodsName?: string | null;

  @Field(() => String, { nullable: true })
  goodsUnit?: string | null;
}
