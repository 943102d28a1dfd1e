import { currencyExponent, isCurrency, parseMilli } from '#kernel';
import { i18next } from '~/app/i18n';

export interface Amount {
  readonly amountMinor: string;
  readonly currency: string;
}

/** The reader's own way of writing the app's language (day before month in Dublin), where the browser says it. */
function locale(): string {
  const language = i18next.language;
  return navigator.languages.find((each) => each.split('-')[0] === language) ?? language;
}

/** The minor units as an exact decimal string (`1240.00`), which Intl formats without going through a float. */
function decimal(amountMinor: bigint, exponent: number): string {
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return `${amountMinor < 0n ? '-' : ''}${whole}${exponent > 0 ? `.${digits.slice(-exponent)}` : ''}`;
}

function exponentOf(currency: string): number {
  return isCurrency(currency) ? currencyExponent(currency) : 2;
}

/** `€1,240.00`, as the reader's language writes it. */
export function formatAmount({ amountMinor, currency }: Amount): string {
  const exponent = exponentOf(currency);
  const text = decimal(BigInt(amountMinor), exponent) as `${number}`;
  if (!isCurrency(currency)) return `${text} ${currency}`;
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(text);
}

/** `1,240.00`: where the currency of a whole column is said once. */
export function formatFigure({ amountMinor, currency }: Amount): string {
  const exponent = exponentOf(currency);
  return new Intl.NumberFormat(locale(), {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(decimal(BigInt(amountMinor), exponent) as `${number}`);
}

/** `1240.00`: what stands in a field to be edited. */
export function editableAmount({ amountMinor, currency }: Amount): string {
  return decimal(BigInt(amountMinor), exponentOf(currency));
}

/**
 * Reads what a person types (`1240`, `1,240.50`, `1 240,50`) as minor units.
 * The last comma or point counts as the decimal sign when no more digits follow than the currency has.
 * @returns null for anything that is not an amount of that currency
 */
export function parseAmount(text: string, currency: string): bigint | null {
  const exponent = exponentOf(currency);
  const compact = text.replace(/[\s  '’]/gu, '');
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d+))?$/.exec(compact);
  if (!match) return null;
  const whole = (match[1] ?? '').replace(/[.,]/g, '');
  const fraction = match[2] ?? '';
  if (fraction.length > exponent || whole.length > 15) return null;
  return BigInt(whole + fraction.padEnd(exponent, '0'));
}

/** `31 March 2027` for a calendar day, which has no time zone. */
export function formatDay(day: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** `31 Mar 2027`: where many days stand in a table. */
export function formatDayShort(day: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

export function formatMoment(moment: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(moment),
  );
}

export function formatList(words: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** `1:05:09` or `5:09`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (part: number): string => part.toString().padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Today where the reader is, as `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Reads what a person types (`12.5`, `12,5`) as thousandths; null for what is no number with at most three decimals. */
export function parseDecimal(text: string): bigint | null {
  return parseMilli(text.trim().replace(',', '.'));
}

/** `1,240.5` for the exact decimal `1240.5`, as the reader's language writes it. */
export function formatDecimal(decimal: string): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 3 }).format(decimal as `${number}`);
}
