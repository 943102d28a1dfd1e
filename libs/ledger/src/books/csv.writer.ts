import { csvRow, csvText as text, decimalOf } from '#kernel';
import type { BooksFrame, BooksTransfer, BooksWriter } from './books.js';

export const csvWriter = (): BooksWriter => new CsvWriter();

export const BOOKS_CSV_COLUMNS = [
  'date',
  'booked_at',
  'transfer',
  'kind',
  'reference',
  'description',
  'account',
  'account_name',
  'amount',
  'currency',
  'balance',
  'reverses',
  'reversed_by',
] as const;

/** RFC 4180, UTF-8: a row for each entry, with what its account holds after it in place of an assertion. */
class CsvWriter implements BooksWriter {
  private readonly balances = new Map<string, bigint>();

  head(_frame: BooksFrame): string {
    return csvRow(BOOKS_CSV_COLUMNS);
  }

  transfer(transfer: BooksTransfer): string {
    return transfer.entries
      .map((entry) => {
        const account = `${entry.code} ${entry.currency}`;
        const balance = (this.balances.get(account) ?? 0n) + entry.amountMinor;
        this.balances.set(account, balance);
        const cells = [
          transfer.valueDate,
          transfer.bookedAt.toISOString(),
          transfer.id,
          transfer.kind,
          text(transfer.reference ?? ''),
          text(transfer.description),
          entry.code,
          text(entry.accountName),
          decimalOf(entry.amountMinor, entry.currency),
          entry.currency,
          decimalOf(balance, entry.currency),
          transfer.reversesId ?? '',
          transfer.reversedById ?? '',
        ];
        return csvRow(cells);
      })
      .join('');
  }

  pending(): string {
    return '';
  }

  tail(): string {
    return '';
  }
}
