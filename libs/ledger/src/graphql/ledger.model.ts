import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MinorUnits, Policy, connectionOf, definePolicy, hasRole, type RequestContext } from '#platform';

/** The lock of the room stands in the resolver too, because it alone can refuse before a row is read. */
definePolicy('accountKeeper', ({ viewer }: RequestContext, account: LedgerAccountModel) =>
  hasRole(viewer, account.ownerId, 'treasurer', 'coordinator'),
);
definePolicy('entryKeeper', ({ viewer }: RequestContext, entry: LedgerEntryModel) =>
  hasRole(viewer, entry.account.ownerId, 'treasurer', 'coordinator'),
);

@ObjectType('LedgerAccount', { description: 'An account of a community’s books.' })
@Policy('accountKeeper')
export class LedgerAccountModel {
  @Field(() => ID)
  id: Id<'account'>;

  @Field(() => String, { description: 'Such as “assets:bank”.' })
  code: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: '“debit” for what is owned, “credit” for what is owed.' })
  normalSide: string;

  @Field(() => MinorUnits, { description: 'On the normal side.' })
  balanceMinor: bigint;

  @Field(() => MinorUnits, { description: 'What open pending transfers would add.' })
  pendingMinor: bigint;

  /** Not in the schema: the policy asks whose account it is. */
  ownerId: Id<'community'>;
}

@ObjectType('LedgerEntry', { description: 'One side of a transfer. It never changes.' })
@Policy('entryKeeper')
export class LedgerEntryModel {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  transferId: Id<'transfer'>;

  @Field(() => MinorUnits, { description: 'A debit is above zero, a credit below.' })
  amountMinor: bigint;

  @Field(() => LedgerAccountModel)
  account: LedgerAccountModel;

  @Field(() => Date)
  bookedAt: Date;

  @Field(() => String)
  valueDate: string;

  @Field(() => String)
  description: string;

  @Field(() => String, {
    description: '“posted” money, “pending” while reserved, “released” when that ended.',
  })
  state: string;

  @Field(() => String, { description: 'What the transfer is, such as “payment”.' })
  kind: string;

  @Field(() => String, { nullable: true, description: 'What it is about, such as CSM-2026-0001.' })
  reference: string | null;

  @Field(() => MinorUnits, {
    description: 'What the account held after this entry, on its normal side, of posted entries.',
  })
  balanceMinor: bigint;

  @Field(() => ID, { nullable: true, description: 'Of a reversal: the transfer that it takes back.' })
  reversesId: Id<'transfer'> | null;

  @Field(() => ID, { nullable: true, description: 'The transfer that took this one back.' })
  reversedById: Id<'transfer'> | null;
}

export const LedgerEntryConnection = connectionOf(LedgerEntryModel, 'LedgerEntry');
