import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { FormEnum, TierEnum, type Form } from '#catalogue';
import { MoneyModel, Policy, connectionOf } from '#platform';
import { GRANT_STATES, type GrantState } from '../domain/grant.js';
import { SALE_STATES, type SaleState } from '../domain/sale.js';
import { SPLIT_PARTS, type SplitPart } from '../domain/split.js';

function enumOf<Word extends string>(words: readonly Word[]): { [Each in Word]: Each } {
  return Object.fromEntries(words.map((word) => [word, word])) as { [Each in Word]: Each };
}

export const SaleStateEnum = enumOf(SALE_STATES);
registerEnumType(SaleStateEnum, { name: 'SaleState' });
export const GrantStateEnum = enumOf(GRANT_STATES);
registerEnumType(GrantStateEnum, { name: 'GrantState' });
export const SplitPartEnum = enumOf(SPLIT_PARTS);
registerEnumType(SplitPartEnum, { name: 'SplitPart', description: 'Where a part of a payment goes.' });

@ObjectType('SplitShare', { description: 'One part of what a payment was split into.' })
@Policy('public')
export class SplitShareModel {
  @Field(() => SplitPartEnum)
  part: SplitPart;

  @Field(() => MoneyModel)
  amount: MoneyModel;
}

@ObjectType('SalePayment', { description: 'A payment with its split, or the reversal of one, below zero.' })
@Policy('public')
export class SalePaymentModel {
  @Field(() => ID)
  id: Id<'salePayment'>;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => String)
  valueDate: string;

  @Field(() => [SplitShareModel], { description: 'The parts sum to the amount.' })
  split: SplitShareModel[];

  @Field(() => Boolean)
  isReversal: boolean;

  @Field(() => MoneyModel, {
    description:
      'Of a reversal: what pools had spent of the payment; it stays with the units, the reserve bears it.',
  })
  notUnwound: MoneyModel;

  @Field(() => ID, { description: 'The transfer in the fablab’s books.' })
  transferId: Id<'transfer'>;
}

@ObjectType('GrantFunding', { description: 'What one sale or gift paid of one free or supported unit.' })
@Policy('public')
export class GrantFundingModel {
  @Field(() => String)
  grantRef: string;

  @Field(() => String, { nullable: true, description: 'Absent for a gift.' })
  saleRef: string | null;

  @Field(() => ID, { nullable: true })
  saleId: Id<'sale'> | null;

  @Field(() => String, {
    nullable: true,
    description: 'The community that gave, where it wanted to be named.',
  })
  giverName: string | null;

  @Field(() => MoneyModel)
  amount: MoneyModel;
}

@ObjectType('Sale', { description: 'Units sold in the fair or premium tier, and what they made possible.' })
@Policy('public')
export class SaleModel {
  @Field(() => ID)
  id: Id<'sale'>;

  @Field(() => String)
  ref: string;

  @Field(() => TierEnum)
  tier: 'fair' | 'premium';

  @Field(() => FormEnum)
  form: Form;

  @Field(() => Int)
  quantity: number;

  @Field(() => MoneyModel)
  unitPrice: MoneyModel;

  @Field(() => MoneyModel, { description: 'Of all units.' })
  price: MoneyModel;

  @Field(() => MoneyModel)
  paid: MoneyModel;

  @Field(() => SaleStateEnum)
  state: SaleState;

  @Field(() => Date)
  orderedAt: Date;

  @Field(() => String)
  dueOn: string;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled, or its units came back.' })
  reason: string | null;

  /** Not in the schema: other fields are found by them. */
  productVersionId: Id<'productVersion'>;
  fablabId: Id<'community'>;
  buyerCommunityId: Id<'community'> | null;
}

@ObjectType('UnitGrant', {
  description: 'One free unit, or what the fair pool adds to a fair sale, with what paid for it.',
})
@Policy('public')
export class GrantModel {
  @Field(() => ID)
  id: Id<'unitGrant'>;

  @Field(() => String)
  ref: string;

  @Field(() => TierEnum)
  tier: 'free' | 'fair';

  @Field(() => FormEnum)
  form: Form;

  @Field(() => GrantStateEnum)
  state: GrantState;

  @Field(() => MoneyModel, { description: 'The planned cost, held in the pool.' })
  held: MoneyModel;

  @Field(() => MoneyModel, { nullable: true, description: 'The actual cost that the pool paid.' })
  spent: MoneyModel | null;

  @Field(() => MoneyModel, {
    nullable: true,
    description: 'What it cost beyond the hold; the reserve bore it.',
  })
  overrun: MoneyModel | null;

  @Field(() => String, { description: 'Why it was this request, by the published rule.' })
  chosenBecause: string;

  @Field(() => Date)
  grantedAt: Date;

  /** Not in the schema: `productVersion` is found by it. */
  productVersionId: Id<'productVersion'>;
}

export const SaleConnection = connectionOf(SaleModel, 'Sale');
export const GrantConnection = connectionOf(GrantModel, 'UnitGrant');
