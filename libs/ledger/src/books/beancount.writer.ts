import { decimalOf, formatMoney, type Currency, type Day } from '#kernel';
import {
  currenciesOf,
  namedAccounts,
  type BooksFrame,
  type BooksPending,
  type BooksTransfer,
  type BooksWriter,
} from './books.js';
import { oneLine, quoted } from './text.js';

export const beancountWriter = (): BooksWriter => new BeancountWriter();

/** Beancount 2 and 3. The date is the value date; the time of booking is metadata. */
class BeancountWriter implements BooksWriter {
  head(frame: BooksFrame): string {
    return [
      `; Written for beancount on ${frame.writtenAt.toISOString()}. Debits are above zero, credits below.\n`,
      `option "title" ${quoted(frame.title)}\n`,
      ...currenciesOf(frame).map((currency) => `option "operating_currency" "${currency}"\n`),
      '\n',
      ...currenciesOf(frame).map((currency) => `${frame.firstDay} commodity ${currency}\n`),
      ...namedAccounts(frame).map(
        ({ code, name, currencies }) =>
          `${frame.firstDay} open ${accountName(code)} ${currencies.join(',')}\n  name: ${quoted(name)}\n`,
      ),
    ].join('');
  }

  transfer({ entries, ...transfer }: BooksTransfer): string {
    const lines = [
      `${transfer.valueDate} * ${quoted(transfer.description)}`,
      `  transfer: "${transfer.id}"`,
      `  booked: "${transfer.bookedAt.toISOString()}"`,
      `  kind: "${transfer.kind}"`,
      ...(transfer.reference === null ? [] : [`  reference: ${quoted(transfer.reference)}`]),
      ...(transfer.reversesId ? [`  reverses: "${transfer.reversesId}"`] : []),
      ...(transfer.reversedById ? [`  reversed-by: "${transfer.reversedById}"`] : []),
      ...entries.map((entry) => `  ${accountName(entry.code)}  ${formatMoney(entry)}`),
    ];
    return `\n${lines.join('\n')}\n`;
  }

  pending(pending: BooksPending): string {
    const { valueDate, from, to, reference, description } = pending;
    const about = reference === null ? '' : ` (${oneLine(reference)})`;
    return `; reserved, no money yet: ${valueDate} ${formatMoney(pending)} from ${accountName(from)} to ${accountName(to)}${about} ${oneLine(description)}\n`;
  }

  /** Asserted for the morning after the last transfer, because beancount looks at the beginning of a day. */
  tail(frame: BooksFrame): string {
    const morning = dayAfter(frame.lastDay);
    const lines = frame.accounts.map(
      ({ code, currency }) =>
        `${morning} balance ${accountName(code)}  ${decimalOf(withChildren(frame, code, currency), currency)} ~ 0 ${currency}\n`,
    );
    return `\n${lines.join('')}`;
  }
}

/** `Liabilities:Loans:Oak-hollow`. Codes are in lower case, so that no two become one. */
function accountName(code: string): string {
  return code.replace(/(^|:)[a-z]/g, (start) => start.toUpperCase());
}

/** In beancount the balance of an account is that of everything below it, too. */
function withChildren(frame: BooksFrame, code: string, currency: Currency): bigint {
  return frame.accounts
    .filter((each) => each.currency === currency && `${each.code}:`.startsWith(`${code}:`))
    .reduce((sum, each) => sum + each.balanceMinor, 0n);
}

function dayAfter(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
