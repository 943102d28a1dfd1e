import { DomainError, type Currency, type Day, type Id } from '#kernel';
import type { PledgeState } from './contract.js';
import type { ContributionKind, Instrument, ReturnKind } from './instrument.js';
import { shareInstalments } from './premium-share.js';
import { instalmentsOf, type Instalment, type RepaymentTerms, type Rhythm } from './schedule.js';
import { amountWords } from './words.js';

/** What can happen to an obligation, beside the payments that bring it about. */
export const OBLIGATION_EVENT_KINDS = [
  'repayment',
  'write-off',
  'waiver',
  'deferral',
  'reversal',
  'units',
  'free-units',
  'unit-waiver',
  'free-unit-waiver',
] as const;
export type ObligationEventKind = (typeof OBLIGATION_EVENT_KINDS)[number];

export interface ObligationPayment {
  readonly id: Id<'payment'>;
  readonly amountMinor: bigint;
  readonly valueDate: Day;
  readonly transferId: Id<'transfer'>;
  readonly isReversed: boolean;
}

/** Append-only, and public with its reason. */
export interface ObligationEvent {
  readonly id: Id<'obligationEvent'>;
  readonly kind: ObligationEventKind;
  /** Of the principal. Of a deferral: what had been returned until then, which the new schedule does not divide. */
  readonly amountMinor: bigint;
  readonly interestMinor: bigint;
  /** Units that were delivered and accepted, or that are wanted no more. */
  readonly units: number;
  readonly valueDate: Day;
  readonly reason: string | null;
  /** Of a deferral. */
  readonly rhythm: Rhythm | null;
  readonly reversesPaymentId: Id<'payment'> | null;
  readonly reversesEventId: Id<'obligationEvent'> | null;
  readonly transferId: Id<'transfer'> | null;
  readonly recordedAt: Date;
  readonly isReversed: boolean;
}

/**
 * What a fablab owes for one pledge. The four sums are counted by the database from payments and events, both of
 * which are here in the order in which they were recorded.
 */
export interface Obligation {
  readonly pledgeId: Id<'pledge'>;
  readonly contractId: Id<'contract'>;
  readonly communityId: Id<'community'>;
  readonly currency: Currency;
  readonly state: PledgeState;
  readonly endedAt: Date | null;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  readonly repaidMinor: bigint;
  readonly forgivenMinor: bigint;
  /** Pledged, never received, and wanted no more. */
  readonly waivedMinor: bigint;
  readonly repayment: RepaymentTerms;
  readonly instrument: Instrument;
  readonly contribution: ContributionKind;
  readonly returnKind: ReturnKind;
  /** The offer's position, from 1. */
  readonly offer: number;
  /** The section, or the name of the goods; null for money. */
  readonly item: string | null;
  readonly unit: string | null;
  /** Hours or goods that were pledged, came in, are wanted no more, and went back: thousandths of the unit. */
  readonly quantityMilli: bigint;
  readonly receivedMilli: bigint;
  readonly waivedMilli: bigint;
  readonly returnedMilli: bigint;
  /** The position of the deliverable whose units are returned, or that it was given for. */
  readonly line: number | null;
  /** Units promised, those that were delivered and accepted for it, and those that the supporter wants no more. */
  readonly units: number;
  readonly unitsDelivered: number;
  readonly unitsWaived: number;
  /** The contract's price when it was pledged; zero for hours and goods. */
  readonly unitPriceMinor: bigint;
  /** What units have settled of the money that came in. */
  readonly redeemedMinor: bigint;
  /** As the units, for those that go to others. */
  readonly freeUnits: number;
  readonly freeDelivered: number;
  readonly freeWaived: number;
  /** All units of the line, or of the contract where it has none, are delivered and accepted. */
  readonly deliverablesDone: boolean;
  /** The contract ended before its time: by its settlement, nothing but money stays due. */
  readonly isTerminated: boolean;
  /** Of money that is returned from premium sales: what fell to this pledge from each period; null for instalments. */
  readonly shares: readonly { readonly dueOn: Day; readonly amountMinor: bigint }[] | null;
  readonly payments: readonly ObligationPayment[];
  readonly events: readonly ObligationEvent[];
}

