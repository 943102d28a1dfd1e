/** Bytes and text, in the few ways that the log needs, alike in Node and in a browser. */

export type Bytes = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Thrown for bytes or text that are not what a format says; the message says what is wrong. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
}

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** @throws LogFormatError for what is no UTF-8; a byte order mark is kept, as the signed bytes hold it */
export function textOf(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new LogFormatError('These bytes are not UTF-8.');
  }
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equalBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const HEX = Array.from({ length: 256 }, (_each, byte) => byte.toString(16).padStart(2, '0'));

export function hexOf(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS = new Map([...ALPHABET].map((letter, value) => [letter, value]));

/** RFC 4648, section 4, with padding. */
export function base64Of(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const left = bytes.length - at;
    text += `${ALPHABET[a >> 2]}${ALPHABET[((a & 3) << 4) | (b >> 4)]}`;
    text += left > 1 ? ALPHABET[((b & 15) << 2) | (c >> 6)] : '=';
    text += left > 2 ? ALPHABET[c & 63] : '=';
  }
  return text;
}

/**
 * Reads base64 in its one canonical form: padded, no white space, and no bits set that belong to no byte. Two texts
 * never mean the same bytes, so a signed text cannot be altered without being noticed.
 * @throws LogFormatError
 */
export function bytesOfBase64(text: string): Bytes {
  const bad = (): LogFormatError => new LogFormatError('This is not canonical base64.');
  if (text.length % 4 !== 0) throw bad();
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, to = 0; at < text.length; at += 4, to += 3) {
    const last = at + 4 === text.length;
    const letters = last ? text.slice(at, text.length - padding) : text.slice(at, at + 4);
    let value = 0;
    for (const letter of letters.padEnd(4, 'A')) {
      const sextet = SEXTETS.get(letter);
      if (sextet === undefined) throw bad();
      value = (value << 6) | sextet;
    }
    const three = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
    const kept = last ? 3 - padding : 3;
    if (three.slice(kept).some((byte) => byte !== 0)) throw bad();
    bytes.set(three.slice(0, kept), to);
  }
  return bytes;
}

/**
 * Reads a number as the log's texts hold it: ASCII digits without leading zeros.
 * @throws LogFormatError, for numbers above 2^53 - 1 too: JavaScript cannot count further without loss
 */
export function numberOf(text: string, what: string): number {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) throw new LogFormatError(`${what} is no decimal number.`);
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new LogFormatError(`${what} is too large.`);
  return value;
}

/** Big-endian, 8 bytes. */
export function uint64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
