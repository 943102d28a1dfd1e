import { formatMoney, isCurrency, isDay } from '#kernel';
import type { ReleaseDocument } from './release-document.js';

/** One thing that is different in another release. */
export interface ReleaseChange {
  readonly kind: 'changed' | 'added' | 'removed';
  /** Where, in words: `Milestone “Prototype inspected”: due day`. */
  readonly path: string;
  /** Null for what is added. */
  readonly before: string | null;
  /** Null for what is removed. */
  readonly after: string | null;
  /** All of it in one sentence. */
  readonly sentence: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What says which release it is, and how the contract ended, but not what was agreed. */
const NOT_TERMS: ReadonlySet<string> = new Set([
  'format',
  'contract',
  'release',
  'publishedAt',
  'status',
  'amendment',
  'termination',
  'closing',
]);

interface ListRule {
  readonly plural: string;
  /** Items of both releases with the same name are the same item. */
  readonly name: (item: Fields, partyName: (slug: unknown) => string) => string;
  /** Fields that the name says already, or that say only where in the list it stands. */
  readonly named: readonly string[];
}

const LISTS: Readonly<Record<string, ListRule>> = {
  parties: { plural: 'parties', name: (item) => `Party ${text(item['name'])}`, named: ['name'] },
  deliverables: {
    plural: 'deliverables',
    name: (item, partyName) =>
      `${text(item['product'])} ${text(item['version'])} for ${partyName(item['receiver'])}, ${text(item['tier'])}`,
    named: ['product', 'version', 'receiver', 'tier', 'position'],
  },
  thresholds: {
    plural: 'thresholds',
    name: (item) =>
      ['Threshold', item['kind'], item['section'], item['name'], item['unit']]
        .filter(Boolean)
        .map(text)
        .join(' '),
    named: ['kind', 'section', 'name', 'unit'],
  },
  pledges: {
    plural: 'kinds of pledges',
    name: (item) => `What is returned for a ${text(item['instrument'])}`,
    named: ['instrument'],
  },
  milestones: {
    plural: 'milestones',
    name: (item) => `Milestone “${text(item['name'])}”`,
    named: ['name'],
  },
};

const LABELS: Readonly<Record<string, string>> = {
  title: 'Title',
  summary: 'Summary',
  deadline: 'Deadline',
  endCondition: 'What ends the contract',
  licence: 'Licence of the design',
  mediator: 'Who mediates a dispute',
  answerDays: 'Days within which a question is answered',
};

const ITEM_LABELS: Readonly<Record<string, string>> = {
  dueOn: 'due day',
  unitPrice: 'price of one',
  quantity: 'units',
  versionId: 'version',
  return: 'terms',
  slug: 'short name',
  amount: 'amount',
  returns: 'what is returned',
  line: 'deliverable',
};

/**
 * What differs between two releases of one contract, in words. Nothing is said exactly when both hold the same terms.
 * Fields that this rule does not know by name are shown under their own name, so that none is passed over.
 */
export function releaseDifference(before: ReleaseDocument, after: ReleaseDocument): ReleaseChange[] {
  const [a, b] = [before, after].map((each) => each as unknown as Fields) as [Fields, Fields];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !NOT_TERMS.has(key));
  const nameOf = (slug: unknown): string =>
    [...after.parties, ...before.parties].find((party) => party.slug === slug)?.name ?? text(slug);
  const plain = keys
    .filter((key) => !(key in LISTS))
    .flatMap((key) => fieldChange(labelOf(key), a[key], b[key]));
  const lists = keys.flatMap((key) => {
    const rule = LISTS[key];
    return rule ? listChanges(rule, { before: items(a[key]), after: items(b[key]) }, nameOf) : [];
  });
  return [...plain, ...lists];
}

