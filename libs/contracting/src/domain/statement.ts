import type { Currency, Day, Id } from '#kernel';
import type { ContributionEvent } from './contribution.js';
import { interestDueMinor, type Obligation } from './obligation.js';
import { dialsOf } from './scrutiny.js';
import type { ProductOf } from './scrutiny-words.js';
import { asOf } from './statement-as-of.js';
import { dayWords } from './words.js';

/** What can happen to what a supporter gave. Those with “not” take back what was recorded wrongly. */
export const STATEMENT_MOVES = [
  'received',
  'returned',
  'forgiven',
  'notReceived',
  'notReturned',
  'given',
  'notGiven',
  'redeemed',
  'freeUnits',
  'unitsForgiven',
] as const;
export type StatementMoveKind = (typeof STATEMENT_MOVES)[number];

export interface StatementMove {
  readonly kind: StatementMoveKind;
  readonly valueDate: Day;
  /** The money that moved: received is above zero, returned, redeemed and forgiven below. */
  readonly amountMinor: bigint;
  /** What it adds to what is owed in money: a gift adds nothing. */
  readonly owedMinor: bigint;
  /** Units of the product that were accepted, or are wanted no more. */
  readonly units: number;
  /** Interest that went to the supporter with it; below zero where a repayment is taken back. */
  readonly interestMinor: bigint;
  readonly reason: string | null;
  /** What is owed of the contract after it. */
  readonly balanceMinor: bigint;
}

/** Hours or goods that came, went back, or are wanted no more. */
export interface StatementGoods {
  readonly kind: 'received' | 'returned' | 'waived' | 'notReceived' | 'notReturned';
  readonly day: Day;
  /** The section, or the name of the goods. */
  readonly item: string;
  readonly unit: string;
  /** Thousandths of the unit; what is taken back is named by its kind. */
  readonly milli: bigint;
  readonly reason: string | null;
}

/** What came of a pledge of hours or goods. */
export interface StatementContribution extends ContributionEvent {
  readonly pledgeId: Id<'pledge'>;
  /** Of a reversal: what it takes back. */
  readonly reversedKind: 'received' | 'returned' | null;
}

/**
 * Sums of one contract, or of all contracts in one currency, of what is owed in money or in units that were paid for:
 * opening + received - returned - redeemed - forgiven = closing. Gifts stand beside them, because nothing of them is owed.
 */
export interface StatementSums {
  readonly currency: Currency;
  readonly openingMinor: bigint;
  readonly receivedMinor: bigint;
  readonly returnedMinor: bigint;
  /** Settled by units that were accepted, at the price of the contract. */
  readonly redeemedMinor: bigint;
  readonly forgivenMinor: bigint;
  readonly closingMinor: bigint;
  readonly givenMinor: bigint;
  readonly interestPaidMinor: bigint;
  /** Grown until the end of the statement, and neither paid nor forgiven by then. */
  readonly interestDueMinor: bigint;
}

/** One contract, as the statement's writer finds it. */
export interface StatementSource {
  readonly ref: string;
  readonly title: string;
  /** What was agreed to be returned, in the words of the pledges' offers. */
  readonly words: readonly string[];
  /** When oversight ends, in the words of the contract. */
  readonly endCondition: string;
  readonly productOf?: ProductOf;
  /** The supporter's pledges that bind, or did. */
  readonly obligations: readonly Obligation[];
  /** What came of those of hours and goods, in the order in which it was recorded. */
  readonly contributions: readonly StatementContribution[];
}

export interface StatementPart extends StatementSums {
  readonly ref: string;
  readonly title: string;
  readonly moves: readonly StatementMove[];
  readonly goods: readonly StatementGoods[];
  /** How it is returned, in sentences: what was agreed, and the schedule in force at the end of the period. */
  readonly rule: readonly string[];
  /** What oversight hangs on at the end of the period, in the words of the dial. */
  readonly oversight: string;
}

export interface StatementPeriod {
  readonly from: Day;
  /** The last day that is reckoned with: that of the year, or today while the year runs. */
  readonly until: Day;
}

export interface Statement {
  readonly period: StatementPeriod;
  readonly parts: readonly StatementPart[];
  /** One for each currency, in their order. */
  readonly totals: readonly StatementSums[];
}

