import type { Currency, Day, Id } from '#kernel';

/** The formats in which books leave. */
export const BOOKS_FORMATS = ['hledger', 'ledger', 'beancount', 'csv'] as const;
export type BooksFormat = (typeof BOOKS_FORMATS)[number];

export function isBooksFormat(text: unknown): text is BooksFormat {
  return BOOKS_FORMATS.some((format) => format === text);
}

/** An account in one currency; books may hold several of one code, a currency each. */
export interface BooksAccount {
  readonly code: string;
  readonly name: string;
  readonly currency: Currency;
  /** All posted entries of these books together, summed by the database: debits above zero. */
  readonly balanceMinor: bigint;
}

export interface BooksEntry {
  readonly code: string;
  readonly accountName: string;
  readonly currency: Currency;
  /** A debit is above zero, a credit below. */
  readonly amountMinor: bigint;
}

/** A posted transfer. Its entries sum to zero in each currency. */
export interface BooksTransfer {
  readonly id: Id<'transfer'>;
  readonly kind: string;
  readonly reference: string | null;
  /** Of a reversal, the reason. */
  readonly description: string;
  readonly valueDate: Day;
  readonly bookedAt: Date;
  readonly reversesId: Id<'transfer'> | null;
  readonly reversedById: Id<'transfer'> | null;
  readonly entries: readonly BooksEntry[];
}

/** A pending transfer that nobody has posted, voided or let expire: no money yet. */
export interface BooksPending {
  readonly reference: string | null;
  readonly description: string;
  readonly valueDate: Day;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** What is known of books before their first transfer is read. */
export interface BooksFrame {
  readonly title: string;
  readonly writtenAt: Date;
  /** Of the first and the last transfer; the day of writing where there is none. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** By code, then currency. */
  readonly accounts: readonly BooksAccount[];
}

/**
 * Writes books from beginning to end, piece by piece, so that their size does not matter: head, every transfer in
 * order of value date, every open pending transfer, tail.
 */
export interface BooksWriter {
  head(frame: BooksFrame): string;
  transfer(transfer: BooksTransfer): string;
  pending(pending: BooksPending): string;
  tail(frame: BooksFrame): string;
}

export interface NamedAccount {
  readonly code: string;
  readonly name: string;
  readonly currencies: readonly Currency[];
}

/** One for each code: these programs know an account by its name alone, whatever it holds. */
export function namedAccounts(frame: BooksFrame): NamedAccount[] {
  const byCode = new Map<string, { name: string; currencies: Currency[] }>();
  for (const { code, name, currency } of frame.accounts) {
    const known = byCode.get(code) ?? { name, currencies: [] };
    known.currencies.push(currency);
    byCode.set(code, known);
  }
  return [...byCode].map(([code, rest]) => ({ code, ...rest }));
}

export function currenciesOf(frame: BooksFrame): Currency[] {
  return [...new Set(frame.accounts.map(({ currency }) => currency))].sort();
}
