import { csvRow, csvText, decimalOf, formatMilli } from '#kernel';
import type { SheetRow } from './sheet.js';

/** Those that an import knows have the names by which it knows them (docs/import.md). */
export const SHEET_CSV_COLUMNS = [
  'contract',
  'title',
  'contract_state',
  'supporter',
  'supporter_slug',
  'instrument',
  'pledge_state',
  'currency',
  'pledged',
  'received',
  'received_on',
  'awaited',
  'repaid',
  'repaid_on',
  'forgiven',
  'waived',
  'owed',
  'next_due_on',
  'next_due',
  'item',
  'unit',
  'quantity_pledged',
  'quantity_received',
  'quantity_awaited',
  'quantity_owed',
  'units_owed',
  'free_units_owed',
  'pledge',
] as const;

export function sheetCsvHead(): string {
  return csvRow(SHEET_CSV_COLUMNS);
}

export function sheetCsvRow(
  row: SheetRow,
  supporter: { readonly name: string; readonly slug: string },
): string {
  const amount = (amountMinor: bigint): string => decimalOf(amountMinor, row.currency);
  return csvRow([
    row.contractRef,
    csvText(row.contractTitle),
    row.contractState,
    csvText(supporter.name),
    supporter.slug,
    row.instrument,
    row.state,
    row.currency,
    amount(row.pledgedMinor),
    amount(row.receivedMinor),
    row.receivedOn ?? '',
    amount(row.awaitedMinor),
    amount(row.repaidMinor),
    row.repaidOn ?? '',
    amount(row.forgivenMinor),
    amount(row.waivedMinor),
    amount(row.owedMinor),
    row.dueOn ?? '',
    row.dueMinor === null ? '' : amount(row.dueMinor),
    ...goodsCells(row),
    row.pledgeId,
  ]);
}

/** Quantities are in the unit beside them, and units of the product that is returned for the pledge. */
function goodsCells({ goods, open }: SheetRow): string[] {
  const quantity = (milli: bigint | undefined): string => (milli === undefined ? '' : formatMilli(milli));
  const tool = open.find((part) => part.kind === 'tool');
  const units = open.find((part) => part.kind === 'units');
  const freeUnits = open.find((part) => part.kind === 'freeUnits');
  return [
    csvText(goods?.item ?? ''),
    csvText(goods?.unit ?? ''),
    quantity(goods?.pledgedMilli),
    quantity(goods?.receivedMilli),
    quantity(goods?.awaitedMilli),
    quantity(tool?.milli),
    units ? String(units.units) : '',
    freeUnits ? String(freeUnits.units) : '',
  ];
}
