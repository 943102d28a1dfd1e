import { DomainError, type Currency, type Id, type InputCheck } from '#kernel';
import { INSTRUMENTS, INSTRUMENT_RULES, itemKey, type Instrument } from './instrument.js';
import type { ContributionKind } from './instrument.js';
import { freeUnitsFor, offersOf, type Offer } from './offer.js';
import { OFFERS_MAX, readName, readSection, readUnit } from './offer-input.js';
import type { DeliverableTerms, Terms } from './terms.js';
import { HOUR_UNIT } from './threshold.js';
import { amountWords } from './words.js';

interface MoneyGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** What a pledge gives: money of the contract, hours in a section, or goods. The value of the latter is only told. */
export type Contribution =
  | { readonly kind: 'money'; readonly amountMinor: bigint }
  | {
      readonly kind: 'hours' | 'goods';
      /** The section, or the name of the goods. */
      readonly item: string;
      readonly unit: string;
      readonly qualification: string | null;
      readonly milli: bigint;
      readonly valueMinor: bigint | null;
    };

/** A pledge as somebody typed it. */
export interface PledgeGiven {
  readonly amount?: MoneyGiven | null;
  readonly hours?: {
    readonly section: string;
    readonly qualification?: string | null;
    readonly hours: string;
    readonly value?: MoneyGiven | null;
  } | null;
  readonly goods?: {
    readonly name: string;
    readonly unit: string;
    readonly quantity: string;
    readonly value?: MoneyGiven | null;
  } | null;
  readonly instrument?: string | null;
  /** The position of the offer, from 1. */
  readonly offer?: number | null;
}

export interface PledgeRead {
  readonly contribution: Contribution;
  /** Of the contribution's amount or value. */
  readonly currency: Currency | null;
  readonly instrument: Instrument | null;
  readonly offer: number | null;
}

/** Reads what is pledged: exactly one of money, hours and goods. */
export function readPledge(check: InputCheck, given: PledgeGiven): PledgeRead {
  const { amount, hours, goods } = given;
  if ([amount, hours, goods].filter((each) => each !== null && each !== undefined).length !== 1)
    check.refuse('amount', 'Please pledge one thing at a time: money, hours or goods.');
  return {
    ...readContribution(check, given),
    instrument: given.instrument ? check.oneOf('instrument', given.instrument, INSTRUMENTS) : null,
    offer: given.offer
      ? check.integer('offer', given.offer, { min: 1, max: OFFERS_MAX, name: 'the offer' })
      : null,
  };
}

function readContribution(
  check: InputCheck,
  { amount, hours, goods }: PledgeGiven,
): Pick<PledgeRead, 'contribution' | 'currency'> {
  const value = (field: string, given: MoneyGiven | null | undefined) =>
    given ? check.money(field, given, { name: 'the value' }) : null;
  if (hours) {
    const agreed = value('hours.value', hours.value);
    const contribution = {
      kind: 'hours',
      item: readSection(check, hours.section, 'hours.section'),
      unit: HOUR_UNIT,
      qualification: hours.qualification ? readName(check, hours.qualification, 'hours.qualification') : null,
      milli: check.milli('hours.hours', hours.hours, 'the number of hours'),
      valueMinor: agreed?.amountMinor ?? null,
    } as const;
    return { contribution, currency: agreed?.currency ?? null };
  }
  if (goods) {
    const agreed = value('goods.value', goods.value);
    const contribution = {
      kind: 'goods',
      item: readName(check, goods.name, 'goods.name'),
      unit: readUnit(check, goods.unit, 'goods.unit'),
      qualification: null,
      milli: check.milli('goods.quantity', goods.quantity, 'the quantity'),
      valueMinor: agreed?.amountMinor ?? null,
    } as const;
    return { contribution, currency: agreed?.currency ?? null };
  }
  if (!amount) return { contribution: { kind: 'money', amountMinor: 0n }, currency: null };
  const { amountMinor, currency } = check.money('amount', amount);
  return { contribution: { kind: 'money', amountMinor }, currency };
}

/** What a pledge binds to: the offer that it takes, and what is promised for it in numbers that no amendment changes. */
export interface Deal {
  readonly instrument: Instrument;
  /** From 1 on. */
  readonly offer: number;
  readonly returns: Offer['returns'];
  readonly line: number | null;
  readonly units: number;
  readonly unitPriceMinor: bigint;
  readonly freeUnits: number;
}

export interface DealFacts {
  readonly terms: Pick<Terms, 'repaymentTerms' | 'repayment' | 'offers' | 'deliverables' | 'currency'>;
  readonly communityId: Id<'community'>;
  /** Units of each line that are promised for pledges already, by the line's position. */
  readonly promised: ReadonlyMap<number, number>;
}