function listChanges(
  rule: ListRule,
  lists: { readonly before: readonly Fields[]; readonly after: readonly Fields[] },
  partyName: (slug: unknown) => string,
): ReleaseChange[] {
  const before = keyed(lists.before, (item) => rule.name(item, partyName));
  const after = keyed(lists.after, (item) => rule.name(item, partyName));
  const changes: ReleaseChange[] = [];
  for (const [name, item] of before) {
    const other = after.get(name);
    if (other) changes.push(...itemChanges(name, facts(item, rule), facts(other, rule)));
    else changes.push(itemGone('removed', name, facts(item, rule)));
  }
  for (const [name, item] of after)
    if (!before.has(name)) changes.push(itemGone('added', name, facts(item, rule)));
  const stayed = [...before.keys()].filter((name) => after.has(name));
  const now = [...after.keys()].filter((name) => before.has(name));
  if (stayed.some((name, index) => name !== now[index]))
    changes.push(changed(`Order of the ${rule.plural}`, stayed.join('; '), now.join('; ')));
  return changes;
}

function itemChanges(name: string, before: Fields, after: Fields): ReleaseChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => fieldChange(`${name}: ${labelOf(key, ITEM_LABELS)}`, before[key], after[key]));
}

function itemGone(kind: 'added' | 'removed', path: string, fields: Fields): ReleaseChange {
  const words = Object.entries(fields)
    .filter(([key]) => key !== 'versionId')
    .map(([key, value]) => `${labelOf(key, ITEM_LABELS)} ${text(value)}`)
    .join(', ');
  const sentence = words === '' ? `${path} is ${kind}.` : `${path} is ${kind} (${words}).`;
  return {
    kind,
    path,
    before: kind === 'removed' ? words : null,
    after: kind === 'added' ? words : null,
    sentence,
  };
}

function fieldChange(path: string, before: unknown, after: unknown): ReleaseChange[] {
  if (raw(before) === raw(after)) return [];
  if (before === undefined)
    return [
      {
        kind: 'added',
        path,
        before: null,
        after: text(after),
        sentence: `${path} is added: ${quoted(after)}.`,
      },
    ];
  if (after === undefined)
    return [
      {
        kind: 'removed',
        path,
        before: text(before),
        after: null,
        sentence: `${path} is removed; it was ${quoted(before)}.`,
      },
    ];
  return [changed(path, before, after)];
}

function changed(path: string, before: unknown, after: unknown): ReleaseChange {
  const sentence = `${path}: ${quoted(before)} becomes ${quoted(after)}.`;
  return { kind: 'changed', path, before: text(before), after: text(after), sentence };
}

/** What is to be compared of an item: amounts as one value, and nothing that its name says already. */
function facts(item: Fields, rule: ListRule): Fields {
  const { amountMinor, currency, ...rest } = item;
  const isMoney = amountMinor !== undefined && currency !== undefined;
  const all: Fields = isMoney ? { ...rest, amount: { amountMinor, currency } } : item;
  return Object.fromEntries(Object.entries(all).filter(([key]) => !rule.named.includes(key)));
}

/** Items under their names; a second one of the same name gets a number. */
function keyed(list: readonly Fields[], nameOf: (item: Fields) => string): Map<string, Fields> {
  const named = new Map<string, Fields>();
  for (const item of list) {
    const name = nameOf(item);
    let unique = name;
    for (let count = 2; named.has(unique); count += 1) unique = `${name} (${count})`;
    named.set(unique, item);
  }
  return named;
}

/** A threshold of no money asks for nothing, and newer releases leave it out. */
function items(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) return [];
  return (value as Fields[]).filter((item) => item['kind'] !== 'money' || item['amountMinor'] !== '0');
}

/** `leadTimeDays` is shown as `lead time days` when it has no better name. */
function labelOf(key: string, labels = LABELS): string {
  return labels[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const DAY_WORDS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function text(value: unknown): string {
  if (isDay(value)) return DAY_WORDS.format(new Date(`${value}T00:00:00.000Z`));
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const { amountMinor, currency } = (value ?? {}) as Fields;
  if (typeof amountMinor === 'string' && isCurrency(currency))
    return formatMoney({ amountMinor: BigInt(amountMinor), currency });
  return raw(value);
}

/** Free text stands in quotation marks; days, amounts and numbers do not need them. */
function quoted(value: unknown): string {
  return typeof value === 'string' && !isDay(value) ? `“${value}”` : text(value);
}

function raw(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
