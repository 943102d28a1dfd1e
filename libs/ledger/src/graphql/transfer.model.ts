import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Id } from '#kernel';
import { MinorUnits, Policy } from '#platform';
import type { TransferState } from '../domain/ledger.js';
import type { TransferDetails } from '../ledger.reader.js';

/** Who may see a transfer is asked by the root fields, which alone know for what it is shown. */
@ObjectType('TransferEntry', { description: 'One side of a transfer.' })
@Policy('signedIn')
export class TransferEntryModel {
  @Field(() => ID)
  id: string;

  @Field(() => ID, { nullable: true, description: 'Null where the account’s page is not yours to read.' })
  accountId: Id<'account'> | null;

  @Field(() => String, { description: 'Such as “liabilities:loans:oak-hollow”.' })
  accountCode: string;

  @Field(() => String)
  accountName: string;

  @Field(() => MinorUnits, { description: 'A debit is above zero, a credit below.' })
  amountMinor: bigint;

  @Field(() => String)
  currency: string;

  @Field(() => String, { description: '“posted”, “pending” or “released”.' })
  state: string;
}

@ObjectType('LedgerTransfer', { description: 'A transfer with all its entries. It never changes.' })
@Policy('signedIn')
export class LedgerTransferModel {
  @Field(() => ID)
  id: Id<'transfer'>;

  @Field(() => String, { description: '“pending”, “posted”, “voided” or “expired”.' })
  state: TransferState;

  @Field(() => String, { description: 'Such as “payment”.' })
  kind: string;

  @Field(() => String)
  description: string;

  @Field(() => String, { nullable: true, description: 'What it is about, such as CSM-2026-0001.' })
  reference: string | null;

  @Field(() => String)
  valueDate: string;

  @Field(() => Date)
  bookedAt: Date;

  @Field(() => ID, { nullable: true, description: 'The pending transfer that this one ended.' })
  pendingId: Id<'transfer'> | null;

  @Field(() => ID, { nullable: true, description: 'Of a pending one: the transfer that ended it.' })
  endedById: Id<'transfer'> | null;

  @Field(() => ID, { nullable: true, description: 'Of a reversal: the transfer that it takes back.' })
  reversesId: Id<'transfer'> | null;

  @Field(() => ID, { nullable: true, description: 'The transfer that took this one back.' })
  reversedById: Id<'transfer'> | null;

  @Field(() => [TransferEntryModel])
  entries: TransferEntryModel[];
}

interface Sight {
  /** In whose books accounts are shown by name; elsewhere only that the books of others are touched. */
  readonly shows: (ownerId: Id<'community'>) => boolean;
  /** Whose accounts can be looked at. */
  readonly opens: (ownerId: Id<'community'>) => boolean;
}

export function transferView({ entries, ...transfer }: TransferDetails, sight: Sight): LedgerTransferModel {
  return {
    ...transfer,
    entries: entries.map(({ position, accountId, ownerId, accountCode, accountName, layer, ...entry }) => ({
      ...entry,
      id: `${transfer.id}/${position}`,
      accountId: sight.opens(ownerId) ? accountId : null,
      accountCode: sight.shows(ownerId) ? accountCode : 'equity:elsewhere',
      accountName: sight.shows(ownerId) ? accountName : 'In the books of others',
      state: layer,
    })),
  };
}
