/**
 * A decimal quantity with its unit, held as an integer of thousandths: 2 m³ is `{ milli: 2000n, unit: 'm³' }`.
 * Three decimals serve wood, steel and hours; floating point would not survive an addition.
 */
export interface Quantity {
  readonly milli: bigint;
  readonly unit: string;
}

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,3}))?$/;

/** Reads `2`, `0.5` or `12.125`; null for anything else, a sign, a comma or a fourth decimal among them. */
export function parseMilli(text: string): bigint | null {
  const match = DECIMAL.exec(text);
  return match ? BigInt(match[1] ?? '0') * 1000n + BigInt((match[2] ?? '').padEnd(3, '0')) : null;
}

/** The shortest decimal that reads back the same: `2`, `0.5`. */
export function formatMilli(milli: bigint): string {
  const whole = milli / 1000n;
  const rest = (milli % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return rest === '' ? whole.toString() : `${whole}.${rest}`;
}
