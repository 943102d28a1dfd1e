import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { TierEnum } from '#catalogue';
import { MoneyInput } from '#platform';
import type { PoolTier } from '../domain/pool.js';
import type { NeedClass, PositionRule } from '../domain/waiting-list.js';
import { NeedClassEnum, PoolTierEnum, PositionRuleEnum } from './rule.model.js';

@InputType()
export class SplitSharesInput {
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

@InputType()
export class PublishSplitRuleInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productId: string;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: 'The first day whose orders it divides.' })
  effectiveFrom: string;

  @Field(() => MoneyInput)
  sustenanceFloor: MoneyInput;

  @Field(() => SplitSharesInput, { description: 'Basis points; 10000 in all.' })
  shares: SplitSharesInput;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class PublishListRuleInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productId: string;

  @Field(() => PositionRuleEnum)
  rule: PositionRule;

  @Field(() => Int)
  ageingDays: number;

  @Field(() => String, { nullable: true, description: 'Of a lottery: published from now on.' })
  seed?: string | null;

  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class BuyerInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  email: string;

  @Field(() => String)
  address: string;
}

@InputType()
export class OrderUnitsInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productVersionId: string;

  @Field(() => TierEnum, { description: '“fair” or “premium”; a free unit is asked for, not ordered.' })
  tier: 'free' | 'fair' | 'premium';

  @Field(() => Int)
  quantity: number;

  @Field(() => String)
  currency: string;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Of a fair order: what the buyer chooses to pay for one.',
  })
  unitPrice?: MoneyInput | null;

  @Field(() => String)
  dueOn: string;

  @Field(() => ID, { nullable: true, description: 'The community that orders; absent for a person.' })
  communityId?: string | null;

  @Field(() => BuyerInput, { nullable: true, description: 'The person that orders without an account.' })
  buyer?: BuyerInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'A random word of the buyer’s browser that opens the order’s page.',
  })
  accessWord?: string | null;
}

@InputType()
export class RecordSalePaymentInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  saleId: string;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String, { description: 'The day on which the money arrived.' })
  valueDate: string;
}

@InputType()
export class SaleStepInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  saleId: string;
}

@InputType()
export class ReverseSaleInput extends SaleStepInput {
  @Field(() => String, { description: 'Public.' })
  reason: string;
}

@InputType()
export class RecordPoolGiftInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productId: string;

  @Field(() => PoolTierEnum)
  tier: PoolTier;

  @Field(() => MoneyInput)
  amount: MoneyInput;

  @Field(() => String)
  valueDate: string;

  @Field(() => ID, { nullable: true, description: 'Named in public; absent: an anonymous gift.' })
  communityId?: string | null;
}

@InputType()
export class AskForFreeUnitInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  productId: string;

  @Field(() => ID, { nullable: true })
  communityId?: string | null;

  @Field(() => NeedClassEnum)
  needClass: NeedClass;

  @Field(() => String, { description: 'Private: the fablab’s coordinators read it.' })
  reason: string;
}

@InputType()
export class WithdrawRequestInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  requestId: string;
}

@InputType()
export class DeliverGrantInput {
  @Field(() => String)
  idempotencyKey: string;

  @Field(() => ID)
  grantId: string;
}

@InputType()
export class ScenarioInput {
  @Field(() => MoneyInput)
  premiumPrice: MoneyInput;

  @Field(() => MoneyInput)
  premiumCost: MoneyInput;

  @Field(() => MoneyInput)
  freeCost: MoneyInput;

  @Field(() => MoneyInput)
  sustenanceFloor: MoneyInput;

  @Field(() => SplitSharesInput)
  shares: SplitSharesInput;

  @Field(() => Int)
  salesPerMonth: number;

  @Field(() => Int, {
    nullable: true,
    description: 'By how many basis points every cost rises; 1000 is ten per cent.',
  })
  costRise?: number | null;
}
