import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CommunityModel } from '#identity';
import { MoneyModel, Policy, connectionOf } from '#platform';
import type { ContractState, PledgeState } from '../../domain/contract.js';
import type { ContributionKind, Instrument, ReturnKind } from '../../domain/instrument.js';
import { ContractStateEnum, PledgeStateEnum } from '../../graphql/contract.enum.js';
import { ContributionKindEnum, InstrumentEnum, ReturnKindEnum } from '../../graphql/offer.enum.js';

@ObjectType('SheetGoods', {
  description: 'Hours or goods: decimals in the unit. They are summed with nothing.',
})
@Policy('signedIn')
export class SheetGoodsModel {
  @Field(() => String, { description: 'The section, or the name of the goods.' })
  item: string;

  @Field(() => String)
  unit: string;

  @Field(() => String)
  pledged: string;

  @Field(() => String)
  received: string;

  @Field(() => String, { description: 'Pledged, binding, and neither received nor waived.' })
  awaited: string;

  @Field(() => String)
  returned: string;

  @Field(() => String, { description: 'Of a tool: here, and to be given back.' })
  owed: string;
}

@ObjectType('SheetRow', { description: 'One pledge with all that came of it.' })
@Policy('signedIn')
export class SheetRowModel {
  @Field(() => ID, { description: 'The pledge’s.' })
  id: Id<'pledge'>;

  @Field(() => String)
  contractRef: string;

  @Field(() => String)
  contractTitle: string;

  @Field(() => ContractStateEnum)
  contractState: ContractState;

  @Field(() => InstrumentEnum)
  instrument: Instrument;

  @Field(() => ContributionKindEnum)
  contribution: ContributionKind;

  @Field(() => ReturnKindEnum)
  returns: ReturnKind;

  @Field(() => SheetGoodsModel, { nullable: true, description: 'Null for money.' })
  goods: SheetGoodsModel | null;

  @Field(() => Int, { description: 'Units of the product that are owed for what came in.' })
  unitsOwed: number;

  @Field(() => Int, { description: 'Of those that go to others.' })
  freeUnitsOwed: number;

  @Field(() => Boolean, { description: 'Some of what is owed goes back in money.' })
  isRepayable: boolean;

  @Field(() => PledgeStateEnum)
  state: PledgeState;

  @Field(() => MoneyModel, { description: 'Nothing for what was withdrawn or voided.' })
  pledged: MoneyModel;

  @Field(() => MoneyModel)
  received: MoneyModel;

  @Field(() => MoneyModel, { description: 'Pledged, binding, and neither received nor waived.' })
  awaited: MoneyModel;

  @Field(() => MoneyModel)
  repaid: MoneyModel;

  @Field(() => MoneyModel)
  forgiven: MoneyModel;

  @Field(() => MoneyModel)
  waived: MoneyModel;

  @Field(() => MoneyModel, {
    description: 'The principal that is open, as money or in units that were paid for.',
  })
  owed: MoneyModel;

  @Field(() => String, { nullable: true, description: 'The value date of the latest payment.' })
  receivedOn: string | null;

  @Field(() => String, { nullable: true, description: 'The value date of the latest repayment.' })
  repaidOn: string | null;

  @Field(() => String, { nullable: true, description: 'When the next instalment is due, or was.' })
  dueOn: string | null;

  @Field(() => MoneyModel, { nullable: true, description: 'What is open of that instalment.' })
  due: MoneyModel | null;

  @Field(() => Boolean)
  isOverdue: boolean;

  @Field(() => ID, {
    nullable: true,
    description: 'The account behind “owed”; for those who keep the books.',
  })
  owedAccountId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The account behind “awaited”; for those who keep the books.',
  })
  awaitedAccountId: string | null;

  /** Not in the schema: `supporter` and `fablab` are found by them, and the cursor holds the last. */
  supporterId: Id<'community'>;
  fablabId: Id<'community'>;
  sortKey: string;
}

export const SheetRowConnection = connectionOf(SheetRowModel, 'SheetRow');

@ObjectType('SheetInBooks', { description: 'What the ledger says of the same pledges.' })
@Policy('signedIn')
export class SheetInBooksModel {
  @Field(() => MoneyModel)
  awaited: MoneyModel;

  @Field(() => MoneyModel)
  owed: MoneyModel;

  @Field(() => Boolean, { description: 'Both are what the sheet sums to.' })
  agrees: boolean;
}

@ObjectType('SheetTotal', { description: 'The sums of all rows that are filtered, in one currency.' })
@Policy('signedIn')
export class SheetTotalModel {
  @Field(() => String)
  currency: string;

  @Field(() => Int)
  pledges: number;

  @Field(() => MoneyModel)
  pledged: MoneyModel;

  @Field(() => MoneyModel)
  received: MoneyModel;

  @Field(() => MoneyModel)
  awaited: MoneyModel;

  @Field(() => MoneyModel)
  repaid: MoneyModel;

  @Field(() => MoneyModel)
  forgiven: MoneyModel;

  @Field(() => MoneyModel)
  waived: MoneyModel;

  @Field(() => MoneyModel)
  owed: MoneyModel;

  @Field(() => SheetInBooksModel, {
    nullable: true,
    description: 'For a fablab, filtered by contract or supporter alone: the ledger knows no due days.',
  })
  books: SheetInBooksModel | null;
}

@ObjectType('SheetContract')
@Policy('signedIn')
export class SheetContractModel {
  @Field(() => String)
  ref: string;

  @Field(() => String)
  title: string;
}

@ObjectType('SheetChoices', { description: 'What a sheet can be filtered by.' })
@Policy('signedIn')
export class SheetChoicesModel {
  @Field(() => [CommunityModel])
  supporters: CommunityModel[];

  @Field(() => [SheetContractModel])
  contracts: SheetContractModel[];
}
