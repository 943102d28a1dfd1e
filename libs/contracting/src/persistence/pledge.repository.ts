import { Injectable } from '@nestjs/common';
import type { Id, Money } from '#kernel';
import type { Tx } from '#platform';

export interface NewPledge {
  readonly id: Id<'pledge'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly amount: Money;
  readonly transferId: Id<'transfer'>;
  readonly pledgedBy: Id<'person'>;
}

export interface NewPayment {
  readonly id: Id<'payment'>;
  readonly pledgeId: Id<'pledge'>;
  readonly amount: Money;
  readonly valueDate: string;
  readonly transferId: Id<'transfer'>;
  readonly recordedBy: Id<'person'>;
}

/** Writes pledges and payments; the contract is locked by the caller. */
@Injectable()
export class PledgeRepository {
  async insert(tx: Tx, pledge: NewPledge): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.pledge
         (id, contract_id, community_id, instrument, amount_minor, currency, state, received_minor, transfer_id, pledged_by, pledged_at)
       VALUES ($1, $2, $3, 'loan', $4, $5, 'pledged', 0, $6, $7, $8)`,
      [
        pledge.id,
        pledge.contractId,
        pledge.communityId,
        pledge.amount.amountMinor,
        pledge.amount.currency,
        pledge.transferId,
        pledge.pledgedBy,
        tx.now,
      ],
    );
  }

  /** The pledge binds from here on. */
  async bind(tx: Tx, id: Id<'pledge'>, endingTransferId: Id<'transfer'>): Promise<void> {
    await tx.execute(
      `UPDATE contracting.pledge SET state = 'active', ending_transfer_id = $2 WHERE id = $1`,
      [id, endingTransferId],
    );
  }

  async end(
    tx: Tx,
    id: Id<'pledge'>,
    state: 'withdrawn' | 'voided',
    endingTransferId: Id<'transfer'>,
  ): Promise<void> {
    await tx.execute(
      `UPDATE contracting.pledge SET state = $2, ending_transfer_id = $3, ended_at = $4 WHERE id = $1`,
      [id, state, endingTransferId, tx.now],
    );
  }

  /** What the pledge has received in all is counted by the database. */
  async insertPayment(tx: Tx, payment: NewPayment): Promise<void> {
    await tx.execute(
      `INSERT INTO contracting.payment
         (id, pledge_id, amount_minor, currency, value_date, transfer_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        payment.id,
        payment.pledgeId,
        payment.amount.amountMinor,
        payment.amount.currency,
        payment.valueDate,
        payment.transferId,
        payment.recordedBy,
        tx.now,
      ],
    );
  }
}