/** @param year four digits; not after the year of `today` */
export function statementPeriod(year: number, today: Day): StatementPeriod {
  const last = `${year}-12-31` as Day;
  return { from: `${year}-01-01` as Day, until: today < last ? today : last };
}

/** What moved between a supporter and a fablab in a period, by value date, and what was owed before and after it. */
export function statementOf(sources: readonly StatementSource[], period: StatementPeriod): Statement {
  const parts = sources.flatMap((source) => partOf(source, period) ?? []);
  const currencies = [...new Set(parts.map(({ currency }) => currency))].sort();
  return {
    period,
    parts,
    totals: currencies.map((currency) => sumsOf(parts.filter((part) => part.currency === currency))),
  };
}

/** Null where nothing was owed in money when the period began and nothing moved in it. */
function partOf(source: StatementSource, period: StatementPeriod): StatementPart | null {
  const [first] = source.obligations;
  const moves = source.obligations.flatMap(movesOf).sort(byDay);
  const before = moves.filter(({ valueDate }) => valueDate < period.from);
  const openingMinor = sum(before, ({ owedMinor }) => owedMinor);
  const within = moves.filter(({ valueDate }) => valueDate >= period.from && valueDate <= period.until);
  const goods = source.contributions
    .flatMap((each) => goodsOf(each, source.obligations))
    .filter(({ day }) => day >= period.from && day <= period.until);
  if (!first || (openingMinor === 0n && within.length + goods.length === 0)) return null;
  const then = source.obligations.map((obligation) => asOf(obligation, source.contributions, period.until));
  let balanceMinor = openingMinor;
  const listed = within.map((move) => ({ ...move, balanceMinor: (balanceMinor += move.owedMinor) }));
  const of = (...kinds: readonly StatementMoveKind[]): bigint =>
    sum(listed, ({ kind, owedMinor }) => (kinds.includes(kind) ? owedMinor : 0n));
  return {
    ref: source.ref,
    title: source.title,
    rule: ruleOf(source, then),
    oversight: dialsOf(then, period.until, source.productOf)[0]?.sentence ?? '',
    goods,
    currency: first.currency,
    moves: listed,
    openingMinor,
    receivedMinor: of('received', 'notReceived'),
    returnedMinor: -of('returned', 'notReturned'),
    redeemedMinor: -of('redeemed'),
    forgivenMinor: -of('forgiven', 'unitsForgiven'),
    givenMinor: sum(listed, ({ kind, amountMinor }) =>
      kind === 'given' || kind === 'notGiven' ? amountMinor : 0n,
    ),
    closingMinor: balanceMinor,
    interestPaidMinor: sum(listed, ({ interestMinor }) => interestMinor),
    interestDueMinor: sum(then, (obligation) => interestDueMinor(obligation, period.until)),
  };
}

/** The order of recording is kept within a day. */
function byDay(a: { readonly valueDate: Day }, b: { readonly valueDate: Day }): number {
  return a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0;
}

type Move = Omit<StatementMove, 'balanceMinor'>;

/** Everything that was recorded, with what was taken back and its taking back: a statement hides no correction. */
function movesOf(obligation: Obligation): Move[] {
  // A gift is the fablab's own from the day on which it came: nothing of it is owed.
  const isGift = obligation.returnKind === 'nothing';
  const move = (
    kind: StatementMoveKind,
    valueDate: Day,
    amountMinor: bigint,
    rest: Partial<Move> = {},
  ): Move => ({
    kind,
    valueDate,
    amountMinor,
    owedMinor: isGift ? 0n : amountMinor,
    units: 0,
    interestMinor: 0n,
    reason: null,
    ...rest,
  });
  const received = obligation.payments.map(({ valueDate, amountMinor }) =>
    move(isGift ? 'given' : 'received', valueDate, amountMinor),
  );
  const others = obligation.events.flatMap((event): Move[] => {
    const { valueDate, amountMinor, interestMinor, units, reason } = event;
    switch (event.kind) {
      case 'repayment':
        return [move('returned', valueDate, -amountMinor, { interestMinor, reason })];
      case 'write-off':
        return [move('forgiven', valueDate, -amountMinor, { reason })];
      case 'units':
        // Units are given back in the place of money, at the price of the contract.
        return [move('redeemed', valueDate, -amountMinor, { units })];
      case 'free-units':
        return [move('freeUnits', valueDate, 0n, { units })];
      case 'unit-waiver':
      case 'free-unit-waiver':
        return [move('unitsForgiven', valueDate, -amountMinor, { units, reason })];
      case 'reversal':
        return event.reversesPaymentId
          ? [move(isGift ? 'notGiven' : 'notReceived', valueDate, -amountMinor, { reason })]
          : [move('notReturned', valueDate, amountMinor, { interestMinor: -interestMinor, reason })];
      case 'deferral':
      case 'waiver':
        // A new schedule, or the waiver of what was never paid, moves nothing.
        return [];
    }
  });
  return [...received, ...others];
}

