import { DomainError } from './domain-error.js';

/** An ISO 4217 code in capitals. */
export type Currency = string & { readonly __currency: true };

/** An amount in minor units (cents for EUR) of one currency. Never a floating point number. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/**
 * Digits after the decimal point, by ISO 4217, where it is not two.
 * The list holds every active currency whose exponent differs; funds codes and metals are left out.
 */
const EXPONENT_BY_CURRENCY: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** True for three capital letters. Whether an instance deals in it is for the instance to say. */
export function isCurrency(text: unknown): text is Currency {
  return typeof text === 'string' && /^[A-Z]{3}$/.test(text);
}

/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for TND. */
export function currencyExponent(currency: Currency): number {
  return EXPONENT_BY_CURRENCY[currency] ?? 2;
}

export function money(amountMinor: bigint, currency: string): Money {
  if (!isCurrency(currency)) {
    throw DomainError.badInput([
      { field: 'currency', message: `“${currency}” is not a currency code such as EUR.` },
    ]);
  }
  return { amountMinor, currency };
}

/** The sum. @throws DomainError `BAD_INPUT` for two currencies */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw DomainError.badInput([
      { field: 'currency', message: `${left.currency} and ${right.currency} cannot be added.` },
    ]);
  }
  return { amountMinor: left.amountMinor + right.amountMinor, currency: left.currency };
}

/** `1240.00 EUR`: a decimal point, no grouping; for documents and logs, not for screens. */
export function formatMoney({ amountMinor, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0
    ? `${sign}${whole} ${currency}`
    : `${sign}${whole}.${digits.slice(-exponent)} ${currency}`;
}

/** `1240.00`: as `formatMoney`, without the currency. */
export function decimalOf(amountMinor: bigint, currency: Currency): string {
  return formatMoney({ amountMinor, currency }).slice(0, -currency.length - 1);
}

/**
 * Divides an amount by weights so that the parts sum to it exactly: the largest-remainder (Hamilton) method.
 * Ties go to the earlier weight. A negative amount is divided as its positive, with the sign put back.
 * @param amountMinor what is divided, in minor units
 * @param weights non-negative, at least one above zero
 * @returns one part for each weight, in their order
 * @throws DomainError `BAD_INPUT` when no weight is above zero or one is negative
 */
export function allocate(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) {
    throw DomainError.badInput([
      { field: 'weights', message: 'Weights must not be negative, and one must be above zero.' },
    ]);
  }
  const positive = amountMinor < 0n ? -amountMinor : amountMinor;
  const parts = weights.map((weight) => (positive * weight) / total);
  const rest = positive - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (positive * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(rest))) parts[index] = (parts[index] ?? 0n) + 1n;
  return amountMinor < 0n ? parts.map((part) => -part) : parts;
}
