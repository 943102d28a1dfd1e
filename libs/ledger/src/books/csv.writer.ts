import type { BooksFrame, BooksTransfer, BooksWriter } from './books.js';
import { decimal } from './text.js';

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
    return `${BOOKS_CSV_COLUMNS.join(',')}\r\n`;
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
          decimal(entry.amountMinor, entry.currency),
          entry.currency,
          decimal(balance, entry.currency),
          transfer.reversesId ?? '',
          transfer.reversedById ?? '',
        ];
        return `${cells.join(',')}\r\n`;
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

/** What others wrote is not to run as a formula in a treasurer's spreadsheet: an apostrophe goes before it. */
function text(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