function goodsOf(event: StatementContribution, obligations: readonly Obligation[]): StatementGoods[] {
  const of = obligations.find(({ pledgeId }) => pledgeId === event.pledgeId);
  const { kind, happenedOn: day, quantityMilli: milli, reason, reversedKind } = event;
  if (!of || milli === 0n) return [];
  const shown = kind !== 'reversal' ? kind : reversedKind === 'returned' ? 'notReturned' : 'notReceived';
  return [{ kind: shown, day, item: of.item ?? '', unit: of.unit ?? '', milli, reason }];
}

/** What was agreed in words, the schedules in force, and the contract's own words about the end of oversight. */
function ruleOf({ words, endCondition }: StatementSource, then: readonly Obligation[]): string[] {
  const schedules = then
    .filter(({ returnKind, shares }) => returnKind === 'money' && shares === null)
    .map(scheduleInForce);
  const deferred = then
    .filter(({ returnKind, shares }) => returnKind === 'money' && shares !== null)
    .flatMap((obligation) => (lastDeferral(obligation) ? [scheduleInForce(obligation)] : []));
  const sentences = [...words, ...schedules, ...deferred, endCondition && `Oversight ends: ${endCondition}`];
  return [...new Set(sentences)].filter((sentence) => sentence !== '');
}

function lastDeferral({ events }: Obligation): Obligation['events'][number] | undefined {
  return events.findLast(({ kind }) => kind === 'deferral');
}

/** The schedule that holds: that of the last deferral, else the one that was agreed. */
function scheduleInForce(obligation: Obligation): string {
  const deferral = lastDeferral(obligation);
  if (!deferral?.rhythm) return scheduleSentence(obligation.repayment);
  const sentence = scheduleSentence({ ...obligation.repayment, ...deferral.rhythm });
  return `By the new schedule of ${dayWords(deferral.valueDate)}, for what was open then: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function sumsOf(parts: readonly StatementPart[]): StatementSums {
  const [first] = parts as readonly [StatementPart, ...StatementPart[]];
  return {
    currency: first.currency,
    openingMinor: sum(parts, (part) => part.openingMinor),
    receivedMinor: sum(parts, (part) => part.receivedMinor),
    returnedMinor: sum(parts, (part) => part.returnedMinor),
    redeemedMinor: sum(parts, (part) => part.redeemedMinor),
    forgivenMinor: sum(parts, (part) => part.forgivenMinor),
    givenMinor: sum(parts, (part) => part.givenMinor),
    closingMinor: sum(parts, (part) => part.closingMinor),
    interestPaidMinor: sum(parts, (part) => part.interestPaidMinor),
    interestDueMinor: sum(parts, (part) => part.interestDueMinor),
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => bigint): bigint {
  return items.reduce((total, item) => total + of(item), 0n);
}

/** The agreed schedule as a sentence. */
export function scheduleSentence(repayment: Obligation['repayment']): string {
  const { instalments, firstDueOn, everyMonths, interestBasisPointsPerYear: points } = repayment;
  const interest =
    points === 0 ? 'without interest' : `with ${decimalPercent(points)} % simple interest a year`;
  if (instalments === 1) return `Returned at once on ${dayWords(firstDueOn)}, ${interest}.`;
  const rhythm = everyMonths === 1 ? 'every month' : `every ${everyMonths} months`;
  return `Returned in ${instalments} equal instalments, the first on ${dayWords(firstDueOn)}, then one ${rhythm}, ${interest}.`;
}

function decimalPercent(basisPoints: number): string {
  return (basisPoints / 100).toFixed(2).replace(/\.?0+$/, '');
}
