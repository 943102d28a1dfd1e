import type { Currency, Day, Id } from '#kernel';
import { interestDueMinor, type Obligation } from './obligation.js';
import { dayWords } from './words.js';

/** What can move what is owed to a supporter. The two last take back what was recorded wrongly. */
export const STATEMENT_MOVES = ['received', 'returned', 'forgiven', 'notReceived', 'notReturned'] as const;
export type StatementMoveKind = (typeof STATEMENT_MOVES)[number];

export interface StatementMove {
  readonly kind: StatementMoveKind;
  readonly valueDate: Day;
  /** What it adds to what is owed: received is above zero, returned and forgiven below. */
  readonly owedMinor: bigint;
  /** Interest that went to the supporter with it; below zero where a repayment is taken back. */
  readonly interestMinor: bigint;
  readonly reason: string | null;
  /** What is owed of the contract after it. */
  readonly balanceMinor: bigint;
}

/** Sums of one contract, or of all contracts in one currency. Opening + received - returned - forgiven = closing. */
export interface StatementSums {
  readonly currency: Currency;
  readonly openingMinor: bigint;
  readonly receivedMinor: bigint;
  readonly returnedMinor: bigint;
  readonly forgivenMinor: bigint;
  readonly closingMinor: bigint;
  readonly interestPaidMinor: bigint;
  /** Grown until the end of the statement, and neither paid nor forgiven by then. */
  readonly interestDueMinor: bigint;
}

/** One contract, as the statement's writer finds it. */
export interface StatementSource {
  readonly ref: string;
  readonly title: string;
  /** How it is returned and when oversight ends, in sentences. */
  readonly rule: readonly string[];
  /** The supporter's pledges that bind, or did. */
  readonly obligations: readonly Obligation[];
}

export interface StatementPart extends StatementSums {
  readonly ref: string;
  readonly title: string;
  readonly moves: readonly StatementMove[];
  readonly rule: readonly string[];
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

/** Null where nothing was owed when the period began and nothing moved in it. */
function partOf(source: StatementSource, period: StatementPeriod): StatementPart | null {
  const [first] = source.obligations;
  const moves = source.obligations.flatMap(movesOf).sort(byDay);
  const before = moves.filter(({ valueDate }) => valueDate < period.from);
  const openingMinor = sum(before, ({ owedMinor }) => owedMinor);
  const within = moves.filter(({ valueDate }) => valueDate >= period.from && valueDate <= period.until);
  if (!first || (openingMinor === 0n && within.length === 0)) return null;
  let balanceMinor = openingMinor;
  const listed = within.map((move) => ({ ...move, balanceMinor: (balanceMinor += move.owedMinor) }));
  const of = (...kinds: readonly StatementMoveKind[]): bigint =>
    sum(listed, ({ kind, owedMinor }) => (kinds.includes(kind) ? owedMinor : 0n));
  return {
    ref: source.ref,
    title: source.title,
    rule: source.rule,
    currency: first.currency,
    moves: listed,
    openingMinor,
    receivedMinor: of('received', 'notReceived'),
    returnedMinor: -of('returned', 'notReturned'),
    forgivenMinor: -of('forgiven'),
    closingMinor: balanceMinor,
    interestPaidMinor: sum(listed, ({ interestMinor }) => interestMinor),
    interestDueMinor: sum(source.obligations, (obligation) =>
      interestDueMinor(asOf(obligation, period.until), period.until),
    ),
  };
}

/** The order of recording is kept within a day. */
function byDay(a: { readonly valueDate: Day }, b: { readonly valueDate: Day }): number {
  return a.valueDate < b.valueDate ? -1 : a.valueDate > b.valueDate ? 1 : 0;
}

/** Everything that was recorded, with what was taken back and its taking back: a statement hides no correction. */
function movesOf(obligation: Obligation): Omit<StatementMove, 'balanceMinor'>[] {
  // A gift is the fablab's own from the day on which it came: nothing of it is owed.
  if (obligation.returnKind === 'nothing') return [];
  const received = obligation.payments.map(({ valueDate, amountMinor }) => ({
    kind: 'received' as const,
    valueDate,
    owedMinor: amountMinor,
    interestMinor: 0n,
    reason: null,
  }));
  const others = obligation.events.flatMap((event): Omit<StatementMove, 'balanceMinor'>[] => {
    const { valueDate, amountMinor, interestMinor, reason } = event;
    switch (event.kind) {
      case 'repayment':
        return [{ kind: 'returned', valueDate, owedMinor: -amountMinor, interestMinor, reason }];
      case 'write-off':
        return [{ kind: 'forgiven', valueDate, owedMinor: -amountMinor, interestMinor: 0n, reason }];
      case 'reversal':
        return event.reversesPaymentId
          ? [{ kind: 'notReceived', valueDate, owedMinor: -amountMinor, interestMinor: 0n, reason }]
          : [
              {
                kind: 'notReturned',
                valueDate,
                owedMinor: amountMinor,
                interestMinor: -interestMinor,
                reason,
              },
            ];
      case 'units':
        // Units are given back in the place of money, at the price of the contract.
        return [{ kind: 'returned', valueDate, owedMinor: -amountMinor, interestMinor, reason }];
      case 'unit-waiver':
        return amountMinor === 0n
          ? []
          : [{ kind: 'forgiven', valueDate, owedMinor: -amountMinor, interestMinor: 0n, reason }];
      case 'free-units':
      case 'free-unit-waiver':
      case 'deferral':
      case 'waiver':
        // A new schedule, or the waiver of what was never paid, moves nothing.
        return [];
    }
  });
  return [...received, ...others];
}

/** The obligation as it stood at the end of a day: what is dated later, and what it took back, is not there yet. */
function asOf(obligation: Obligation, day: Day): Obligation {
  const events = obligation.events.filter(({ valueDate }) => valueDate <= day);
  const reversed = new Set<Id<'payment'> | Id<'obligationEvent'> | null>(
    events.flatMap(({ reversesPaymentId, reversesEventId }) => [reversesPaymentId, reversesEventId]),
  );
  return {
    ...obligation,
    payments: obligation.payments
      .filter(({ valueDate }) => valueDate <= day)
      .map((payment) => ({ ...payment, isReversed: reversed.has(payment.id) })),
    events: events.map((event) => ({ ...event, isReversed: reversed.has(event.id) })),
  };
}

function sumsOf(parts: readonly StatementPart[]): StatementSums {
  const [first] = parts as readonly [StatementPart, ...StatementPart[]];
  return {
    currency: first.currency,
    openingMinor: sum(parts, (part) => part.openingMinor),
    receivedMinor: sum(parts, (part) => part.receivedMinor),
    returnedMinor: sum(parts, (part) => part.returnedMinor),
    forgivenMinor: sum(parts, (part) => part.forgivenMinor),
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
