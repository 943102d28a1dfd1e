import type { Currency } from '#kernel';
import type { ImportPreview } from '../import-preview.service.js';
import type { ImportRow } from '../import.js';
import { IMPORT_FIELDS } from '../columns.js';
import type { DeedKind, PlannedDeed, PlannedRow } from '../plan.js';
import type {
  ImportColumnModel,
  ImportModel,
  ImportPlannedRowModel,
  ImportPreviewModel,
  ImportSumModel,
} from './import.model.js';

const SAMPLES = 3;
const KINDS: readonly DeedKind[] = ['proposal', 'payment', 'repayment'];

export function importView({ content: _content, ...row }: ImportRow): ImportModel {
  return row;
}

export function previewView({
  table,
  settings,
  plan,
  hash,
}: ImportPreview): Omit<ImportPreviewModel, 'supporters'> {
  const count = (state: PlannedRow['state']): number => plan.rows.filter((row) => row.state === state).length;
  return {
    columns: table.header.map((head, column): ImportColumnModel => ({
      column,
      head,
      samples: table.rows.slice(0, SAMPLES).map(({ cells }) => cells[column] ?? ''),
      field: IMPORT_FIELDS.find((field) => settings.mapping[field] === column) ?? null,
    })),
    dateOrder: settings.dateOrder,
    asksDateOrder: plan.asksDateOrder,
    currency: settings.currency,
    contractRef: settings.contractRef,
    unknownSupporters: [...plan.unknownSupporters],
    counts: {
      rows: plan.rows.length,
      ready: count('ready'),
      exists: count('exists'),
      problem: count('problem'),
      leftOut: count('leftOut'),
    },
    sums: sumsOf(plan.deeds),
    hash,
    planned: plan.rows,
  };
}

export function plannedRowView(row: PlannedRow): ImportPlannedRowModel {
  return {
    ...row,
    problems: [...row.problems],
    deeds: row.deeds.map(({ kind, status, contractRef, amountMinor, currency, valueDate }) => ({
      kind,
      exists: status === 'exists',
      contractRef,
      amount: { amountMinor, currency },
      valueDate,
    })),
  };
}

function sumsOf(deeds: readonly PlannedDeed[]): ImportSumModel[] {
  const currencies = [...new Set(deeds.map(({ currency }) => currency))].toSorted();
  const sum = (kind: DeedKind, currency: Currency): ImportSumModel => {
    const own = deeds.filter((deed) => deed.kind === kind && deed.currency === currency);
    const amountMinor = own.reduce((total, deed) => total + deed.amountMinor, 0n);
    return { kind, count: own.length, amount: { amountMinor, currency } };
  };
  return KINDS.flatMap((kind) => currencies.map((currency) => sum(kind, currency))).filter(
    ({ count }) => count > 0,
  );
}