/**
 * The offer that a pledge takes: the one that is named, else the only one of its instrument, a loan unless said
 * otherwise.
 * @throws DomainError `BAD_INPUT` for no such offer, or for what it cannot take; `INVALID_STATE` when too few units are left
 */
export function dealFor(read: PledgeRead, facts: DealFacts): Deal {
  const { offer, position } = offerFor(read, offersOf(facts.terms));
  assertWanted(offer, read.contribution);
  const { instrument, returns } = offer;
  const line = returns.line === undefined ? undefined : facts.terms.deliverables[returns.line - 1];
  const deal = { instrument, offer: position, returns, line: returns.line ?? null };
  if (returns.kind !== 'units' || !line || returns.line === undefined)
    return { ...deal, units: 0, unitPriceMinor: 0n, freeUnits: 0 };
  if (line.receiverId !== facts.communityId)
    throw refused('offer', 'The units of this offer are made for another community.');
  const units = unitsFor(read, offer, line, facts.terms.currency);
  const left = line.quantity - (facts.promised.get(returns.line) ?? 0);
  if (units > left)
    throw new DomainError(
      'INVALID_STATE',
      `Of this line, ${Math.max(0, left)} more can be promised, and this pledge would bring ${units}.`,
      { left, units },
    );
  const isMoney = read.contribution.kind === 'money';
  return {
    ...deal,
    units,
    unitPriceMinor: isMoney ? line.unitPriceMinor : 0n,
    freeUnits: freeUnitsFor(units, returns),
  };
}

function offerFor(
  { contribution, instrument, offer }: PledgeRead,
  offers: readonly Offer[],
): { readonly offer: Offer; readonly position: number } {
  const all = offers.map((each, index) => ({ offer: each, position: index + 1 }));
  if (offer !== null) {
    const named = all[offer - 1];
    if (!named || (instrument !== null && named.offer.instrument !== instrument))
      throw refused('offer', 'The contract has no such offer.');
    return named;
  }
  const wanted = instrument ?? (contribution.kind === 'money' ? 'loan' : null);
  const fitting = all.filter(({ offer: each }) =>
    wanted === null ? takes(each, contribution.kind) : each.instrument === wanted,
  );
  if (fitting.length === 0) throw refused('instrument', 'The contract offers nothing for such a pledge.');
  // The first of several loans is the one that pledges without an offer have always meant.
  if (fitting.length > 1 && wanted !== 'loan')
    throw refused('offer', 'The contract has several such offers. Please say which one is meant.');
  return fitting[0] as { offer: Offer; position: number };
}

function takes({ instrument }: Offer, kind: ContributionKind): boolean {
  return INSTRUMENT_RULES[instrument].contributions.includes(kind);
}

function assertWanted(offer: Offer, contribution: Contribution): void {
  const { words } = INSTRUMENT_RULES[offer.instrument];
  if (!takes(offer, contribution.kind))
    throw refused('instrument', `${contribution.kind} cannot be pledged as ${words}.`);
  if (contribution.kind === 'hours' && offer.section && itemKey(offer.section) !== itemKey(contribution.item))
    throw refused('hours.section', `This offer is for hours in the section ${offer.section}.`);
  const { goods } = offer;
  const isOther =
    contribution.kind === 'goods' &&
    goods !== undefined &&
    (itemKey(goods.name) !== itemKey(contribution.item) || goods.unit !== contribution.unit);
  if (isOther) throw refused('goods.name', `This offer is for ${goods.name}, counted in ${goods.unit}.`);
}

/** Units for money at the contract's price; for hours and goods as many as they bring. A price of zero brings none. */
function unitsFor(
  { contribution }: PledgeRead,
  { instrument, returns }: Offer,
  { unitPriceMinor }: DeliverableTerms,
  currency: Currency,
): number {
  if (contribution.kind !== 'money') {
    const perUnit = BigInt(returns.milliPerUnit ?? '0');
    const units = perUnit === 0n ? 0 : Number(contribution.milli / perUnit);
    if (units === 0) throw refused('offer', 'This is too little for a whole unit.');
    return units;
  }
  const { amountMinor } = contribution;
  const units = unitPriceMinor === 0n ? 0 : Number(amountMinor / unitPriceMinor);
  const isWhole = BigInt(units) * unitPriceMinor === amountMinor;
  if (units > 0 && (isWhole || !INSTRUMENT_RULES[instrument].wholeUnits)) return units;
  throw refused(
    'amount',
    `One unit costs ${amountWords(unitPriceMinor, currency)}; ${amountWords(amountMinor, currency)} is no whole number of units.`,
  );
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
