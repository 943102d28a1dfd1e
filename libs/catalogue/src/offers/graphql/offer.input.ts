import { Field, ID, InputType } from '@nestjs/graphql';
import { MoneyInput } from '#platform';
import type { CostKind, Form } from '../../domain/cost-sheet.js';
import { CostKindEnum, FormEnum } from './offer.model.js';

@InputType()
export class CostLineInput {
  @Field(() => CostKindEnum)
  kind: CostKind;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'For one unit: a decimal above zero with at most three places.' })
  quantity: string;

  @Field(() => String, { description: 'Such as “h” or “m²”.' })
  unit: string;

  @Field(() => MoneyInput)
  unitPrice: MoneyInput;
}

@InputType()
export class PublishCostSheetInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productVersionId: string;

  @Field(() => FormEnum)
  form: Form;

  @Field(() => String)
  currency: string;

  @Field(() => [CostLineInput])
  lines: CostLineInput[];
}

@InputType()
export class FreeOfferInput {
  @Field(() => FormEnum)
  form: Form;

  @Field(() => String, { description: 'What this tier has and another has not.' })
  distinction: string;
}

@InputType()
export class FairOfferInput extends FreeOfferInput {
  @Field(() => MoneyInput)
  floor: MoneyInput;

  @Field(() => MoneyInput)
  suggested: MoneyInput;
}

@InputType()
export class PremiumOfferInput extends FreeOfferInput {
  @Field(() => MoneyInput)
  price: MoneyInput;
}

@InputType()
export class PublishTierPlanInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productVersionId: string;

  @Field(() => String)
  currency: string;

  @Field(() => FreeOfferInput, { nullable: true })
  free?: FreeOfferInput | null;

  @Field(() => FairOfferInput, { nullable: true })
  fair?: FairOfferInput | null;

  @Field(() => PremiumOfferInput, { nullable: true })
  premium?: PremiumOfferInput | null;
}
