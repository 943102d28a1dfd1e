import { Injectable } from '@nestjs/common';
import { DomainError, type Currency, type Day, type Id } from '#kernel';
import { Database, type Keyset } from '#platform';
import type { EntryLayer, NormalSide, TransferState } from './domain/ledger.js';

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

/** An entry of an account, with what the account held after it. */
export interface AccountEntry extends EntrySummary {
  /** In the order of booking; unique. */
  readonly number: bigint;
  /** Of the transfer, such as `payment`. */
  readonly kind: string;
  readonly reference: string | null;
  /** On the account's normal side, of posted entries. */
  readonly balanceMinor: bigint;
  readonly reversesId: Id<'transfer'> | null;
  readonly reversedById: Id<'transfer'> | null;
}

/** An entry with the account that it is in. */
export interface ReferenceEntry extends Omit<EntrySummary, 'accountId'> {
  /** Of the transfer, such as `payment`. */
  readonly kind: string;
  readonly accountCode: string;
  readonly accountName: string;
  readonly currency: Currency;
}

/** A transfer with all its entries, whoever’s books they are in. */
export interface TransferDetails {
  readonly id: Id<'transfer'>;
  readonly state: TransferState;
  readonly kind: string;
  readonly description: string;
  readonly reference: string | null;
  readonly valueDate: Day;
  readonly bookedAt: Date;
  /** The pending transfer that this one ended. */
  readonly pendingId: Id<'transfer'> | null;
  /** Of a pending one: what ended it. */
  readonly endedById: Id<'transfer'> | null;
  readonly reversesId: Id<'transfer'> | null;
  readonly reversedById: Id<'transfer'> | null;
  readonly entries: readonly TransferEntry[];
}

export interface TransferEntry {
  readonly position: number;
  readonly accountId: Id<'account'>;
  readonly ownerId: Id<'community'>;
  readonly accountCode: string;
  readonly accountName: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly layer: EntryLayer;
}

/** Which entries of a reference are meant; null: all. */
export interface ReferenceFilter {
  /** What the transfer is, or what it reverses. */
  readonly kinds: readonly string[] | null;
  /** Transfers that touch an account of this name at the end of its code, such as a supporter's slug. */
  readonly accountName: string | null;
}

/** The newest sum that is kept of an account's entries up to a number, and what must be added to it. */
const keptUpTo = (number: string): string => `
  LEFT JOIN LATERAL (
    SELECT through_number, posted_minor, pending_minor FROM ledger.kept_sum
    WHERE account_id = a.id AND through_number <= ${number} ORDER BY through_number DESC LIMIT 1
  ) kept ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(e.amount_minor) FILTER (WHERE e.layer = 'posted'), 0) AS posted_minor,
           coalesce(sum(e.amount_minor) FILTER (WHERE e.layer <> 'posted'), 0) AS pending_minor
    FROM ledger.entry e
    WHERE e.account_id = a.id AND e.number > coalesce(kept.through_number, 0) AND e.number <= ${number}
  ) since`;

/** After every number that there will be. */
const LAST_NUMBER = '9223372036854775807';
const SIGN = `(CASE a.normal_side WHEN 'debit' THEN 1 ELSE -1 END)`;

/**
 * A balance is the newest kept sum and the entries after it: a few hundred by the covering index, however many there
 * are (docs/adr/0008-kept-sums.md).
 */
