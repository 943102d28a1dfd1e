import { Injectable } from '@nestjs/common';
import { DomainError, type Currency, type Day, type Id } from '#kernel';
import { Database, type Keyset } from '#platform';
import type { EntryLayer, NormalSide } from './domain/ledger.js';

export interface AccountSummary {
  readonly id: Id<'account'>;
  readonly ownerId: Id<'community'>;
  readonly code: string;
  readonly name: string;
  readonly currency: Currency;
  readonly normalSide: NormalSide;
  /** On the account's normal side: what is owned, or owed. */
  readonly balanceMinor: bigint;
  /** What open pending transfers would add to it. */
  readonly pendingMinor: bigint;
}

export interface EntrySummary {
  readonly transferId: Id<'transfer'>;
  readonly position: number;
  readonly accountId: Id<'account'>;
  /** A debit is above zero, a credit below. */
  readonly amountMinor: bigint;
  readonly layer: EntryLayer;
  readonly description: string;
  readonly valueDate: Day;
  readonly bookedAt: Date;
}

/** An entry with the account that it is in. */
export interface ReferenceEntry extends Omit<EntrySummary, 'accountId'> {
  readonly accountCode: string;
  readonly accountName: string;
  readonly currency: Currency;
}

/** Every balance is recomputed from the entries, by the covering index alone. */
const ACCOUNT = `
  SELECT a.id, a.owner_community_id AS "ownerId", a.code, a.name, a.currency, a.normal_side AS "normalSide",
         sums.posted AS "balanceMinor", sums.pending AS "pendingMinor"
  FROM ledger.account a CROSS JOIN LATERAL (
    SELECT (sign * coalesce(sum(e.amount_minor) FILTER (WHERE e.layer = 'posted'), 0))::bigint AS posted,
           (sign * coalesce(sum(e.amount_minor) FILTER (WHERE e.layer <> 'posted'), 0))::bigint AS pending
    FROM (SELECT CASE a.normal_side WHEN 'debit' THEN 1 ELSE -1 END AS sign) side
    LEFT JOIN ledger.entry e ON e.account_id = a.id GROUP BY sign
  ) sums`;

/** Reads accounts and their entries. Who may is asked by the callers. */
@Injectable()
export class LedgerReader {
  constructor(private readonly database: Database) {}

  accountsOf(ownerId: Id<'community'>): Promise<AccountSummary[]> {
    return this.database.query(
      `${ACCOUNT} WHERE a.owner_community_id = $1 ORDER BY a.code, a.currency`,
      [ownerId],
      'ledger-accounts-of',
    );
  }

  /** As `accountsOf`, counting only what the owner booked about one thing, such as a contract's ref. */
  accountsOfReference(ownerId: Id<'community'>, reference: string): Promise<AccountSummary[]> {
    return this.database.query(
      `SELECT a.id, a.owner_community_id AS "ownerId", a.code, a.name, a.currency, a.normal_side AS "normalSide",
              (side.sign * coalesce(sum(e.amount_minor) FILTER (WHERE e.layer = 'posted'), 0))::bigint AS "balanceMinor",
              (side.sign * coalesce(sum(e.amount_minor) FILTER (WHERE e.layer <> 'posted'), 0))::bigint AS "pendingMinor"
       FROM ledger.transfer t
       JOIN ledger.entry e ON e.transfer_id = t.id
       JOIN ledger.account a ON a.id = e.account_id
       CROSS JOIN LATERAL (SELECT CASE a.normal_side WHEN 'debit' THEN 1 ELSE -1 END AS sign) side
       WHERE t.reference = $2 AND a.owner_community_id = $1
       GROUP BY a.id, side.sign ORDER BY a.code, a.currency`,
      [ownerId, reference],
      'ledger-accounts-of-reference',
    );
  }

  account(id: Id<'account'>): Promise<AccountSummary | null> {
    return this.database.queryOne(`${ACCOUNT} WHERE a.id = $1`, [id], 'ledger-account');
  }

  /** @returns the balance on the account's normal side, 0n for an unknown account */
  async balance(accountId: Id<'account'>): Promise<bigint> {
    return (await this.account(accountId))?.balanceMinor ?? 0n;
  }

  /** Newest first; the cursor holds the transfer's id and the entry's position. */
  entries(accountId: Id<'account'>, keyset: Keyset): Promise<EntrySummary[]> {
    const [afterTransfer, afterPosition] = readAfter(keyset);
    return this.database.query(
      `SELECT e.transfer_id AS "transferId", e.position, e.account_id AS "accountId", e.amount_minor AS "amountMinor",
              e.layer, t.description, to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", t.booked_at AS "bookedAt"
       FROM ledger.entry e JOIN ledger.transfer t ON t.id = e.transfer_id
       WHERE e.account_id = $1 AND (e.transfer_id, e.position) < ($2::uuid, $3::smallint)
       ORDER BY e.transfer_id DESC, e.position DESC LIMIT $4`,
      [accountId, afterTransfer, afterPosition, keyset.limit],
      'ledger-entries',
    );
  }

  /** What the owner booked about one thing, such as a contract's ref. Newest first; the cursor is that of `entries`. */
  entriesOfReference(ownerId: Id<'community'>, reference: string, keyset: Keyset): Promise<ReferenceEntry[]> {
    const [afterTransfer, afterPosition] = readAfter(keyset);
    return this.database.query(
      `SELECT e.transfer_id AS "transferId", e.position, e.amount_minor AS "amountMinor", e.currency, e.layer,
              a.code AS "accountCode", a.name AS "accountName", t.description,
              to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", t.booked_at AS "bookedAt"
       FROM ledger.transfer t
       JOIN ledger.entry e ON e.transfer_id = t.id
       JOIN ledger.account a ON a.id = e.account_id
       WHERE t.reference = $2 AND a.owner_community_id = $1 AND t.id <= $3::uuid
         AND (t.id, e.position) < ($3::uuid, $4::smallint)
       ORDER BY t.id DESC, e.position DESC LIMIT $5`,
      [ownerId, reference, afterTransfer, afterPosition, keyset.limit],
      'ledger-entries-of-reference',
    );
  }
}

/** After every id: a first page begins here, so that every page is the same scan of the index. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** @throws DomainError `BAD_INPUT` for what no page gave out */
function readAfter(keyset: Keyset): readonly [string, string] {
  const [transfer = '', position = ''] = keyset.after ?? [LAST_ID, '0'];
  if (!isUuid(transfer) || !/^\d{1,4}$/.test(position)) throw notACursor();
  return [transfer, position];
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function notACursor(): DomainError {
  return DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
}
