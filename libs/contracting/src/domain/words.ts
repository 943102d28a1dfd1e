import { formatMoney, type Currency, type Day } from '#kernel';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `1,240.00 EUR`: as it stands in a sentence for people. */
export function amountWords(amountMinor: bigint, currency: Currency): string {
  const [amount = '', code = ''] = formatMoney({ amountMinor, currency }).split(' ');
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${code}`;
}

/** `a, b and c` */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** `2 March 2026` */
export function dayWords(day: Day): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}
