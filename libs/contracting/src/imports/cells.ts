import { currencyExponent, isCurrency, isDay, type Currency, type Day } from '#kernel';

/** Which number comes first in `03/04/2026`. */
export const DATE_ORDERS = ['dayFirst', 'monthFirst'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const SYMBOLS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

export interface AmountCell {
  readonly minor: bigint;
  /** Where the cell itself names one. */
  readonly currency: Currency | null;
}

/** Digits past these are no amount that anybody pledged, and would not fit a bigint column when added up. */
const WHOLE_DIGITS_MAX = 12;

/**
 * An amount as people write it: `1.234,50`, `1,234.50`, `1 234,5`, `1’234.50`, `300 €`, `EUR 300`. The last comma or
 * point is the decimal sign when no more digits follow than the currency has, and else it groups thousands.
 * @returns 0n for an empty cell or a dash, null for what is no amount or is below zero
 */
export function readAmount(cell: string, fallback: Currency): AmountCell | null {
  const found = /[A-Z]{3}|[€£]/.exec(cell)?.[0];
  const named = found ? (SYMBOLS[found] ?? found) : null;
  const currency = isCurrency(named) ? named : null;
  const compact = cell.replace(found ?? '', '').replace(/[\s\u00a0\u202f'’$]/gu, '');
  if (/^[-–—]?$/.test(compact)) return { minor: 0n, currency };
  const exponent = currencyExponent(currency ?? fallback);
  const match = /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)|\d+)(?:[.,](\d+))?$/.exec(compact);
  if (!match) return null;
  const [, whole = '', group, fraction = ''] = match;
  // `1.234` of a currency with cents can only be a thousand; `1,5` and `1.50` can only be a fraction.
  if (group && fraction !== '' && compact.charAt(whole.length) === group) return null;
  if (group && fraction === '' && exponent === 3) return null;
  if (fraction.length > exponent) return null;
  const digits = whole.replace(/[.,]/g, '');
  if (digits.length > WHOLE_DIGITS_MAX) return null;
  return { minor: BigInt(digits + fraction.padEnd(exponent, '0')), currency };
}

export type DayCell =
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong' }
  /** Which number is the day cannot be told from this cell alone. */
  | { readonly kind: 'ambiguous' };

/**
 * `2026-03-31`, `31.03.2026`, `31/3/26`, `3/31/2026`. Points stand between days, months and years in that order
 * wherever they are used; with slashes and hyphens the order is asked for, unless a number above 12 tells it.
 */
export function readDay(cell: string, order: DateOrder | null): DayCell {
  const text = cell.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  if (text === '' || /^[-–—]$/.test(text)) return { kind: 'empty' };
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (!match) return { kind: 'wrong' };
  const [, first = '', sign, second = '', given = ''] = match;
  const year = given.length === 2 ? `20${given}` : given;
  const known = sign === '.' ? 'dayFirst' : orderOf(Number(first), Number(second));
  if (known === 'either') return dayOf(year, first, second);
  const used = known ?? order;
  if (used === null) return { kind: 'ambiguous' };
  return used === 'dayFirst' ? dayOf(year, second, first) : dayOf(year, first, second);
}

function orderOf(first: number, second: number): DateOrder | 'either' | null {
  if (first === second) return 'either';
  if (first > 12) return 'dayFirst';
  return second > 12 ? 'monthFirst' : null;
}

function dayOf(year = '', month = '', date = ''): DayCell {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? { kind: 'day', day } : { kind: 'wrong' };
}

/** What all cells of the date columns say together; null when none of them tells, or when they disagree. */
export function proposeDateOrder(cells: readonly string[]): DateOrder | null {
  const told = new Set<DateOrder>();
  for (const cell of cells) {
    const match = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}/.exec(cell);
    const order = match && orderOf(Number(match[1]), Number(match[2]));
    if (order === 'dayFirst' || order === 'monthFirst') told.add(order);
  }
  const [only] = told;
  return told.size === 1 && only ? only : null;
}
