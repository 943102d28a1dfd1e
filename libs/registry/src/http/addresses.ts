/** `CSM-2026-0001`: what a contract is called in public. */
const REF = /^CSM-\d{4}-\d{4,9}$/;
const RELEASE = /^[1-9]\d{0,5}$/;

export type Format = 'page' | 'json' | 'pdf';
/** A release has its proof beside its documents. */
export type ReleaseFormat = Format | 'tlog-proof';

export interface ContractAddress {
  readonly ref: string;
  readonly format: Format;
}

/**
 * Reads the last segment of `/registry/contracts/<ref>[.json|.pdf]`.
 * @returns null for what can be no contract's address, so that the database is not asked
 */
export function readContractAddress(segment: string): ContractAddress | null {
  const { name, format } = splitFormat(segment);
  return REF.test(name) && format !== 'tlog-proof' ? { ref: name, format } : null;
}

/** Reads the last segment of `/registry/contracts/<ref>/releases/<n>[.json|.pdf|.tlog-proof]`. */
export function readReleaseAddress(
  ref: string,
  segment: string,
): { ref: string; number: number; format: ReleaseFormat } | null {
  const { name, format } = splitFormat(segment);
  if (!REF.test(ref) || !RELEASE.test(name)) return null;
  return { ref, number: Number(name), format };
}

/** The address of a contract's page, or of its latest document. */
export function contractPath(ref: string, format: Format = 'page'): string {
  return `/registry/contracts/${encodeURIComponent(ref)}${format === 'page' ? '' : `.${format}`}`;
}

/** The address of a release's page, or of its document, which never changes. */
export function releasePath(ref: string, number: number, format: ReleaseFormat = 'page'): string {
  const name = format === 'page' ? String(number) : `${number}.${format}`;
  return `/registry/contracts/${encodeURIComponent(ref)}/releases/${name}`;
}

/** The address of the list: only what differs from the plain list is said in it. */
export function listPath(
  query: { state?: string | null | undefined; after?: string | null | undefined } = {},
): string {
  const search = new URLSearchParams();
  if (query.state) search.set('state', query.state);
  if (query.after) search.set('after', query.after);
  const text = search.toString();
  return text === '' ? '/registry' : `/registry?${text}`;
}

function splitFormat(segment: string): { name: string; format: ReleaseFormat } {
  const match = /^(.*)\.(json|pdf|tlog-proof)$/.exec(segment);
  return match
    ? { name: match[1] ?? '', format: match[2] as ReleaseFormat }
    : { name: segment, format: 'page' };
}
