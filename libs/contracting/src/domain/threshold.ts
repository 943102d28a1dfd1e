import { formatMilli, type Currency } from '#kernel';
import { itemKey, type ContributionKind } from './instrument.js';
import { amountWords } from './words.js';

/** Hours in a section, by the section's name as it was agreed. */
export interface HoursThreshold {
  readonly kind: 'hours';
  readonly section: string;
  readonly milli: bigint;
}

export interface MaterialThreshold {
  readonly kind: 'material';
  readonly name: string;
  readonly unit: string;
  readonly milli: bigint;
}

/** What must be pledged beside money. */
export type OtherThreshold = HoursThreshold | MaterialThreshold;
export type Threshold = { readonly kind: 'money'; readonly amountMinor: bigint } | OtherThreshold;
export const THRESHOLD_KINDS = ['money', 'hours', 'material'] as const;
export type ThresholdKind = (typeof THRESHOLD_KINDS)[number];

/** As JSON holds it; `key` is what the database compares with the item of a pledge. */
export type StoredThreshold =
  | { readonly kind: 'hours'; readonly section: string; readonly milli: string; readonly key: string }
  | {
      readonly kind: 'material';
      readonly name: string;
      readonly unit: string;
      readonly milli: string;
      readonly key: string;
    };

/** What a pledge counts towards a threshold: the facts that decide, and no more. */
export interface Contributed {
  readonly contribution: ContributionKind;
  readonly amountMinor: bigint;
  readonly itemKey: string | null;
  readonly unit: string | null;
  readonly quantityMilli: bigint;
}

/** The unit of all hours. */
export const HOUR_UNIT = 'h';

export function storedThreshold(threshold: OtherThreshold): StoredThreshold {
  const milli = threshold.milli.toString();
  return threshold.kind === 'hours'
    ? { ...threshold, milli, key: itemKey(threshold.section) }
    : { ...threshold, milli, key: itemKey(threshold.name) };
}

export function readThreshold({ key: _key, ...stored }: StoredThreshold): OtherThreshold {
  return { ...stored, milli: BigInt(stored.milli) };
}

/** All thresholds of some terms, money first. A threshold of no money is met by nothing at all. */
export function thresholdsOf(terms: {
  readonly thresholdMinor: bigint;
  readonly thresholds?: readonly OtherThreshold[];
}): Threshold[] {
  const others = terms.thresholds ?? [];
  const money: Threshold[] =
    terms.thresholdMinor > 0n ? [{ kind: 'money', amountMinor: terms.thresholdMinor }] : [];
  return [...money, ...others];
}

/** Minor units, or thousandths of the unit. */
export function neededOf(threshold: Threshold): bigint {
  return threshold.kind === 'money' ? threshold.amountMinor : threshold.milli;
}

/** True for a pledge of the very kind that the threshold asks for. */
export function countsTowards(threshold: Threshold, pledge: Contributed): boolean {
  switch (threshold.kind) {
    case 'money':
      return pledge.contribution === 'money';
    case 'hours':
      return pledge.contribution === 'hours' && pledge.itemKey === itemKey(threshold.section);
    case 'material':
      return (
        pledge.contribution === 'goods' &&
        pledge.itemKey === itemKey(threshold.name) &&
        pledge.unit === threshold.unit
      );
  }
}

/** How much of it is pledged. @param pledges those that count: neither withdrawn nor voided */
export function pledgedOf(threshold: Threshold, pledges: readonly Contributed[]): bigint {
  return pledges
    .filter((pledge) => countsTowards(threshold, pledge))
    .reduce((sum, each) => sum + (threshold.kind === 'money' ? each.amountMinor : each.quantityMilli), 0n);
}

/** What each of them still lacks, as a threshold of that much. */
export function missingOf(thresholds: readonly Threshold[], pledges: readonly Contributed[]): Threshold[] {
  return thresholds.flatMap((threshold): Threshold[] => {
    const missing = neededOf(threshold) - pledgedOf(threshold, pledges);
    if (missing <= 0n) return [];
    return threshold.kind === 'money'
      ? [{ kind: 'money', amountMinor: missing }]
      : [{ ...threshold, milli: missing }];
  });
}

/** Every one of them is reached. Terms without any threshold ask for no pledge. */
export function thresholdsMet(thresholds: readonly Threshold[], pledges: readonly Contributed[]): boolean {
  return thresholds.every((threshold) => pledgedOf(threshold, pledges) >= neededOf(threshold));
}

/** `3,000.00 EUR`, `60 h woodworking`, `2 m³ ash`. */
export function thresholdWords(threshold: Threshold, currency: Currency): string {
  switch (threshold.kind) {
    case 'money':
      return amountWords(threshold.amountMinor, currency);
    case 'hours':
      return `${formatMilli(threshold.milli)} ${HOUR_UNIT} ${threshold.section}`;
    case 'material':
      return `${formatMilli(threshold.milli)} ${threshold.unit} ${threshold.name}`;
  }
}
