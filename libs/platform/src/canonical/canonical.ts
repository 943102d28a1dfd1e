import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The one JSON text of a value (RFC 8785, JSON Canonicalization Scheme): sorted keys, no white space, so that
 * anyone who has the value can compute the same hash. Amounts of money go in as strings: JSON has no bigint.
 * @throws Error for what JSON cannot hold (undefined, a bigint, NaN)
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('This value has no JSON form.');
  return text;
}

/** SHA-256 of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
