import { LIMITS, type Currency, type InputCheck } from '#kernel';

/** What a unit costs, by kind. `reserve` is for repair and warranty; `waste` for material that does not become product. */
export const COST_KINDS = ['material', 'labour', 'machine', 'reserve', 'waste'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** In what a unit consists when it is handed over. */
export const FORMS = ['plans', 'kit', 'assembled'] as const;
export type Form = (typeof FORMS)[number];

const COST_LINES_MAX = 100;
const UNIT_CHARS_MAX = 20;

/** One line: so much of something at so much for one. */
export interface CostLine {
  readonly kind: CostKind;
  readonly name: string;
  readonly quantityMilli: bigint;
  /** `h` for labour and machine time. */
  readonly unit: string;
  readonly unitPriceMinor: bigint;
}

/** The open cost sheet of one form of a product version. A version of it never changes. */
export interface CostSheet {
  readonly form: Form;
  readonly currency: Currency;
  readonly lines: readonly CostLine[];
}

/**
 * Quantity times price in minor units, what is less than one rounded up: a cost sheet must not promise less than is
 * spent. Each line is rounded by itself, so that the sheet adds up as printed.
 */
export function lineMinor(line: Pick<CostLine, 'quantityMilli' | 'unitPriceMinor'>): bigint {
  return (line.quantityMilli * line.unitPriceMinor + 999n) / 1000n;
}

/** What one unit costs in all. */
export function totalMinor(sheet: Pick<CostSheet, 'lines'>): bigint {
  return sheet.lines.reduce((sum, line) => sum + lineMinor(line), 0n);
}

/** What one unit costs by kind; every kind is there. */
export function minorByKind(sheet: Pick<CostSheet, 'lines'>): Readonly<Record<CostKind, bigint>> {
  const sums: Record<CostKind, bigint> = { material: 0n, labour: 0n, machine: 0n, reserve: 0n, waste: 0n };
  for (const line of sheet.lines) sums[line.kind] += lineMinor(line);
  return sums;
}

export interface CostSheetGiven {
  readonly form: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly kind: string;
    readonly name: string;
    readonly quantity: string;
    readonly unit: string;
    readonly unitPrice: { readonly amountMinor: bigint; readonly currency: string };
  }[];
}

/** Reads a cost sheet; every problem is put down with its field. Plans alone may cost nothing. */
export function readCostSheet(check: InputCheck, given: CostSheetGiven): CostSheet {
  const currency = check.currency('currency', given.currency);
  const form = check.oneOf('form', given.form, FORMS);
  const limit = { min: form === 'plans' ? 0 : 1, max: COST_LINES_MAX, name: 'lines of the cost sheet' };
  const lines = check.list('lines', given.lines, limit, (line, path) => ({
    kind: check.oneOf(`${path}.kind`, line.kind, COST_KINDS),
    name: check.text(`${path}.name`, line.name, { max: LIMITS.nameCharsMax, name: 'what it is for' }),
    quantityMilli: check.milli(`${path}.quantity`, line.quantity, 'the quantity'),
    unit: check.text(`${path}.unit`, line.unit, { max: UNIT_CHARS_MAX, name: 'the unit' }),
    unitPriceMinor: check.money(`${path}.unitPrice`, line.unitPrice, {
      zero: true,
      currency,
      name: 'the price of one',
    }).amountMinor,
  }));
  return { form, currency, lines };
}
