import { beancountWriter } from './beancount.writer.js';
import type { BooksFormat, BooksWriter } from './books.js';
import { csvWriter } from './csv.writer.js';
import { hledgerWriter, ledgerWriter } from './journal.writer.js';

/** Makes the writer of a format, for one export. */
export const BOOKS_WRITERS: Readonly<Record<BooksFormat, () => BooksWriter>> = {
  hledger: hledgerWriter,
  ledger: ledgerWriter,
  beancount: beancountWriter,
  csv: csvWriter,
};