const ACCOUNT = `
  SELECT a.id, a.owner_community_id AS "ownerId", a.code, a.name, a.currency, a.normal_side AS "normalSide",
         (${SIGN} * (coalesce(kept.posted_minor, 0) + since.posted_minor))::bigint AS "balanceMinor",
         (${SIGN} * (coalesce(kept.pending_minor, 0) + since.pending_minor))::bigint AS "pendingMinor"
  FROM ledger.account a ${keptUpTo(LAST_NUMBER)}`;

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

  /** Newest first, each with what the account held after it; the cursor holds the entry's number. */
  entries(accountId: Id<'account'>, keyset: Keyset): Promise<AccountEntry[]> {
    const [after = LAST_NUMBER] = keyset.after ?? [];
    if (keyset.after && !/^\d{1,18}$/.test(after)) throw notACursor();
    return this.database.query(
      `WITH page AS (
         SELECT e.number, e.transfer_id, e.position, e.account_id, e.amount_minor, e.layer,
                CASE e.layer WHEN 'posted' THEN e.amount_minor ELSE 0 END AS posted_minor
         FROM ledger.entry e WHERE e.account_id = $1 AND e.number < $2::bigint ORDER BY e.number DESC LIMIT $3
       ), held AS MATERIALIZED (
         SELECT ${SIGN} AS sign, coalesce(kept.posted_minor, 0) + since.posted_minor AS minor
         FROM ledger.account a CROSS JOIN (SELECT max(number) AS number FROM page) newest ${keptUpTo('newest.number')}
         WHERE a.id = $1
       )
       SELECT p.number, p.transfer_id AS "transferId", p.position, p.account_id AS "accountId",
              p.amount_minor AS "amountMinor", p.layer, t.kind, t.reference, t.description,
              to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", t.booked_at AS "bookedAt",
              t.reverses_transfer_id AS "reversesId", r.id AS "reversedById",
              (held.sign * (held.minor - coalesce(sum(p.posted_minor) OVER newer, 0)))::bigint AS "balanceMinor"
       FROM page p
       CROSS JOIN held
       JOIN ledger.transfer t ON t.id = p.transfer_id
       LEFT JOIN ledger.transfer r ON r.reverses_transfer_id = t.id
       WINDOW newer AS (ORDER BY p.number DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
       ORDER BY p.number DESC`,
      [accountId, after, keyset.limit],
      'ledger-entries',
    );
  }

  /** What the owner booked about one thing, such as a contract's ref. Newest first; the cursor is that of `entries`. */
  entriesOfReference(
    ownerId: Id<'community'>,
    reference: string,
    { kinds, accountName }: ReferenceFilter,
    keyset: Keyset,
  ): Promise<ReferenceEntry[]> {
    const [afterTransfer, afterPosition] = readAfter(keyset);
    return this.database.query(
      `SELECT e.transfer_id AS "transferId", e.position, e.amount_minor AS "amountMinor", e.currency, e.layer,
              a.code AS "accountCode", a.name AS "accountName", t.kind, t.description,
              to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", t.booked_at AS "bookedAt"
       FROM ledger.transfer t
       JOIN ledger.entry e ON e.transfer_id = t.id
       JOIN ledger.account a ON a.id = e.account_id
       LEFT JOIN ledger.transfer reversed ON reversed.id = t.reverses_transfer_id
       WHERE t.reference = $2 AND a.owner_community_id = $1 AND t.id <= $3::uuid
         AND (t.id, e.position) < ($3::uuid, $4::smallint)
         AND ($6::text[] IS NULL OR coalesce(reversed.kind, t.kind) = ANY ($6::text[]))
         AND ($7::text IS NULL OR EXISTS (
           SELECT 1 FROM ledger.entry x JOIN ledger.account y ON y.id = x.account_id
           WHERE x.transfer_id = t.id AND reverse(split_part(reverse(y.code), ':', 1)) = $7::text))
       ORDER BY t.id DESC, e.position DESC LIMIT $5`,
      [ownerId, reference, afterTransfer, afterPosition, keyset.limit, kinds, accountName],
      'ledger-entries-of-reference',
    );
  }

  async transfer(id: Id<'transfer'>): Promise<TransferDetails | null> {
    const [transfer, entries] = await Promise.all([
      this.database.queryOne<Omit<TransferDetails, 'entries'>>(
        `SELECT t.id, t.state, t.kind, t.description, t.reference, to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate",
                t.booked_at AS "bookedAt", t.pending_transfer_id AS "pendingId", ended.id AS "endedById",
                t.reverses_transfer_id AS "reversesId", reversal.id AS "reversedById"
         FROM ledger.transfer t
         LEFT JOIN ledger.transfer ended ON ended.pending_transfer_id = t.id
         LEFT JOIN ledger.transfer reversal ON reversal.reverses_transfer_id = t.id
         WHERE t.id = $1`,
        [id],
        'ledger-transfer',
      ),
      this.database.query<TransferEntry>(
        `SELECT e.position, a.id AS "accountId", a.owner_community_id AS "ownerId", a.code AS "accountCode",
                a.name AS "accountName", e.amount_minor AS "amountMinor", e.currency, e.layer
         FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id WHERE e.transfer_id = $1 ORDER BY e.position`,
        [id],
        'ledger-entries-of-transfer',
      ),
    ]);
    return transfer && { ...transfer, entries };
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