/**
 * The open principal: received, and neither returned nor forgiven, nor settled by units. Gifts, hours and goods are
 * owed back in no money.
 */
export function owedMinor(
  obligation: Pick<
    Obligation,
    'returnKind' | 'receivedMinor' | 'repaidMinor' | 'forgivenMinor' | 'redeemedMinor'
  >,
): bigint {
  const { returnKind, receivedMinor, repaidMinor, forgivenMinor, redeemedMinor } = obligation;
  if (returnKind !== 'money' && returnKind !== 'units') return 0n;
  return receivedMinor - repaidMinor - forgivenMinor - redeemedMinor;
}

/** What the supporter promised and has not paid: its promise to the fablab, and no obligation of the fablab. */
export function outstandingMinor({
  amountMinor,
  receivedMinor,
  waivedMinor,
}: Pick<Obligation, 'amountMinor' | 'receivedMinor' | 'waivedMinor'>): bigint {
  const outstanding = amountMinor - waivedMinor - receivedMinor;
  return outstanding > 0n ? outstanding : 0n;
}

/** As `outstandingMinor`, for hours and goods. */
export function outstandingMilli({
  quantityMilli,
  receivedMilli,
  waivedMilli,
}: Pick<Obligation, 'quantityMilli' | 'receivedMilli' | 'waivedMilli'>): bigint {
  const outstanding = quantityMilli - waivedMilli - receivedMilli;
  return outstanding > 0n ? outstanding : 0n;
}

/** Something of the contribution has come in. */
export function hasContributed(obligation: Pick<Obligation, 'receivedMinor' | 'receivedMilli'>): boolean {
  return obligation.receivedMinor > 0n || obligation.receivedMilli > 0n;
}

/**
 * Units that are owed for what came in. For money: as many whole units as it pays at the pledge's price, but no more
 * than were promised; what is left over is owed in money, until more comes in or it is returned. For hours and goods:
 * the promised units in proportion, rounded up, because the fablab owes the unit that is being worked for.
 */
export function unitsOpen(obligation: Obligation): number {
  if (obligation.returnKind !== 'units' || obligation.isTerminated) return 0;
  const { contribution, units, unitsDelivered, unitsWaived, unitPriceMinor } = obligation;
  const left = units - unitsDelivered - unitsWaived;
  if (contribution === 'money') {
    const paid = unitPriceMinor === 0n ? 0 : Number(owedMinor(obligation) / unitPriceMinor);
    return Math.max(0, Math.min(left, paid));
  }
  const { quantityMilli, receivedMilli } = obligation;
  if (quantityMilli === 0n) return 0;
  const worked = receivedMilli < quantityMilli ? receivedMilli : quantityMilli;
  const due = Number((BigInt(units) * worked + quantityMilli - 1n) / quantityMilli);
  return Math.max(0, due - unitsDelivered - unitsWaived);
}

/**
 * What of the principal can go back in money: all of it for a loan, whatever was agreed; for what was bought beforehand
 * only what buys no whole unit, because the units are what is owed.
 */
export function moneyOwedMinor(obligation: Obligation): bigint {
  const owed = owedMinor(obligation);
  if (obligation.instrument === 'loan') return owed;
  return owed - BigInt(unitsOpen(obligation)) * obligation.unitPriceMinor;
}

/** What of the money that came in is still there to be taken back: a gift as it came, else what is owed. */
export function reversibleMinor(obligation: Obligation): bigint {
  return obligation.returnKind === 'nothing' ? obligation.receivedMinor : owedMinor(obligation);
}

/** A year for the interest: the actual days over 365. */
const BASIS_POINT_DAYS_PER_YEAR = 10_000n * 365n;
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Simple interest on what was owed from day to day, rounded down once, less what was paid or forgiven of it. A later
 * booking with an earlier value date changes the sum, so it is reckoned until the latest of them.
 */
