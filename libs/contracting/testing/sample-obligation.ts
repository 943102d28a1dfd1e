import type { Currency, Day, Id } from '#kernel';
import { loanObligation } from './obligation.js';
import type { Obligation, ObligationEvent, ObligationEventKind } from '../src/domain/obligation.js';

interface EventDetails {
  readonly interest?: bigint;
  /** Of a reversal: which payment, or which event before it, by its place. */
  readonly payment?: number;
  readonly event?: number;
}

/** What happened to a loan, each with its day and amount. */
export interface SampleChange {
  readonly currency?: string;
  readonly interestBasisPointsPerYear?: number;
  readonly payments?: readonly (readonly [day: string, amountMinor: bigint])[];
  readonly events?: readonly (readonly [
    kind: ObligationEventKind,
    day: string,
    amountMinor: bigint,
    details?: EventDetails,
  ])[];
}

/** A loan to which this has happened. Its sums are left at zero: what is tested reads what happened. */
export function sampleObligation(change: SampleChange = {}): Obligation {
  return {
    ...loanObligation({ currency: (change.currency ?? 'EUR') as Currency, amountMinor: 300_000n }),
    repayment: {
      instalments: 10,
      firstDueOn: '2027-01-31' as Day,
      everyMonths: 1,
      interestBasisPointsPerYear: change.interestBasisPointsPerYear ?? 0,
    },
    payments: (change.payments ?? []).map(([day, amountMinor], index) => ({
      id: `payment ${index}` as Id<'payment'>,
      amountMinor,
      valueDate: day as Day,
      transferId: `transfer ${index}` as Id<'transfer'>,
      isReversed: false,
    })),
    events: (change.events ?? []).map(([kind, day, amountMinor, details], index): ObligationEvent => ({
      id: `event ${index}` as Id<'obligationEvent'>,
      kind,
      amountMinor,
      interestMinor: details?.interest ?? 0n,
      units: 0,
      valueDate: day as Day,
      reason: null,
      rhythm: null,
      reversesPaymentId:
        details?.payment === undefined ? null : (`payment ${details.payment}` as Id<'payment'>),
      reversesEventId:
        details?.event === undefined ? null : (`event ${details.event}` as Id<'obligationEvent'>),
      transferId: null,
      recordedAt: new Date(`${day}T12:00:00Z`),
      isReversed: false,
    })),
  };
}
