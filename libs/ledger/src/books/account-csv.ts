import { csvRow, csvText, decimalOf, type Currency, type Day, type Id } from '#kernel';
import type { Database } from '#platform';
import type { EntryLayer } from '../domain/ledger.js';
import type { AccountSummary } from '../ledger.reader.js';
import { readSnapshot } from '../persistence/snapshot.js';
import { readLots } from './books.reader.js';

export const ACCOUNT_CSV_COLUMNS = [
  'value_date',
  'booked_at',
  'transfer',
  'kind',
  'reference',
  'description',
  'state',
  'debit',
  'credit',
  'currency',
  'balance',
  'reverses',
  'reversed_by',
] as const;

interface Row {
  readonly transferId: Id<'transfer'>;
  readonly kind: string;
  readonly reference: string | null;
  readonly description: string;
  readonly valueDate: Day;
  readonly bookedAt: Date;
  readonly layer: EntryLayer;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly reversesId: Id<'transfer'> | null;
  readonly reversedById: Id<'transfer'> | null;
}

/** Every entry of an account, the oldest first, each with what the account held after it on its normal side. */
export async function* writeAccountCsv(
  database: Pick<Database, 'pool'>,
  account: Pick<AccountSummary, 'id' | 'normalSide'>,
): AsyncGenerator<string> {
  const snapshot = await readSnapshot(database.pool);
  const sign = account.normalSide === 'debit' ? 1n : -1n;
  let balance = 0n;
  try {
    yield csvRow(ACCOUNT_CSV_COLUMNS);
    const lots = readLots<Row>(
      snapshot.client,
      'account_entry',
      `SELECT e.transfer_id AS "transferId", t.kind, t.reference, t.description,
              to_char(t.value_date, 'YYYY-MM-DD') AS "valueDate", t.booked_at AS "bookedAt", e.layer,
              e.amount_minor AS "amountMinor", e.currency, t.reverses_transfer_id AS "reversesId", r.id AS "reversedById"
       FROM ledger.entry e
       JOIN ledger.transfer t ON t.id = e.transfer_id
       LEFT JOIN ledger.transfer r ON r.reverses_transfer_id = t.id
       WHERE e.account_id = $1 ORDER BY e.number`,
      [account.id],
    );
    for await (const rows of lots) {
      let text = '';
      for (const row of rows) {
        if (row.layer === 'posted') balance += sign * row.amountMinor;
        text += csvRow(cellsOf(row, balance));
      }
      yield text;
    }
  } finally {
    await snapshot.end();
  }
}

function cellsOf(row: Row, balance: bigint): string[] {
  const { amountMinor, currency } = row;
  return [
    row.valueDate,
    row.bookedAt.toISOString(),
    row.transferId,
    row.kind,
    csvText(row.reference ?? ''),
    csvText(row.description),
    row.layer,
    amountMinor > 0n ? decimalOf(amountMinor, currency) : '',
    amountMinor < 0n ? decimalOf(-amountMinor, currency) : '',
    currency,
    decimalOf(balance, currency),
    row.reversesId ?? '',
    row.reversedById ?? '',
  ];
}
