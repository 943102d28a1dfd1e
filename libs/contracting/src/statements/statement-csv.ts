import { csvRow, csvText, decimalOf, formatMilli, type Day } from '#kernel';
import type { StatementPart } from '../domain/statement.js';
import type { NamedStatement } from './statement.service.js';
import { GOODS_WORDS, MOVE_WORDS } from './statement.words.js';

export const STATEMENT_CSV_COLUMNS = [
  'supporter',
  'fablab',
  'contract',
  'title',
  'date',
  'what',
  'amount',
  'interest_paid',
  'owed',
  'currency',
  'reason',
  'item',
  'quantity',
  'unit',
] as const;

/**
 * RFC 4180, UTF-8. For each contract: what was owed at the beginning, a row for all that moved (received above zero,
 * returned and forgiven below), what is owed at the end, and the interest that has grown and is not paid. Hours, goods and
 * units have a quantity and its unit; no money stands for hours and goods.
 */
export function statementCsv({ supporter, fablab, statement }: NamedStatement): string {
  const { from, until } = statement.period;
  const rows = statement.parts.flatMap((part) => {
    const row = rowOf([supporter.slug, fablab.slug, part.ref, csvText(part.title)], part);
    return [
      row({ date: from, what: 'Owed at the beginning', owedMinor: part.openingMinor }),
      ...part.moves.map((move) =>
        row({
          date: move.valueDate,
          what: MOVE_WORDS[move.kind],
          ...((move.units === 0 || move.amountMinor !== 0n) && { amountMinor: move.amountMinor }),
          ...(move.units > 0 && { quantity: String(move.units), unit: 'units' }),
          interestMinor: move.interestMinor,
          owedMinor: move.balanceMinor,
          reason: move.reason ?? '',
        }),
      ),
      ...part.goods.map(({ kind, day, item, unit, milli, reason }) =>
        row({
          date: day,
          what: GOODS_WORDS[kind],
          item,
          quantity: formatMilli(milli),
          unit,
          reason: reason ?? '',
        }),
      ),
      row({ date: until, what: 'Owed at the end', owedMinor: part.closingMinor }),
      ...(part.interestDueMinor > 0n
        ? [row({ date: until, what: 'Interest due at the end', amountMinor: part.interestDueMinor })]
        : []),
    ];
  });
  return [csvRow(STATEMENT_CSV_COLUMNS), ...rows].join('');
}

interface Cells {
  readonly date: Day;
  readonly what: string;
  readonly amountMinor?: bigint;
  readonly interestMinor?: bigint;
  readonly owedMinor?: bigint;
  readonly reason?: string;
  readonly item?: string;
  readonly quantity?: string;
  readonly unit?: string;
}

function rowOf(head: readonly string[], { currency }: StatementPart): (cells: Cells) => string {
  const amount = (minor: bigint | undefined): string =>
    minor === undefined ? '' : decimalOf(minor, currency);
  return ({
    date,
    what,
    amountMinor,
    interestMinor,
    owedMinor,
    reason = '',
    item = '',
    quantity = '',
    unit = '',
  }) =>
    csvRow([
      ...head,
      date,
      what,
      amount(amountMinor),
      amount(interestMinor),
      amount(owedMinor),
      currency,
      csvText(reason),
      csvText(item),
      quantity,
      csvText(unit),
    ]);
}
