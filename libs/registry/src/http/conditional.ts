import { createHash } from 'node:crypto';

/** How long others may keep an answer. */
export type Freshness =
  /** It can never change under this address. */
  | 'immutable'
  /** It may be kept, but must be asked for again (a 304 is cheap) before it is shown. */
  | 'revalidate';

const YEAR_SECONDS = 31_536_000;

export function cacheControl(freshness: Freshness): string {
  return freshness === 'immutable' ? `public, max-age=${YEAR_SECONDS}, immutable` : 'public, no-cache';
}

/** A weak validator for a page: equal pages, equal tags. Half of SHA-256 is plenty where nobody attacks. */
export function pageTag(body: string | Buffer): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** The strong validator of a released document names its hash, so that a reader can check it by eye. */
export function documentTag(sha256: string, part = ''): string {
  return `"sha256:${sha256}${part}"`;
}

/**
 * RFC 9110, section 13.1.2: true when `If-None-Match` lists the tag, or is `*`. Tags are compared weakly, as a GET must.
 * @param header the header as it came, several joined by commas; undefined when absent
 */
export function isFresh(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const wanted = tag.replace(/^W\//, '');
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some((each) => each.replace(/^W\//, '') === wanted);
}
