/**
 * An identifier: a UUID (version 7, RFC 9562: sortable by time of creation) that remembers what it names,
 * so that a pledge's id cannot be passed where a contract's is wanted.
 */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a UUID in its canonical lower-case form. */
export function isId(text: unknown): text is Id<never> {
  return typeof text === 'string' && UUID.test(text);
}

/**
 * Composes a UUIDv7 from a time and 10 random bytes (RFC 9562, section 5.7).
 * @param milliseconds since the Unix epoch, 0 … 2^48 - 1
 * @param bytes at least 10 random bytes; 74 of their bits are used
 */
export function uuidv7<Kind extends string>(milliseconds: number, bytes: Uint8Array): Id<Kind> {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const time = hex(milliseconds, 12);
  const random = Array.from(bytes.subarray(0, 10), (byte) => hex(byte, 2)).join('');
  const variant = hex((parseInt(random.slice(3, 5), 16) & 0x3f) | 0x80, 2);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(5, 7)}-${random.slice(7, 19).padEnd(12, '0')}` as Id<Kind>;
}
