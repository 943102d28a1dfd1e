import { decimalOf, formatMoney, type Currency } from '#kernel';
import {
  currenciesOf,
  namedAccounts,
  type BooksFrame,
  type BooksPending,
  type BooksTransfer,
  type BooksWriter,
  type NamedAccount,
} from './books.js';
import { commentText, journalText, oneLine, sampleNumber } from './text.js';

/** Where hledger and ledger differ: how things are declared. */
interface Dialect {
  readonly name: string;
  declareFirst(): string;
  declareCommodity(currency: Currency): string;
  declareAccount(account: NamedAccount): string;
}

const HLEDGER: Dialect = {
  name: 'hledger',
  declareFirst: () => 'decimal-mark .\n',
  // The mark is obligatory in a sample, also where no digit follows it.
  declareCommodity: (currency) =>
    `commodity ${sampleNumber(currency)}${sampleNumber(currency).includes('.') ? '' : '.'} ${currency}\n`,
  declareAccount: ({ code, name }) => `account ${code}  ; ${commentText(name)}\n`,
};

const TAGS = ['transfer', 'booked', 'kind', 'reverses', 'reversed-by'];

const LEDGER: Dialect = {
  name: 'ledger',
  declareFirst: () => TAGS.map((tag) => `tag ${tag}\n`).join(''),
  declareCommodity: (currency) => `commodity ${currency}\n    format ${sampleNumber(currency)} ${currency}\n`,
  declareAccount: ({ code, name }) => `account ${code}\n    note ${commentText(name)}\n`,
};

export const hledgerWriter = (): BooksWriter => new JournalWriter(HLEDGER);
export const ledgerWriter = (): BooksWriter => new JournalWriter(LEDGER);

/**
 * The plain text journal of hledger 1.x and ledger 3.x. The date is the value date; the time of booking is a tag.
 * Every transaction has a mark and a code, so that a description that begins with `*` or `(` is not taken for one.
 */
class JournalWriter implements BooksWriter {
  constructor(private readonly dialect: Dialect) {}

  head(frame: BooksFrame): string {
    return [
      `; ${oneLine(frame.title)}\n`,
      `; Written for ${this.dialect.name} on ${frame.writtenAt.toISOString()}. Debits are above zero, credits below.\n\n`,
      this.dialect.declareFirst(),
      ...currenciesOf(frame).map((currency) => this.dialect.declareCommodity(currency)),
      ...namedAccounts(frame).map((account) => this.dialect.declareAccount(account)),
    ].join('');
  }

  transfer({ entries, ...transfer }: BooksTransfer): string {
    const lines = [
      headLine(transfer.valueDate, transfer.reference ?? transfer.kind, transfer.description, transfer.kind),
      `    ; transfer: ${transfer.id}`,
      `    ; booked: ${transfer.bookedAt.toISOString()}`,
      `    ; kind: ${transfer.kind}`,
      ...(transfer.reversesId ? [`    ; reverses: ${transfer.reversesId}`] : []),
      ...(transfer.reversedById ? [`    ; reversed-by: ${transfer.reversedById}`] : []),
      ...entries.map((entry) => `    ${entry.code}  ${formatMoney(entry)}`),
    ];
    return `\n${lines.join('\n')}\n`;
  }

  pending(pending: BooksPending): string {
    const { valueDate, from, to, reference, description } = pending;
    const about = reference === null ? '' : ` (${oneLine(reference)})`;
    return `; reserved, no money yet: ${valueDate} ${formatMoney(pending)} from ${from} to ${to}${about} ${oneLine(description)}\n`;
  }

  /** Posts nothing, and asserts what the database says each account holds. */
  tail({ accounts, lastDay }: BooksFrame): string {
    if (accounts.length === 0) return '';
    const lines = accounts.map(
      ({ code, currency, balanceMinor }) =>
        `    ${code}  ${decimalOf(0n, currency)} ${currency} = ${formatMoney({ amountMinor: balanceMinor, currency })}`,
    );
    return `\n${headLine(lastDay, 'balances', 'What each account holds', '')}\n${lines.join('\n')}\n`;
  }
}

function headLine(day: string, code: string, description: string, otherwise: string): string {
  return `${day} * (${journalText(code, '-').replaceAll(/[()]/g, '')}) ${journalText(description, otherwise)}`;
}
