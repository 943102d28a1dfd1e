import { currencyExponent, type Currency } from '#kernel';

/** One line: line breaks, tabs and control characters become single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/**
 * A description as hledger and ledger can hold it. Both cut it at a semicolon, and have no escape for one: it
 * becomes a comma. CSV and beancount carry the semicolon itself.
 * @param otherwise where nothing is left to show
 */
export function journalText(text: string, otherwise: string): string {
  return oneLine(text).replaceAll(';', ',') || otherwise;
}

/** In a comment, a colon makes a tag and a bracket a date; what people wrote shall be neither. */
export function commentText(text: string): string {
  return oneLine(text).replaceAll(':', ' -').replaceAll('[', '(').replaceAll(']', ')');
}

/** Between quotation marks, with what is special there escaped. */
export function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `1000.00`, as an example of how amounts of this currency are written. */
export function sampleNumber(currency: Currency): string {
  const exponent = currencyExponent(currency);
  return exponent === 0 ? '1000' : `1000.${'0'.repeat(exponent)}`;
}
