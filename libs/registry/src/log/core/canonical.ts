import { LogFormatError } from './bytes.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * RFC 8785. The server writes its documents by the package `canonicalize`; whoever checks them has this second one,
 * which needs no package: JavaScript's own JSON writes numbers and strings as the RFC says, and sorts by UTF-16.
 */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const object = value as Readonly<Record<string, Json>>;
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(object[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/**
 * Reads a canonical document. There is one text for each value: duplicate keys, numbers that JavaScript would round,
 * white space, another order of keys and lone surrogates are refused.
 * @throws LogFormatError
 */
export function readCanonical(text: string): Json {
  const value = parsed(text);
  assertExact(value);
  if (canonicalText(value) !== text)
    throw new LogFormatError('This JSON is not canonical (RFC 8785): somebody wrote it differently.');
  return value;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new LogFormatError('This is not JSON.');
  }
}

function assertExact(value: Json): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new LogFormatError('A number in this JSON is no integer below 2^53.');
  if (typeof value === 'string' && /\p{Cs}/u.test(value))
    throw new LogFormatError('A text in this JSON holds half a character.');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    assertExact(key);
    assertExact(each as Json);
  }
}
