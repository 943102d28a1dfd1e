import { Injectable } from '@nestjs/common';
import { CommunityDirectory } from '#identity';
import type { Currency, Day, Id } from '#kernel';
import { canonicalJson, Database, sha256Hex } from '#platform';

export const LEDGER_DAY_FORMAT = 'commonwright.ledger-day/1';
export const LEDGER_TRANSFER_FORMAT = 'commonwright.ledger-transfer/1';

/**
 * What a community's books took in on one day: the hash of each transfer, in the order of ids. Whoever has the books can
 * compute each of them; whoever has not learns how many there were and nothing else, since an id holds 74 random bits.
 */
export interface LedgerDay {
  readonly format: typeof LEDGER_DAY_FORMAT;
  /** The community's slug. */
  readonly community: string;
  /** In UTC, by the time of booking. */
  readonly day: Day;
  readonly transfers: readonly string[];
}

/** A transfer as it is hashed: all of it that is in the books, and nothing that depends on when it is read. */
export interface LedgerDayTransfer {
  readonly format: typeof LEDGER_TRANSFER_FORMAT;
  readonly id: Id<'transfer'>;
  readonly state: string;
  readonly kind: string;
  readonly description: string;
  readonly reference: string | null;
  readonly valueDate: Day;
  /** UTC with microseconds, as the database keeps it. */
  readonly bookedAt: string;
  /** The pending transfer that this one ends. */
  readonly ends: Id<'transfer'> | null;
  readonly reverses: Id<'transfer'> | null;
  /** By position. A debit is above zero. */
  readonly entries: readonly {
    readonly account: string;
    /** The slug of the community whose account it is. */
    readonly community: string;
    readonly currency: Currency;
    readonly layer: string;
    readonly amountMinor: string;
  }[];
}

/** Reads the ledger by days of booking, for the digests that stand in the public log. */
@Injectable()
export class LedgerDays {
  constructor(
    private readonly database: Database,
    private readonly communities: CommunityDirectory,
  ) {}

  /** Communities that have accounts. */
  async owners(): Promise<Id<'community'>[]> {
    const rows = await this.database.query<{ id: Id<'community'> }>(
      `SELECT DISTINCT owner_community_id AS id FROM ledger.account ORDER BY 1`,
    );
    return rows.map(({ id }) => id);
  }

  /** The days on which something was booked, oldest first. @param after null: from the beginning */
  async daysOf(
    owner: Id<'community'>,
    { after, before }: { readonly after: Day | null; readonly before: Day },
  ): Promise<Day[]> {
    const rows = await this.database.query<{ day: Day }>(
      `SELECT DISTINCT to_char(t.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM ledger.transfer t
       WHERE ($2::date IS NULL OR t.booked_at >= (($2::date + 1)::timestamp AT TIME ZONE 'UTC'))
         AND t.booked_at < ($3::date::timestamp AT TIME ZONE 'UTC')
         AND EXISTS (SELECT FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
                     WHERE e.transfer_id = t.id AND a.owner_community_id = $1)
       ORDER BY 1`,
      [owner, after, before],
    );
    return rows.map(({ day }) => day);
  }

  /** Every transfer that touches the community's accounts, pending ones and what ended them included. */
  async transfersOf(owner: Id<'community'>, day: Day): Promise<LedgerDayTransfer[]> {
    // The join on the count of entries leaves out one that was moved elsewhere: no entry can change unseen.
    const transfers = await this.database.query<LedgerDayTransfer>(
      `SELECT '${LEDGER_TRANSFER_FORMAT}' AS format, t.id, t.state, t.kind, t.description, t.reference,
              to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate",
              to_char(t.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "bookedAt",
              t.pending_transfer_id AS ends, t.reverses_transfer_id AS reverses,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'community', a.owner_community_id, 'currency', e.currency,
                         'layer', e.layer, 'amountMinor', e.amount_minor::text) ORDER BY e.position), '[]')
               FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id AND a.currency = e.currency
               WHERE e.transfer_id = t.id AND e.entry_count = t.entry_count) AS entries
       FROM ledger.transfer t
       WHERE t.booked_at >= ($2::date::timestamp AT TIME ZONE 'UTC')
         AND t.booked_at < (($2::date + 1)::timestamp AT TIME ZONE 'UTC')
         AND EXISTS (SELECT FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
                     WHERE e.transfer_id = t.id AND a.owner_community_id = $1)
       ORDER BY t.id`,
      [owner, day],
      'ledger-day',
    );
    const ids = transfers.flatMap(({ entries }) =>
      entries.map(({ community }) => community as Id<'community'>),
    );
    const found = ids.length > 0 ? await this.communities.byIds([...new Set(ids)]) : [];
    const slugs = new Map<string, string>(found.map(({ id, slug }) => [id, slug]));
    return transfers.map((transfer) => ({
      ...transfer,
      entries: transfer.entries.map((entry) => ({
        ...entry,
        community: slugs.get(entry.community) ?? entry.community,
      })),
    }));
  }

  /** Recomputed from the books each time it is asked for: what was changed in them changes it. */
  async day(
    community: { readonly id: Id<'community'>; readonly slug: string },
    day: Day,
  ): Promise<LedgerDay> {
    const transfers = await this.transfersOf(community.id, day);
    return {
      format: LEDGER_DAY_FORMAT,
      community: community.slug,
      day,
      transfers: transfers.map((transfer) => sha256Hex(canonicalJson(transfer))),
    };
  }
}
