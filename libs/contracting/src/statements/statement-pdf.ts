import type { Currency } from '#kernel';
import { PdfWriter } from '#platform';
import type { StatementPart, StatementPeriod, StatementSums } from '../domain/statement.js';
import { amountWords, dayWords } from '../domain/words.js';
import type { NamedStatement } from './statement.service.js';
import { MOVE_WORDS } from './statement.words.js';

/** A statement on paper. It holds nothing that depends on when it is printed: made again, it has the same bytes. */
export function statementPdf({ year, supporter, fablab, statement }: NamedStatement): Promise<Buffer> {
  const { period, parts, totals } = statement;
  const title = `${supporter.name} at ${fablab.name}`;
  const pdf = new PdfWriter({
    title: `Statement ${year}: ${title}`,
    subject: `What moved between ${supporter.name} and ${fablab.name} in ${year}, and what is owed`,
    date: new Date(`${period.until}T00:00:00.000Z`),
    footer: `Statement ${year} · ${supporter.slug} · ${fablab.slug}`,
  });
  pdf
    .title(`Statement ${year}`, title)
    .paragraph(
      `From ${dayWords(period.from)} to ${dayWords(period.until)}, by value date. All sums are seen from the supporter: what it gave, what came back, and what ${fablab.name} owes to it.`,
      { soft: true },
    );
  if (parts.length === 0) {
    pdf.heading('Nothing moved').paragraph('Nothing was owed in this year, and no money moved in it.');
  }
  for (const sums of totals) total(pdf, sums, period, fablab.name);
  for (const part of parts) contract(pdf, part, period);
  return pdf.end();
}

function total(pdf: PdfWriter, sums: StatementSums, period: StatementPeriod, fablab: string): void {
  const { currency, closingMinor, interestDueMinor } = sums;
  const words = (minor: bigint): string => amountWords(minor, currency);
  const interest = interestDueMinor > 0n ? `, and ${words(interestDueMinor)} of interest` : '';
  pdf.gap(4).panel([
    {
      text: `On ${dayWords(period.until)} ${fablab} owes ${words(closingMinor)}${interest}.`,
      font: 'bold',
      size: 11,
    },
    {
      text: `At the beginning ${words(sums.openingMinor)}; received ${words(sums.receivedMinor)}; returned ${words(sums.returnedMinor)}; forgiven ${words(sums.forgivenMinor)}; interest paid ${words(sums.interestPaidMinor)}.`,
    },
  ]);
}

function contract(pdf: PdfWriter, part: StatementPart, period: StatementPeriod): void {
  const cell = (minor: bigint): string => (minor === 0n ? '' : plain(minor, part.currency));
  pdf.heading(`${part.ref} · ${part.title}`).table(
    [
      { head: 'Value date', weight: 1.5 },
      { head: 'What', weight: 3 },
      { head: `Amount, ${part.currency}`, weight: 1.5, align: 'right' },
      { head: 'Interest paid', weight: 1.2, align: 'right' },
      { head: 'Owed after it', weight: 1.5, align: 'right' },
    ],
    [
      [dayWords(period.from), 'Owed at the beginning', '', '', plain(part.openingMinor, part.currency)],
      ...part.moves.map((move) => [
        dayWords(move.valueDate),
        MOVE_WORDS[move.kind],
        cell(move.owedMinor),
        cell(move.interestMinor),
        plain(move.balanceMinor, part.currency),
      ]),
      [dayWords(period.until), 'Owed at the end', '', '', plain(part.closingMinor, part.currency)],
    ],
  );
  if (part.moves.length === 0) pdf.paragraph('Nothing moved in this year.', { soft: true });
  if (part.interestDueMinor > 0n) {
    pdf.paragraph(
      `Interest that has grown until ${dayWords(period.until)} and is not paid: ${amountWords(part.interestDueMinor, part.currency)}.`,
    );
  }
  for (const sentence of [...part.rule, standing(part)]) pdf.paragraph(sentence);
}

/** What the last line means for the supporter's rights. */
function standing({ closingMinor, currency }: StatementPart): string {
  return closingMinor > 0n
    ? `At the end of this statement ${amountWords(closingMinor, currency)} was still owed: the scrutiny goes on until it is returned.`
    : 'At the end of this statement nothing was owed.';
}

/** `-1,240.00`: in a column whose head names the currency. */
function plain(amountMinor: bigint, currency: Currency): string {
  return amountWords(amountMinor, currency).slice(0, -currency.length - 1);
}
