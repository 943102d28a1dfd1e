import { Injectable } from '@nestjs/common';
import type { Id, Money } from '#kernel';
import type { Tx } from '#platform';
import type { Contract } from '../domain/contract.js';
import { itemKey } from '../domain/instrument.js';
import type { Contribution, Deal } from '../domain/pledge-input.js';

export interface NewPledge {
  readonly id: Id<'pledge'>;
  readonly contract: Pick<Contract, 'id' | 'currency'>;
  readonly communityId: Id<'community'>;
  readonly deal: Deal;
  readonly contribution: Contribution;
  /** Null for hours and goods. */
  readonly transferId: Id<'transfer'> | null;
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
    const { deal, contribution } = pledge;
    const goods = contribution.kind === 'money' ? null : contribution;
    await tx.execute(
      `INSERT INTO contracting.pledge
         (id, contract_id, community_id, instrument, amount_minor, currency, state, received_minor, transfer_id,
          pledged_by, pledged_at, offer, contribution, item, item_key, unit, qualification, quantity_milli, value_minor,
          return_kind, line, units, unit_price_minor, free_units)
       VALUES ($1, $2, $3, $4, $5, $6, 'pledged', 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
               $21, $22)`,
      [
        pledge.id,
        pledge.contract.id,
        pledge.communityId,
        deal.instrument,
        contribution.kind === 'money' ? contribution.amountMinor : 0n,
        pledge.contract.currency,
        pledge.transferId,
        pledge.pledgedBy,
        tx.now,
        deal.offer,
        contribution.kind,
        goods?.item ?? null,
        goods && itemKey(goods.item),
        goods?.unit ?? null,
        goods?.qualification ?? null,
        goods?.milli ?? 0n,
        goods?.valueMinor ?? null,
        deal.returns.kind,
        deal.line,
        deal.units,
        deal.unitPriceMinor,
        deal.freeUnits,
      ],
    );
  }

  /** The pledge binds from here on. */
  async bind(tx: Tx, id: Id<'pledge'>, endingTransferId: Id<'transfer'> | null): Promise<void> {
    await tx.execute(
      `UPDATE contracting.pledge SET state = 'active', ending_transfer_id = $2 WHERE id = $1`,
      [id, endingTransferId],
    );
  }

  async end(
    tx: Tx,
    id: Id<'pledge'>,
    state: 'withdrawn' | 'voided',
    endingTransferId: Id<'transfer'> | null,
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
