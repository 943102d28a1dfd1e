import { dayOf, type Day, type Id } from '#kernel';
import type { Obligation } from './obligation.js';
import type { StatementContribution } from './statement.js';

/**
 * The obligation as it stood at the end of a day: what is dated later, and what it took back, is not there yet, and the
 * sums are those of what is. Whether a contract's deliverables are done is known for today alone.
 */
export function asOf(
  obligation: Obligation,
  contributions: readonly StatementContribution[],
  day: Day,
): Obligation {
  const events = obligation.events.filter(({ valueDate }) => valueDate <= day);
  const reversed = new Set<Id<'payment'> | Id<'obligationEvent'> | null>(
    events.flatMap(({ reversesPaymentId, reversesEventId }) => [reversesPaymentId, reversesEventId]),
  );
  const payments = obligation.payments
    .filter(({ valueDate }) => valueDate <= day)
    .map((payment) => ({ ...payment, isReversed: reversed.has(payment.id) }));
  const standing = events.map((event) => ({ ...event, isReversed: reversed.has(event.id) }));
  const ended = obligation.endedAt !== null && dayOf(obligation.endedAt) <= day;
  return {
    ...obligation,
    ...moneySums(payments, standing),
    ...unitSums(standing),
    ...goodsSums(
      contributions.filter(
        ({ pledgeId, happenedOn }) => pledgeId === obligation.pledgeId && happenedOn <= day,
      ),
    ),
    state: obligation.state === 'fulfilled' && !ended ? 'active' : obligation.state,
    endedAt: ended ? obligation.endedAt : null,
    payments,
    events: standing,
  };
}

type Events = Obligation['events'];

function moneySums(
  payments: Obligation['payments'],
  events: Events,
): Pick<Obligation, 'receivedMinor' | 'repaidMinor' | 'forgivenMinor' | 'waivedMinor' | 'redeemedMinor'> {
  const of = (...kinds: readonly Events[number]['kind'][]): bigint =>
    events
      .filter(({ kind, isReversed }) => !isReversed && kinds.includes(kind))
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const received = payments.filter(({ isReversed }) => !isReversed);
  return {
    receivedMinor: received.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    repaidMinor: of('repayment'),
    forgivenMinor: of('write-off', 'unit-waiver'),
    waivedMinor: of('waiver'),
    redeemedMinor: of('units'),
  };
}

function unitSums(
  events: Events,
): Pick<Obligation, 'unitsDelivered' | 'unitsWaived' | 'freeDelivered' | 'freeWaived'> {
  const of = (wanted: Events[number]['kind']): number =>
    events.filter(({ kind }) => kind === wanted).reduce((sum, { units }) => sum + units, 0);
  return {
    unitsDelivered: of('units'),
    unitsWaived: of('unit-waiver'),
    freeDelivered: of('free-units'),
    freeWaived: of('free-unit-waiver'),
  };
}

function goodsSums(
  events: readonly StatementContribution[],
): Pick<Obligation, 'receivedMilli' | 'returnedMilli' | 'waivedMilli'> {
  const of = (wanted: StatementContribution['kind']): bigint =>
    events.filter(({ kind }) => kind === wanted).reduce((sum, { quantityMilli }) => sum + quantityMilli, 0n);
  const back = (wanted: 'received' | 'returned'): bigint =>
    events
      .filter(({ reversedKind }) => reversedKind === wanted)
      .reduce((sum, { quantityMilli }) => sum + quantityMilli, 0n);
  return {
    receivedMilli: of('received') - back('received'),
    returnedMilli: of('returned') - back('returned'),
    waivedMilli: of('waived'),
  };
}
