import { Injectable } from '@nestjs/common';
import type { Currency, Day, Id } from '#kernel';
import { IdSource, answerOf, type StatementTx, type Tx } from '#platform';
import { assertBookable, assertPendable, type Leg, type NormalSide } from './domain/ledger.js';
import { refusalFor } from './persistence/ledger-refusals.js';

export interface AccountOrder {
  readonly ownerId: Id<'community'>;
  /** Such as `liabilities:loans:oak-hollow`. */
  readonly code: string;
  readonly name: string;
  readonly currency: Currency;
  readonly normalSide: NormalSide;
  /** Refuse whatever would take it below zero; every transfer that touches it then takes its turn. */
  readonly limited: boolean;
}

/** What every booking says of itself. */
export interface Booking {
  /** Identifies the deed: the same key with the same input books once, with another it is refused. */
  readonly key: string;
  /** Shown beside each entry; of a reversal, the reason. */
  readonly description: string;
  readonly valueDate: Day;
}

export interface TransferOrder extends Booking {
  /** A word such as `payment`. */
  readonly kind: string;
  /** What it is about, such as `CSM-2026-0001`. */
  readonly reference: string | null;
  readonly legs: readonly Leg[];
}

/**
 * Books transfers: each method but `openAccount` is one call of one SQL function, in the caller's transaction, and
 * goes without BEGIN and COMMIT where it is all that a unit of work does. Everything it promises is held by the
 * database as well (docs/adr/0003-ledger-accounts.md).
 */
@Injectable()
export class LedgerService {
  constructor(private readonly ids: IdSource) {}

  /** Opens the account, or finds the one that the owner has under this code and currency. */
  async openAccount(tx: Tx, order: AccountOrder): Promise<Id<'account'>> {
    const id = this.ids.next<'account'>();
    await tx.execute(
      `INSERT INTO ledger.account (id, owner_community_id, code, name, currency, normal_side, limited, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT account_code_once DO NOTHING`,
      [id, order.ownerId, order.code, order.name, order.currency, order.normalSide, order.limited, tx.now],
    );
    const [row] = await tx.query<{ id: Id<'account'> }>(
      `SELECT id FROM ledger.account WHERE owner_community_id = $1 AND code = $2 AND currency = $3`,
      [order.ownerId, order.code, order.currency],
    );
    return row?.id ?? id;
  }

  /**
   * Moves money at once.
   * @throws DomainError `BAD_INPUT` unbalanced, `INSUFFICIENT_FUNDS`, `KEY_REUSED`, `NOT_FOUND` account
   */
  transfer(tx: StatementTx, order: TransferOrder): Promise<Id<'transfer'>> {
    assertBookable(order.legs);
    return this.book(tx, 'posted', order);
  }

  /**
   * Reserves: exactly two legs. What it may take from a limited account is held from now on.
   * @throws as `transfer`
   */
  pend(tx: StatementTx, order: TransferOrder): Promise<Id<'transfer'>> {
    assertBookable(order.legs);
    assertPendable(order.legs);
    return this.book(tx, 'pending', order);
  }

  /**
   * Turns a pending transfer into money: the whole, or a part, the rest being released.
   * @throws DomainError `INVALID_STATE` when it has ended before, `BAD_INPUT` for a part out of range
   */
  post(
    tx: StatementTx,
    pendingId: Id<'transfer'>,
    order: Booking & { readonly amountMinor?: bigint },
  ): Promise<Id<'transfer'>> {
    return this.resolve(tx, pendingId, 'posted', order, order.amountMinor ?? null);
  }

  /** Ends a pending transfer because somebody wants so. @throws DomainError `INVALID_STATE` when it has ended before */
  void(tx: StatementTx, pendingId: Id<'transfer'>, order: Booking): Promise<Id<'transfer'>> {
    return this.resolve(tx, pendingId, 'voided', order, null);
  }

  /** Ends a pending transfer because its time is over. @throws DomainError `INVALID_STATE` when it has ended before */
  expire(tx: StatementTx, pendingId: Id<'transfer'>, order: Booking): Promise<Id<'transfer'>> {
    return this.resolve(tx, pendingId, 'expired', order, null);
  }

  /**
   * Corrects by booking the mirror: nothing is ever changed or deleted.
   * @throws DomainError `INVALID_STATE` for a second reversal, or what cannot be reversed; `INSUFFICIENT_FUNDS`
   */
  reverse(tx: StatementTx, transferId: Id<'transfer'>, order: Booking): Promise<Id<'transfer'>> {
    return call(tx, 'ledger-reverse', `SELECT ledger.reverse_transfer($1, $2, $3, $4, $5, $6) AS id`, [
      this.ids.next(),
      transferId,
      order.description,
      order.valueDate,
      tx.now,
      order.key,
    ]);
  }

  private book(tx: StatementTx, state: 'posted' | 'pending', order: TransferOrder): Promise<Id<'transfer'>> {
    return call(
      tx,
      'ledger-post',
      `SELECT ledger.post_transfer($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS id`,
      [
        this.ids.next(),
        state,
        order.kind,
        order.description,
        order.reference,
        order.valueDate,
        tx.now,
        order.key,
        order.legs.map(({ accountId }) => accountId),
        order.legs.map(({ amountMinor }) => amountMinor),
      ],
    );
  }

  private resolve(
    tx: StatementTx,
    pendingId: Id<'transfer'>,
    state: 'posted' | 'voided' | 'expired',
    order: Booking,
    partMinor: bigint | null,
  ): Promise<Id<'transfer'>> {
    return call(
      tx,
      'ledger-resolve',
      `SELECT ledger.resolve_transfer($1, $2, $3, $4, $5, $6, $7, $8) AS id`,
      [this.ids.next(), pendingId, state, partMinor, order.description, order.valueDate, tx.now, order.key],
    );
  }
}

/** @param name prepared under it once on each connection: planning the call anew costs a tenth of a transfer */
function call(
  tx: StatementTx,
  name: string,
  statement: string,
  values: readonly unknown[],
): Promise<Id<'transfer'>> {
  return answerOf(tx.query<{ id: Id<'transfer'> }>(statement, values, name), onlyId, refusalFor);
}

function onlyId([row]: readonly { readonly id: Id<'transfer'> }[]): Id<'transfer'> {
  if (!row) throw new Error('The ledger answered without a transfer.');
  return row.id;
}
