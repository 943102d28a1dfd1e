import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MoneyModel, Policy } from '#platform';
import { POOL_TIERS, type PoolTier } from '../domain/pool.js';
import { NEED_CLASSES, POSITION_RULES, type NeedClass, type PositionRule } from '../domain/waiting-list.js';
import { SplitShareModel } from './sale.model.js';

export const PoolTierEnum = Object.fromEntries(POOL_TIERS.map((tier) => [tier, tier])) as Record<
  PoolTier,
  PoolTier
>;
registerEnumType(PoolTierEnum, { name: 'PoolTier' });
export const NeedClassEnum = Object.fromEntries(NEED_CLASSES.map((each) => [each, each])) as Record<
  NeedClass,
  NeedClass
>;
registerEnumType(NeedClassEnum, { name: 'NeedClass', description: 'How pressing a need is.' });
export const PositionRuleEnum = Object.fromEntries(POSITION_RULES.map((each) => [each, each])) as Record<
  PositionRule,
  PositionRule
>;
registerEnumType(PositionRuleEnum, {
  name: 'PositionRule',
  description: 'Who comes next on a waiting list.',
});
@ObjectType('SplitShares', {
  description: 'Basis points of what is left once floor and cost are served; 10000 in all.',
})
@Policy('public')
export class SplitSharesModel {
  @Field(() => Int)
  sustenance: number;

  @Field(() => Int)
  reserve: number;

  @Field(() => Int)
  freePool: number;

  @Field(() => Int)
  fairPool: number;

  @Field(() => Int)
  designCommons: number;

  @Field(() => Int)
  network: number;
}

@ObjectType('SplitRule', {
  description: 'By which every payment for a product is divided. It never changes.',
})
@Policy('public')
export class SplitRuleModel {
  @Field(() => ID)
  id: Id<'splitRule'>;

  @Field(() => Int, { description: 'From 1 on, for each currency.' })
  number: number;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: 'The first day whose orders it divides.' })
  effectiveFrom: string;

  @Field(() => MoneyModel, { description: 'What the makers get of each unit before anything else.' })
  sustenanceFloor: MoneyModel;

  @Field(() => SplitSharesModel)
  shares: SplitSharesModel;

  @Field(() => String)
  reason: string;

  @Field(() => Date)
  publishedAt: Date;
}

@ObjectType('ListRule', { description: 'The published rule of a waiting list.' })
@Policy('public')
export class ListRuleModel {
  @Field(() => PositionRuleEnum)
  rule: PositionRule;

  @Field(() => Int, { description: 'After so many days a request moves up a class; 0: never.' })
  ageingDays: number;

  @Field(() => String, { nullable: true, description: 'Of a lottery.' })
  seed: string | null;

  @Field(() => String)
  reason: string;

  @Field(() => Date)
  publishedAt: Date;
}

@ObjectType('Pool', { description: 'Money set aside for the free or fair units of a product.' })
@Policy('public')
export class PoolModel {
  @Field(() => PoolTierEnum)
  tier: PoolTier;

  @Field(() => MoneyModel)
  available: MoneyModel;

  @Field(() => ID, { description: 'Its account in the fablab’s books.' })
  accountId: Id<'account'>;
}

@ObjectType('FreeRequest', { description: 'Somebody’s own request for a free unit.' })
@Policy('signedIn')
export class FreeRequestModel {
  @Field(() => ID)
  id: Id<'freeRequest'>;

  @Field(() => String)
  ref: string;

  @Field(() => NeedClassEnum)
  needClass: NeedClass;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => String, { description: '“waiting”, “granted” or “withdrawn”.' })
  state: string;

  @Field(() => Date)
  askedAt: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place in line, from 1 on; null once it waits no more.',
  })
  place: number | null;

  /** Not in the schema: `product` is found by it. */
  productId: Id<'product'>;
}

@ObjectType('Forecast', { description: 'What a price, a split and costs would bring.' })
@Policy('public')
export class ForecastModel {
  @Field(() => [SplitShareModel], { description: 'Of one premium unit that is paid at once.' })
  split: SplitShareModel[];

  @Field(() => MoneyModel, {
    description: 'What one sale leaves once floor and cost are served; may be below zero.',
  })
  surplus: MoneyModel;

  @Field(() => Int, {
    nullable: true,
    description: 'Premium sales that fund one free unit; null: none ever does.',
  })
  salesPerFreeUnit: number | null;

  @Field(() => Int, { nullable: true })
  monthsToFirst: number | null;

  @Field(() => Int, { nullable: true })
  monthsToTenth: number | null;
}
