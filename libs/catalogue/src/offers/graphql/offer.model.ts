import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MoneyModel, Policy } from '#platform';
import { COST_KINDS, FORMS, type CostKind, type Form } from '../../domain/cost-sheet.js';
import type { TierOffer } from '../../domain/tier-plan.js';
import { TierEnum } from '../../graphql/tier.enum.js';

export const CostKindEnum = Object.fromEntries(COST_KINDS.map((kind) => [kind, kind])) as Record<
  CostKind,
  CostKind
>;
registerEnumType(CostKindEnum, { name: 'CostKind' });

export const FormEnum = Object.fromEntries(FORMS.map((form) => [form, form])) as Record<Form, Form>;
registerEnumType(FormEnum, { name: 'Form', description: 'In what a unit consists when it is handed over.' });

@ObjectType('CostLine', {
  description: 'So much of something at so much for one; for one unit of the product.',
})
@Policy('public')
export class CostLineModel {
  @Field(() => CostKindEnum)
  kind: CostKind;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'A decimal, such as “0.5”.' })
  quantity: string;

  @Field(() => String)
  unit: string;

  @Field(() => MoneyModel)
  unitPrice: MoneyModel;

  @Field(() => MoneyModel, { description: 'Quantity times price, rounded up to a minor unit.' })
  total: MoneyModel;
}

@ObjectType('CostSheet', { description: 'What one unit in one form is planned to cost, openly.' })
@Policy('public')
export class CostSheetModel {
  @Field(() => ID)
  id: Id<'costSheet'>;

  @Field(() => FormEnum)
  form: Form;

  @Field(() => Int, { description: 'From 1 on; the highest one holds.' })
  number: number;

  @Field(() => MoneyModel)
  total: MoneyModel;

  @Field(() => [CostLineModel])
  lines: CostLineModel[];

  @Field(() => Date)
  createdAt: Date;
}

@ObjectType('TierOffer', { description: 'The form in which a version is offered in one tier.' })
@Policy('public')
export class TierOfferModel {
  @Field(() => TierEnum)
  tier: TierOffer['tier'];

  @Field(() => FormEnum)
  form: Form;

  @Field(() => String, { description: 'What this tier has and another has not.' })
  distinction: string;

  @Field(() => MoneyModel, { nullable: true, description: 'Of the premium tier.' })
  price: MoneyModel | null;

  @Field(() => MoneyModel, { nullable: true, description: 'Of the fair tier: the least that is paid.' })
  floor: MoneyModel | null;

  @Field(() => MoneyModel, { nullable: true, description: 'Of the fair tier.' })
  suggested: MoneyModel | null;

  @Field(() => MoneyModel, { description: 'The planned cost of one unit in this form.' })
  unitCost: MoneyModel;
}

@ObjectType('TierPlan', { description: 'How a version is offered, in one currency.' })
@Policy('public')
export class TierPlanModel {
  @Field(() => ID)
  id: Id<'tierPlan'>;

  @Field(() => String)
  currency: string;

  @Field(() => Int, { description: 'From 1 on; the highest one holds.' })
  number: number;

  @Field(() => [TierOfferModel])
  offers: TierOfferModel[];

  @Field(() => Date)
  createdAt: Date;
}
