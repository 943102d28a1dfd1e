import type { Currency, Day, Id } from '#kernel';
import type { Obligation } from '../src/domain/obligation.js';

/** A loan of 2,000.00 EUR of which nothing has come in, with what a test cares about changed. */
export function loanObligation(over: Partial<Obligation> = {}): Obligation {
  return {
    pledgeId: 'pledge' as Id<'pledge'>,
    contractId: 'contract' as Id<'contract'>,
    communityId: 'north' as Id<'community'>,
    currency: 'EUR' as Currency,
    state: 'active',
    endedAt: null,
    instrument: 'loan',
    contribution: 'money',
    returnKind: 'money',
    offer: 1,
    amountMinor: 200_000n,
    receivedMinor: 0n,
    repaidMinor: 0n,
    forgivenMinor: 0n,
    waivedMinor: 0n,
    redeemedMinor: 0n,
    item: null,
    unit: null,
    quantityMilli: 0n,
    receivedMilli: 0n,
    waivedMilli: 0n,
    returnedMilli: 0n,
    line: null,
    units: 0,
    unitsDelivered: 0,
    unitsWaived: 0,
    unitPriceMinor: 0n,
    freeUnits: 0,
    freeDelivered: 0,
    freeWaived: 0,
    deliverablesDone: false,
    isTerminated: false,
    repayment: {
      instalments: 2,
      firstDueOn: '2027-01-31' as Day,
      everyMonths: 1,
      interestBasisPointsPerYear: 0,
    },
    payments: [],
    events: [],
    ...over,
  };
}