export function interestDueMinor(obligation: Obligation, on: Day): bigint {
  const rate = BigInt(obligation.repayment.interestBasisPointsPerYear);
  if (rate === 0n) return 0n;
  const moves = movements(obligation);
  const until = moves.reduce((latest, { valueDate }) => (valueDate > latest ? valueDate : latest), on);
  let owed = 0n;
  let minorDays = 0n;
  for (const [index, move] of moves.entries()) {
    owed += move.amountMinor;
    if (owed > 0n) minorDays += owed * daysBetween(move.valueDate, moves[index + 1]?.valueDate ?? until);
  }
  const settled = obligation.events
    .filter(({ kind, isReversed }) => !isReversed && RETURNING.has(kind))
    .reduce((sum, { interestMinor }) => sum + interestMinor, 0n);
  const due = (minorDays * rate) / BASIS_POINT_DAYS_PER_YEAR - settled;
  return due > 0n ? due : 0n;
}

/** Kinds of events that bring the principal down. */
const RETURNING: ReadonlySet<ObligationEventKind> = new Set([
  'repayment',
  'write-off',
  'units',
  'unit-waiver',
]);

function movements(obligation: Obligation): { readonly valueDate: Day; readonly amountMinor: bigint }[] {
  const received = obligation.payments.filter(({ isReversed }) => !isReversed);
  const returned = obligation.events
    .filter(({ kind, isReversed }) => !isReversed && RETURNING.has(kind))
    .map(({ valueDate, amountMinor }) => ({ valueDate, amountMinor: -amountMinor }));
  return [...received, ...returned].sort((a, b) => (a.valueDate < b.valueDate ? -1 : 1));
}

function daysBetween(from: Day, to: Day): bigint {
  return BigInt((Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY);
}

/** What an amount settles: first the interest that is due, then the principal, so that a principal of zero ends all. */
export interface Settled {
  readonly amountMinor: bigint;
  readonly interestMinor: bigint;
}

/**
 * @param verb completes «… can be repaid»
 * @throws DomainError `INVALID_STATE` for more than is owed, with what is owed
 */
export function settle(
  obligation: Obligation,
  givenMinor: bigint,
  on: Day,
  verb: 'repaid' | 'forgiven',
): Settled {
  const due = interestDueMinor(obligation, on);
  const open = moneyOwedMinor(obligation) + due;
  if (givenMinor > open) {
    const { currency } = obligation;
    throw new DomainError(
      'INVALID_STATE',
      `The fablab owes only ${amountWords(open, currency)} for this pledge, so ${amountWords(givenMinor, currency)} cannot be ${verb}.`,
      { owedMinor: open.toString() },
    );
  }
  const interestMinor = givenMinor < due ? givenMinor : due;
  return { interestMinor, amountMinor: givenMinor - interestMinor };
}

/** The schedule in force: that of the last deferral, else that of the contract. */
export function instalmentsOwed(obligation: Obligation): Instalment[] {
  if (obligation.returnKind !== 'money') return [];
  const deferral = obligation.events.findLast(({ kind }) => kind === 'deferral');
  const total = obligation.receivedMinor - obligation.forgivenMinor;
  if (!deferral?.rhythm && obligation.shares)
    return shareInstalments(obligation.shares, total, obligation.repaidMinor);
  if (!deferral?.rhythm) return instalmentsOf(obligation.repayment, total, obligation.repaidMinor);
  // A repayment from before the deferral may have been reversed since: it is then to be returned again.
  const before =
    deferral.amountMinor < obligation.repaidMinor ? deferral.amountMinor : obligation.repaidMinor;
  return instalmentsOf(deferral.rhythm, total - before, obligation.repaidMinor - before);
}

/** @throws DomainError `INVALID_STATE` when nothing is owed, so that there is nothing to defer or forgive */
export function assertDeferrable(obligation: Obligation): void {
  if (obligation.returnKind !== 'money') {
    throw new DomainError(
      'INVALID_STATE',
      'This pledge is returned in no instalments of money, so there is nothing to defer.',
    );
  }
  if (owedMinor(obligation) > 0n) return;
  throw new DomainError('INVALID_STATE', 'The fablab owes nothing for this pledge now.', { owedMinor: '0' });
}
