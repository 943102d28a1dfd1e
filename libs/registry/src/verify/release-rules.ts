import { canonicalText, type Json } from '../log/core/canonical.js';

/** A released document, with the number that its leaf gives it. */
export interface LoggedRelease {
  readonly number: number;
  readonly subject: string;
  readonly publishedAt: string;
  readonly document: Json;
}

type Fields = Readonly<Record<string, Json>>;

const FORMAT = 'commonwright.release/1';

/**
 * The arithmetic of a contract's releases, as far as their own text shows it: parts and wholes, what was pledged and
 * what it took, what was owed and how it ended. Members that are not known here are passed by, since documents may say
 * more later.
 * @param releases all releases of one contract, by number
 * @returns a sentence for each rule that does not hold
 */
export function releaseProblems(releases: readonly LoggedRelease[]): string[] {
  const documents = new Map(releases.map(({ number, document }) => [number, fieldsOf(document)]));
  return releases.flatMap((release, index) => {
    const document = fieldsOf(release.document);
    if (document['format'] !== FORMAT) return [`${nameOf(release)} is of a format that is not known here`];
    const problems: string[] = [];
    const expect = (holds: boolean, sentence: string): void => {
      if (!holds) problems.push(`${nameOf(release)}: ${sentence}`);
    };
    expect(release.number === index + 1, 'a release before it is missing from the log');
    expect(document['contract'] === release.subject, 'it names another contract than its leaf');
    expect(document['release'] === release.number, 'it has another number than its leaf');
    expect(document['publishedAt'] === release.publishedAt, 'it has another time than its leaf');
    partyRules(document, expect);
    moneyRules(document, expect);
    amendmentRules(release, document, documents, expect);
    closingRules(release, document, documents, expect);
    return problems;
  });
}

type Expect = (holds: boolean, sentence: string) => void;

function partyRules(document: Fields, expect: Expect): void {
  const parties = listOf(document['parties']);
  const makers = parties.filter(({ role }) => role === 'manufacturing');
  const receivers = parties.filter(({ role }) => role === 'receiving').map(({ slug }) => slug);
  expect(makers.length === 1, 'not exactly one party makes');
  expect(receivers.length > 0, 'no party receives');
  expect(new Set(parties.map(({ slug }) => slug)).size === parties.length, 'a party is named twice');
  const lines = listOf(document['deliverables']);
  expect(
    lines.every(({ position }, index) => position === index + 1),
    'a line is missing or out of order',
  );
  expect(
    lines.every(({ receiver }) => receivers.includes(receiver ?? null)),
    'something is for nobody among the parties',
  );
  expect(
    lines.every(({ quantity }) => isCount(quantity)),
    'a quantity is no whole number above zero',
  );
  const licences = [...new Set(lines.map(({ licence }) => licence))].join(', ');
  expect(document['licence'] === licences, 'its licence is not that of its designs');
}

function moneyRules(document: Fields, expect: Expect): void {
  const amounts = amountsIn(document);
  expect(
    amounts.every(({ minor }) => minor !== null && minor >= 0n),
    'an amount of money is not a whole number',
  );
  expect(new Set(amounts.map(({ currency }) => currency)).size <= 1, 'its money is of several currencies');
}

function amendmentRules(
  { number }: LoggedRelease,
  document: Fields,
  documents: ReadonlyMap<number, Fields>,
  expect: Expect,
): void {
  if (document['amendment'] === undefined) return;
  const { amends } = fieldsOf(document['amendment']);
  expect(
    typeof amends === 'number' && amends < number && documents.has(amends),
    'it amends a release that is not there',
  );
}

/** What was received was returned or forgiven, and what was pledged came in or was waived. */
function closingRules(
  { number }: LoggedRelease,
  document: Fields,
  documents: ReadonlyMap<number, Fields>,
  expect: Expect,
): void {
  if (document['closing'] === undefined || document['status'] !== 'completed') return;
  const closing = fieldsOf(document['closing']);
  const closed = typeof closing['closes'] === 'number' ? documents.get(closing['closes']) : undefined;
  expect(closed !== undefined && Number(closing['closes']) < number, 'it closes a release that is not there');
  expect(
    closed !== undefined && agreed(closed) === agreed(document),
    'it says something else than the release it closes',
  );
  const pledges = listOf(closing['pledges']);
  for (const pledge of pledges.filter(({ instrument }) => instrument === 'loan')) {
    const [pledged, received, returned, forgiven, waived] = [
      minorOf(pledge['pledged']),
      minorOf(pledge['received']),
      minorOf(pledge['returned']),
      minorOf(pledge['forgiven']),
      minorOf(pledge['waived']),
    ];
    const who = String(pledge['supporter']);
    expect(received === returned + forgiven, `what ${who} lent is not what was returned and forgiven`);
    expect(received + waived >= pledged, `what ${who} pledged neither came in nor was waived`);
  }
  for (const threshold of listOf(document['thresholds']).filter(({ kind }) => kind === 'money')) {
    const sum = pledges
      .map(({ pledged }) => pledged)
      .filter((money) => fieldsOf(money)['currency'] === threshold['currency'])
      .reduce((total, money) => total + minorOf(money), 0n);
    expect(sum >= minorOf(threshold), 'less was pledged than it needed to become active');
  }
}

/** The words that every party accepted: all but what tells one release from another. */
function agreed(document: Fields): string {
  const { release: _r, publishedAt: _p, status: _s, amendment: _a, closing: _c, ...words } = document;
  return canonicalText(words);
}

function amountsIn(value: Json): { minor: bigint | null; currency: Json | undefined }[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Fields;
  const own = 'amountMinor' in fields ? [{ minor: minorOrNull(fields), currency: fields['currency'] }] : [];
  return [...own, ...Object.values(fields).flatMap((each) => amountsIn(each))];
}

function minorOrNull(money: Fields): bigint | null {
  const text = money['amountMinor'];
  return typeof text === 'string' && /^(0|-?[1-9][0-9]*)$/.test(text) ? BigInt(text) : null;
}

function minorOf(money: Json | undefined): bigint {
  return minorOrNull(fieldsOf(money)) ?? 0n;
}

function isCount(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function fieldsOf(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? (value as readonly Json[]).map(fieldsOf) : [];
}

function nameOf({ subject, number }: LoggedRelease): string {
  return `${subject}, release ${number}`;
}
