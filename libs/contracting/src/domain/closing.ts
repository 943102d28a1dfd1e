import { dayOf, formatMilli, type Day, type Id } from '#kernel';
import type { Instrument } from './instrument.js';
import type { Obligation } from './obligation.js';
import type { DocumentMoney, ReleaseDocument } from './release-document.js';

/** What became of one pledge. Reasons are left out: they are free text, and stay with their events. */
export interface ClosedPledge {
  /** The supporter's slug. */
  readonly supporter: string;
  readonly instrument: Instrument;
  readonly pledged: DocumentMoney;
  readonly received: DocumentMoney;
  /** The principal that went back. */
  readonly returned: DocumentMoney;
  /** Paid beside the principal. */
  readonly interest: DocumentMoney;
  readonly forgiven: DocumentMoney;
  /** Hours or goods: decimals in the unit. */
  readonly goods?: {
    readonly item: string;
    readonly unit: string;
    readonly pledged: string;
    readonly received: string;
  };
  /** Units that were promised, accepted, and wanted no more. */
  readonly units?: { readonly promised: number; readonly delivered: number; readonly forgiven: number };
  /** As the units, for those that went to others. */
  readonly freeUnits?: { readonly promised: number; readonly delivered: number; readonly forgiven: number };
  /** Pledged, never paid, and waived. */
  readonly waived: DocumentMoney;
  /** The value date of the first payment; null when none came. */
  readonly firstReceivedOn: Day | null;
  /** The value date of the last repayment; null when nothing went back. */
  readonly lastReturnedOn: Day | null;
  readonly endedOn: Day | null;
}

/** How a contract ended: the last obligation was met, and with it all scrutiny. */
export interface DocumentClosing {
  /** The number of the release that every party had accepted. */
  readonly closes: number;
  readonly endedOn: Day;
  readonly pledges: readonly ClosedPledge[];
}

/**
 * The text of the closing release: that of the release in force, word by word, and what came of it. A contract that
 * was terminated stays so.
 * @param slugs of the supporters
 */
export function closingDocument(
  inForce: ReleaseDocument,
  closing: {
    readonly number: number;
    readonly now: Date;
    readonly obligations: readonly Obligation[];
    readonly slugs: ReadonlyMap<Id<'community'>, string>;
  },
): ReleaseDocument {
  const { number, now, obligations, slugs } = closing;
  // The release in force may have amended another one; the closing release amends nothing.
  const { amendment: _amended, ...agreed } = inForce;
  return {
    ...agreed,
    release: number,
    publishedAt: now.toISOString(),
    status: inForce.termination ? 'terminated' : 'completed',
    closing: {
      closes: inForce.termination?.ends ?? inForce.release,
      endedOn: dayOf(now),
      pledges: obligations
        .filter(({ state }) => state === 'active' || state === 'fulfilled')
        .map((obligation) => closed(obligation, slugs.get(obligation.communityId) ?? '')),
    },
  };
}

function closed(obligation: Obligation, supporter: string): ClosedPledge {
  const { currency, payments, events, endedAt } = obligation;
  const money = (amountMinor: bigint): DocumentMoney => ({ amountMinor: amountMinor.toString(), currency });
  const repayments = events.filter(({ kind, isReversed }) => kind === 'repayment' && !isReversed);
  const received = payments.filter(({ isReversed }) => !isReversed).map(({ valueDate }) => valueDate);
  return {
    supporter,
    instrument: obligation.instrument,
    pledged: money(obligation.amountMinor),
    received: money(obligation.receivedMinor),
    returned: money(obligation.repaidMinor),
    interest: money(repayments.reduce((sum, { interestMinor }) => sum + interestMinor, 0n)),
    forgiven: money(obligation.forgivenMinor),
    ...goodsAndUnits(obligation),
    waived: money(obligation.waivedMinor),
    firstReceivedOn: received.sort()[0] ?? null,
    lastReturnedOn:
      repayments
        .map(({ valueDate }) => valueDate)
        .sort()
        .at(-1) ?? null,
    endedOn: endedAt && dayOf(endedAt),
  };
}

function goodsAndUnits(obligation: Obligation): Pick<ClosedPledge, 'goods' | 'units' | 'freeUnits'> {
  const { item, unit, quantityMilli, receivedMilli, units, freeUnits } = obligation;
  return {
    ...(item !== null && {
      goods: {
        item,
        unit: unit ?? '',
        pledged: formatMilli(quantityMilli),
        received: formatMilli(receivedMilli),
      },
    }),
    ...(units > 0 && {
      units: { promised: units, delivered: obligation.unitsDelivered, forgiven: obligation.unitsWaived },
    }),
    ...(freeUnits > 0 && {
      freeUnits: {
        promised: freeUnits,
        delivered: obligation.freeDelivered,
        forgiven: obligation.freeWaived,
      },
    }),
  };
}
