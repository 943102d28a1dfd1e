import type { PoolClient } from 'pg';
import type { Currency, Day, Id } from '#kernel';
import type { BooksAccount, BooksPending, BooksTransfer } from './books.js';

/** Some 300 kB of rows: enough that asking for the next lot costs nothing beside writing it. */
const LOT_ROWS = 2_000;

/** Every transfer that touches an account of the owner $1, in the layer given. */
const touching = (layer: 'posted' | 'pending'): string => `
  EXISTS (SELECT 1 FROM ledger.entry own JOIN ledger.account mine ON mine.id = own.account_id
          WHERE own.transfer_id = e.transfer_id AND own.layer = '${layer}' AND mine.owner_community_id = $1)`;

export interface AccountRow extends BooksAccount {
  readonly ownerId: Id<'community'>;
}

export interface AccountsOfBooks {
  readonly accounts: readonly AccountRow[];
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

type EntryRow = Omit<BooksTransfer, 'entries'> & {
  readonly code: string;
  readonly accountName: string;
  readonly ownerId: Id<'community'>;
  readonly currency: Currency;
  readonly amountMinor: bigint;
};

/** How an account is called in the books: one's own by its code, another community's by where it is. */
export type CodeOf = (account: { readonly ownerId: Id<'community'>; readonly code: string }) => string;

/** All accounts of the owner, those of others that its transfers touch, and what their entries here sum to. */
export async function readAccounts(client: PoolClient, ownerId: Id<'community'>): Promise<AccountsOfBooks> {
  const { rows } = await client.query<AccountRow & { firstDay: Day | null; lastDay: Day | null }>(
    `SELECT a.code, a.name, a.currency, a.owner_community_id AS "ownerId",
            coalesce(sums.total, 0)::bigint AS "balanceMinor",
            to_char(min(sums.first_day) OVER (), 'YYYY-MM-DD') AS "firstDay",
            to_char(max(sums.last_day) OVER (), 'YYYY-MM-DD') AS "lastDay"
     FROM ledger.account a
     LEFT JOIN (
       SELECT e.account_id, sum(e.amount_minor) AS total, min(t.value_date) AS first_day, max(t.value_date) AS last_day
       FROM ledger.entry e JOIN ledger.transfer t ON t.id = e.transfer_id
       WHERE e.layer = 'posted' AND ${touching('posted')}
       GROUP BY e.account_id
     ) sums ON sums.account_id = a.id
     WHERE a.owner_community_id = $1 OR sums.account_id IS NOT NULL
     ORDER BY a.code, a.currency`,
    [ownerId],
  );
  return { accounts: rows, firstDay: rows[0]?.firstDay ?? null, lastDay: rows[0]?.lastDay ?? null };
}

/** Every posted transfer of the books, in order of value date and then of booking. */
export async function* readTransfers(
  client: PoolClient,
  ownerId: Id<'community'>,
  codeOf: CodeOf,
): AsyncGenerator<BooksTransfer> {
  let current: { row: EntryRow; entries: BooksTransfer['entries'][number][] } | null = null;
  const lots = readLots<EntryRow>(
    client,
    'books_transfer',
    `SELECT t.id, t.kind, t.reference, t.description, to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate",
            t.booked_at AS "bookedAt", t.reverses_transfer_id AS "reversesId", r.id AS "reversedById",
            a.code, a.name AS "accountName", a.owner_community_id AS "ownerId", e.currency, e.amount_minor AS "amountMinor"
     FROM ledger.entry e
     JOIN ledger.transfer t ON t.id = e.transfer_id
     JOIN ledger.account a ON a.id = e.account_id
     LEFT JOIN ledger.transfer r ON r.reverses_transfer_id = t.id
     WHERE e.layer = 'posted' AND ${touching('posted')}
     ORDER BY t.value_date, t.id, e.position`,
    [ownerId],
  );
  for await (const rows of lots) {
    for (const row of rows) {
      const { accountName, currency, amountMinor } = row;
      const entry = { code: codeOf(row), accountName, currency, amountMinor };
      if (current?.row.id === row.id) {
        current.entries.push(entry);
      } else {
        if (current) yield { ...current.row, entries: current.entries };
        current = { row, entries: [entry] };
      }
    }
  }
  if (current) yield { ...current.row, entries: current.entries };
}

type PendingRow = Omit<BooksPending, 'from' | 'to'> & {
  readonly fromCode: string;
  readonly fromOwnerId: Id<'community'>;
  readonly toCode: string;
  readonly toOwnerId: Id<'community'>;
};

/** Pending transfers that nothing has ended. */
export async function* readPending(
  client: PoolClient,
  ownerId: Id<'community'>,
  codeOf: CodeOf,
): AsyncGenerator<BooksPending> {
  const lots = readLots<PendingRow>(
    client,
    'books_pending',
    `SELECT t.reference, t.description, to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", e.currency,
            e.amount_minor AS "amountMinor", debited.code AS "toCode", debited.owner_community_id AS "toOwnerId",
            credited.code AS "fromCode", credited.owner_community_id AS "fromOwnerId"
     FROM ledger.transfer t
     JOIN ledger.entry e ON e.transfer_id = t.id AND e.amount_minor > 0
     JOIN ledger.account debited ON debited.id = e.account_id
     JOIN ledger.entry c ON c.transfer_id = t.id AND c.amount_minor < 0
     JOIN ledger.account credited ON credited.id = c.account_id
     WHERE t.state = 'pending' AND ${touching('pending')}
       AND NOT EXISTS (SELECT 1 FROM ledger.transfer ended WHERE ended.pending_transfer_id = t.id)
     ORDER BY t.value_date, t.id`,
    [ownerId],
  );
  for await (const rows of lots) {
    for (const { fromCode, fromOwnerId, toCode, toOwnerId, ...pending } of rows) {
      const from = codeOf({ ownerId: fromOwnerId, code: fromCode });
      yield { ...pending, from, to: codeOf({ ownerId: toOwnerId, code: toCode }) };
    }
  }
}

/** The rows of a query, lot by lot, by a cursor of the open transaction: memory does not grow with the books. */
export async function* readLots<Row extends object>(
  client: PoolClient,
  cursor: string,
  query: string,
  values: readonly unknown[],
): AsyncGenerator<Row[]> {
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`, values as unknown[]);
  for (;;) {
    const { rows } = await client.query(`FETCH FORWARD ${LOT_ROWS} FROM ${cursor}`);
    if (rows.length > 0) yield rows as Row[];
    if (rows.length < LOT_ROWS) break;
  }
  await client.query(`CLOSE ${cursor}`);
}
