import { LIMITS, type Currency, type InputCheck } from '#kernel';
import { INSTRUMENTS, RETURN_KINDS, itemKey } from './instrument.js';
import type { Offer, OfferReturn } from './offer.js';
import { readRepayment, type RepaymentGiven } from './schedule-input.js';
import type { Terms } from './terms.js';
import { THRESHOLD_KINDS, type OtherThreshold } from './threshold.js';

interface MoneyGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A threshold as somebody typed it: which fields it needs depends on its kind. */
export interface ThresholdGiven {
  readonly kind: string;
  readonly amount?: MoneyGiven | null;
  readonly section?: string | null;
  readonly name?: string | null;
  readonly unit?: string | null;
  /** A decimal: hours, or material in its unit. */
  readonly quantity?: string | null;
}

/** An offer as somebody typed it. */
export interface OfferGiven {
  readonly instrument: string;
  readonly words: string;
  readonly returns: string;
  readonly repayment?: RepaymentGiven | null;
  readonly premiumShareBasisPoints?: number | null;
  readonly line?: number | null;
  readonly freeUnits?: number | null;
  readonly perUnits?: number | null;
  readonly quantityPerUnit?: string | null;
  readonly section?: string | null;
  readonly goodsName?: string | null;
  readonly goodsUnit?: string | null;
}

/** How a unit of goods is written: `m³`, `kg`, `piece`. */
export const UNIT_CHARS_MAX = 20;
export const THRESHOLDS_MAX = 20;
export const OFFERS_MAX = 20;

/** Reads all thresholds; the money of them may stand in a field of its own. */
export function readThresholds(
  check: InputCheck,
  given: { readonly threshold?: MoneyGiven | null; readonly thresholds?: readonly ThresholdGiven[] | null },
  currency: Currency,
): Pick<Terms, 'thresholdMinor' | 'thresholds'> {
  let thresholdMinor = 0n;
  const hasField = given.threshold !== null && given.threshold !== undefined;
  if (hasField || !given.thresholds)
    thresholdMinor = check.money('threshold', given.threshold, {
      zero: true,
      currency,
      name: 'the threshold',
    }).amountMinor;
  let moneyGiven = hasField;
  const others: OtherThreshold[] = [];
  check.list('thresholds', given.thresholds, { max: THRESHOLDS_MAX }, (each, path) => {
    const kind = check.oneOf(`${path}.kind`, each.kind, THRESHOLD_KINDS);
    if (kind !== 'money') {
      others.push(readOther(check, kind, each, path));
      return;
    }
    if (moneyGiven) check.refuse(path, 'The money that must be pledged is said once.');
    moneyGiven = true;
    thresholdMinor = check.money(`${path}.amount`, each.amount, {
      currency,
      name: 'the threshold',
    }).amountMinor;
  });
  const names = others.map((each) =>
    each.kind === 'hours' ? `h ${itemKey(each.section)}` : `${each.unit} ${itemKey(each.name)}`,
  );
  if (new Set(names).size < names.length)
    check.refuse('thresholds', 'Each section and each material is named once.');
  return { thresholdMinor, ...(others.length > 0 && { thresholds: others }) };
}

function readOther(
  check: InputCheck,
  kind: 'hours' | 'material',
  given: ThresholdGiven,
  path: string,
): OtherThreshold {
  const milli = check.milli(`${path}.quantity`, given.quantity, 'how much');
  if (kind === 'hours') return { kind, section: readSection(check, given.section, `${path}.section`), milli };
  return {
    kind,
    name: readName(check, given.name, `${path}.name`),
    unit: readUnit(check, given.unit, `${path}.unit`),
    milli,
  };
}

export function readSection(check: InputCheck, given: string | null | undefined, field: string): string {
  return check.text(field, given, { max: LIMITS.nameCharsMax, name: 'the section' });
}

export function readName(check: InputCheck, given: string | null | undefined, field: string): string {
  return check.text(field, given, { max: LIMITS.nameCharsMax, name: 'the name' });
}

export function readUnit(check: InputCheck, given: string | null | undefined, field: string): string {
  return check.text(field, given, { max: UNIT_CHARS_MAX, name: 'the unit' });
}

/** Reads the offers; what they mean for each other and the deliverables is looked at by `offerProblems`. */
export function readOffers(check: InputCheck, given: readonly OfferGiven[]): Offer[] {
  return check.list('offers', given, { max: OFFERS_MAX, name: 'offers' }, (each, path) => {
    const goods = Boolean(each.goodsName ?? each.goodsUnit);
    return {
      instrument: check.oneOf(`${path}.instrument`, each.instrument, INSTRUMENTS),
      words: check.text(`${path}.words`, each.words, {
        max: LIMITS.summaryCharsMax,
        name: 'what is returned, in words',
      }),
      returns: readReturn(check, each, path),
      ...(each.section && { section: readSection(check, each.section, `${path}.section`) }),
      ...(goods && {
        goods: {
          name: readName(check, each.goodsName, `${path}.goodsName`),
          unit: readUnit(check, each.goodsUnit, `${path}.goodsUnit`),
        },
      }),
    };
  });
}

function readReturn(check: InputCheck, given: OfferGiven, path: string): OfferReturn {
  const kind = check.oneOf(`${path}.returns`, given.returns, RETURN_KINDS);
  const { repayment, premiumShareBasisPoints: share, line, freeUnits, perUnits, quantityPerUnit } = given;
  if (repayment && share)
    check.refuse(
      `${path}.premiumShareBasisPoints`,
      'Money is returned in instalments or from premium sales, not both.',
    );
  if (kind !== 'money' && (repayment || share))
    check.refuse(`${path}.returns`, 'Only money is returned by a schedule.');
  const count = (field: keyof OfferGiven, value: number, name: string, max: number): number =>
    check.integer(`${path}.${field}`, value, { min: 1, max, name });
  return {
    kind,
    ...(repayment && { repayment: readRepayment(check, repayment, `${path}.repayment`) }),
    ...(share && {
      premiumShareBasisPoints: count('premiumShareBasisPoints', share, 'the share of premium sales', 10_000),
    }),
    ...(line && { line: count('line', line, 'the line', LIMITS.deliverablesMax) }),
    ...(freeUnits && {
      freeUnits: count('freeUnits', freeUnits, 'the number of free units', LIMITS.quantityMax),
      perUnits: count('perUnits', perUnits ?? 1, 'the number of units', LIMITS.quantityMax),
    }),
    ...(quantityPerUnit && {
      milliPerUnit: check
        .milli(`${path}.quantityPerUnit`, quantityPerUnit, 'what brings one unit')
        .toString(),
    }),
  };
}
