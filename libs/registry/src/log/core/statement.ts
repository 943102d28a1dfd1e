import { LogFormatError } from './bytes.js';
import { canonicalText, readCanonical, type Json } from './canonical.js';

export const LEAF_FORMAT = 'commonwright.leaf/1';

/** The hash of what was published, what it is, and when. Nothing in it can be a person. */
export interface LeafStatement {
  /** `release`, `ledger-digest`, `split-rule`, `pool-rule`; readers pass by what they do not know yet. */
  readonly kind: string;
  readonly subject: string;
  /** Of a release or a version of a rule; null for others. */
  readonly number: number | null;
  /** Of a ledger’s digest; null for others. */
  readonly day: string | null;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** `2026-03-02T08:00:00.000Z` */
  readonly publishedAt: string;
}

const FIELDS: ReadonlySet<string> = new Set([
  'day',
  'format',
  'kind',
  'number',
  'publishedAt',
  'sha256',
  'subject',
]);

/** The leaf's bytes, as text: canonical JSON. */
export function statementText({ kind, subject, number, day, sha256, publishedAt }: LeafStatement): string {
  return canonicalText({
    format: LEAF_FORMAT,
    kind,
    subject,
    ...(number !== null && { number }),
    ...(day !== null && { day }),
    sha256,
    publishedAt,
  });
}

/** @throws LogFormatError for whatever is not exactly what `statementText` writes */
export function readStatement(text: string): LeafStatement {
  const value = readCanonical(text);
  const bad = (what: string): LogFormatError => new LogFormatError(`In this leaf, ${what}.`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('there is no statement');
  const fields = value as Readonly<Record<string, Json>>;
  const unknown = Object.keys(fields).find((key) => !FIELDS.has(key));
  if (unknown !== undefined) throw bad(`“${unknown}” is unknown`);
  if (fields['format'] !== LEAF_FORMAT) throw bad('the format is another one');
  const asText = (name: string, form: RegExp): string => {
    const found = fields[name];
    if (typeof found !== 'string' || !form.test(found)) throw bad(`“${name}” is not as it should be`);
    return found;
  };
  const { number = null } = fields;
  if (number !== null && !(typeof number === 'number' && number > 0)) throw bad('“number” is not above zero');
  return {
    kind: asText('kind', /^[a-z]+(-[a-z]+)*$/),
    subject: asText('subject', /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/),
    number,
    day: 'day' in fields ? asText('day', /^\d{4}-\d\d-\d\d$/) : null,
    sha256: asText('sha256', /^[0-9a-f]{64}$/),
    publishedAt: asText('publishedAt', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
}

/** Where the document stands whose hash the leaf holds, below the address of the instance; null for unknown kinds. */
export function documentPath({ kind, subject, number, day, sha256 }: LeafStatement): string | null {
  if (kind === 'release') return `/registry/contracts/${subject}/releases/${number}.json`;
  if (kind === 'ledger-digest') return `/registry/ledgers/${subject}/${day}.json`;
  if (kind === 'split-rule' || kind === 'pool-rule') return `/log/documents/${sha256}.json`;
  return null;
}
