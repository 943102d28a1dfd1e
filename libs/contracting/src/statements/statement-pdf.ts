import { formatMilli, type Currency } from '#kernel';
import { PdfWriter } from '#platform';
import type { StatementPart, StatementPeriod, StatementSums } from '../domain/statement.js';
import { amountWords, dayWords } from '../domain/words.js';
import type { NamedStatement } from './statement.service.js';
import { GOODS_WORDS, MOVE_WORDS } from './statement.words.js';

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
    pdf.heading('Nothing moved').paragraph('Nothing was owed in this year, and nothing moved in it.');
  }
  for (const sums of totals) total(pdf, sums, period, fablab.name);
  for (const part of parts) contract(pdf, part, period);
  return pdf.end();
}

function total(pdf: PdfWriter, sums: StatementSums, period: StatementPeriod, fablab: string): void {
  const { currency, closingMinor, interestDueMinor } = sums;
  const words = (minor: bigint): string => amountWords(minor, currency);
  const interest = interestDueMinor > 0n ? `, and ${words(interestDueMinor)} of interest` : '';
  const redeemed = sums.redeemedMinor > 0n ? `returned in units ${words(sums.redeemedMinor)}; ` : '';
  const given =
    sums.givenMinor === 0n ? '' : ` Given beside it: ${words(sums.givenMinor)}, of which nothing is owed.`;
  pdf.gap(4).panel([
    {
      text: `On ${dayWords(period.until)} ${fablab} owes ${words(closingMinor)}${interest}.`,
      font: 'bold',
      size: 11,
    },
    {
      text: `At the beginning ${words(sums.openingMinor)}; received ${words(sums.receivedMinor)}; returned ${words(sums.returnedMinor)}; ${redeemed}forgiven ${words(sums.forgivenMinor)}; interest paid ${words(sums.interestPaidMinor)}.${given}`,
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
        move.units > 0 ? `${MOVE_WORDS[move.kind]}: ${move.units}` : MOVE_WORDS[move.kind],
        cell(move.amountMinor),
        cell(move.interestMinor),
        plain(move.balanceMinor, part.currency),
      ]),
      [dayWords(period.until), 'Owed at the end', '', '', plain(part.closingMinor, part.currency)],
    ],
  );
  if (part.goods.length > 0) goods(pdf, part);
  if (part.moves.length + part.goods.length === 0)
    pdf.paragraph('Nothing moved in this year.', { soft: true });
  if (part.interestDueMinor > 0n) {
    pdf.paragraph(
      `Interest that has grown until ${dayWords(period.until)} and is not paid: ${amountWords(part.interestDueMinor, part.currency)}.`,
    );
  }
  for (const sentence of part.rule) pdf.paragraph(sentence);
  if (part.oversight !== '') pdf.paragraph(`Oversight, as of ${dayWords(period.until)}: ${part.oversight}`);
}

/** Hours and goods stand in a table of their own: they are summed with no money. */
function goods(pdf: PdfWriter, part: StatementPart): void {
  pdf.table(
    [
      { head: 'Day', weight: 1.5 },
      { head: 'What', weight: 3 },
      { head: 'Of', weight: 2 },
      { head: 'Quantity', weight: 1.5, align: 'right' },
    ],
    part.goods.map(({ kind, day, item, unit, milli }) => [
      dayWords(day),
      GOODS_WORDS[kind],
      item,
      `${formatMilli(milli)} ${unit}`,
    ]),
  );
}

/** `-1,240.00`: in a column whose head names the currency. */
function plain(amountMinor: bigint, currency: Currency): string {
  return amountWords(amountMinor, currency).slice(0, -currency.length - 1);
}
