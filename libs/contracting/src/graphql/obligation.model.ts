import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { CommunityModel } from '#identity';
import { MinorUnits, MoneyModel, Policy, connectionOf } from '#platform';
import { OBLIGATION_EVENT_KINDS, type ObligationEventKind } from '../domain/obligation.js';
import { SCRUTINY_STATES, type ScrutinyState } from '../domain/scrutiny.js';

/** GraphQL names have no hyphens. */
export const ObligationEventKindEnum = Object.fromEntries(
  OBLIGATION_EVENT_KINDS.map((kind) => [kind.replaceAll('-', '_'), kind]),
) as Record<string, ObligationEventKind>;
registerEnumType(ObligationEventKindEnum, {
  name: 'ObligationEventKind',
  description: 'What happened to an obligation.',
});

export const ScrutinyStateEnum = Object.fromEntries(SCRUTINY_STATES.map((state) => [state, state])) as {
  [State in ScrutinyState]: State;
};
registerEnumType(ScrutinyStateEnum, {
  name: 'ScrutinyState',
  description:
    '“begins” with the first money received; “open” while money is owed; “paused” when all that came in is returned but more may come; “ended”.',
});

@ObjectType('Instalment', { description: 'A part of a loan, and when it is due.' })
@Policy('public')
export class InstalmentModel {
  @Field(() => Int, { description: 'From 1 on.' })
  number: number;

  @Field(() => String)
  dueOn: string;

  @Field(() => MoneyModel)
  amount: MoneyModel;

  @Field(() => MoneyModel, { description: 'What is not returned of it yet.' })
  open: MoneyModel;
}

@ObjectType('ObligationEvent', { description: 'Something that happened to an obligation. It never changes.' })
@Policy('public')
export class ObligationEventModel {
  @Field(() => ID)
  id: Id<'obligationEvent'>;

  @Field(() => ObligationEventKindEnum)
  kind: ObligationEventKind;

  @Field(() => MoneyModel, { description: 'Of the principal; zero for a deferral.' })
  amount: MoneyModel;

  @Field(() => MoneyModel, { description: 'Interest that it settled, beside the amount.' })
  interest: MoneyModel;

  @Field(() => Int, { description: 'Units, or free units, that it is about.' })
  units: number;

  @Field(() => String)
  valueDate: string;

  @Field(() => String, { nullable: true, description: 'Public; a repayment needs none.' })
  reason: string | null;

  @Field(() => Int, { nullable: true, description: 'Of a deferral: in how many parts the rest is returned.' })
  instalments: number | null;

  @Field(() => String, { nullable: true, description: 'Of a deferral: when the first part is due.' })
  firstDueOn: string | null;

  @Field(() => Int, { nullable: true, description: 'Of a deferral: months from one part to the next.' })
  everyMonths: number | null;

  @Field(() => ID, { nullable: true, description: 'Of a reversal: the payment that it takes back.' })
  reversesPaymentId: Id<'payment'> | null;

  @Field(() => ID, { nullable: true, description: 'Of a reversal: the repayment that it takes back.' })
  reversesEventId: Id<'obligationEvent'> | null;

  @Field(() => Boolean, { description: 'True for a repayment that was taken back later.' })
  isReversed: boolean;

  @Field(() => ID, { nullable: true, description: 'The transfer in the fablab’s books.' })
  transferId: Id<'transfer'> | null;

  @Field(() => Date)
  recordedAt: Date;
}

@ObjectType('Obligation', { description: 'What the fablab owes for one pledge.' })
@Policy('public')
export class ObligationModel {
  @Field(() => MoneyModel, { description: 'The open principal: received, and neither repaid nor forgiven.' })
  owed: MoneyModel;

  @Field(() => MoneyModel, { description: 'Interest due today beside it.' })
  interest: MoneyModel;

  @Field(() => MoneyModel)
  repaid: MoneyModel;

  @Field(() => MoneyModel)
  forgiven: MoneyModel;

  @Field(() => MoneyModel, {
    description: 'Pledged and not received: the supporter’s promise, no obligation.',
  })
  outstanding: MoneyModel;

  @Field(() => MoneyModel, { description: 'Pledged, not received, and wanted no more.' })
  waived: MoneyModel;

  @Field(() => Boolean, { description: 'Something is owed for the pledge, so its supporter has scrutiny.' })
  isOpen: boolean;

  @Field(() => Int, { description: 'Units that are owed for what came in.' })
  unitsOpen: number;

  @Field(() => Int, { description: 'Delivered, accepted, and counted for this pledge.' })
  unitsDelivered: number;

  @Field(() => Int, { description: 'Wanted no more by the supporter.' })
  unitsWaived: number;

  @Field(() => Int, { description: 'Free units for others that are still owed.' })
  freeUnitsOpen: number;

  @Field(() => Int)
  freeUnitsDelivered: number;

  @Field(() => Int)
  freeUnitsWaived: number;

  @Field(() => [InstalmentModel], { description: 'The schedule in force, for what was received.' })
  instalments: InstalmentModel[];

  @Field(() => InstalmentModel, { nullable: true, description: 'It may be overdue.' })
  nextDue: InstalmentModel | null;

  @Field(() => [ObligationEventModel], { description: 'In the order in which they were recorded.' })
  events: ObligationEventModel[];
}

@ObjectType('ScrutinyDial', { description: 'What one supporter’s oversight hangs on.' })
@Policy('public')
export class ScrutinyDialModel {
  @Field(() => CommunityModel)
  community: CommunityModel;

  @Field(() => ScrutinyStateEnum)
  state: ScrutinyState;

  @Field(() => MoneyModel, { description: 'What is still owed, interest included.' })
  open: MoneyModel;

  @Field(() => InstalmentModel, { nullable: true })
  nextDue: InstalmentModel | null;

  @Field(() => String, { nullable: true })
  endedOn: string | null;

  @Field(() => String, { description: 'In plain words: “Ends after 1,240.00 EUR more is repaid.”' })
  sentence: string;
}

@ObjectType('ContractEntry', { description: 'One side of a transfer of a contract, in the fablab’s books.' })
@Policy('signedIn')
export class ContractEntryModel {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  transferId: Id<'transfer'>;

  @Field(() => MinorUnits, { description: 'A debit is above zero, a credit below.' })
  amountMinor: bigint;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: 'Such as “liabilities:loans:oak-hollow”.' })
  accountCode: string;

  @Field(() => String)
  accountName: string;

  @Field(() => String, { description: '“posted”, “pending” or “released”.' })
  state: string;

  @Field(() => String, { description: 'What the transfer is, such as “payment”.' })
  kind: string;

  @Field(() => String)
  description: string;

  @Field(() => String)
  valueDate: string;

  @Field(() => Date)
  bookedAt: Date;
}

export const ContractEntryConnection = connectionOf(ContractEntryModel, 'ContractEntry');
