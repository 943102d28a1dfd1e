import { formatMilli, type Currency, type Day, type Money } from '#kernel';
import type { DocumentClosing } from './closing.js';
import type { Instrument, ReturnKind } from './instrument.js';
import type { Offer } from './offer.js';
import type { RepaymentTerms } from './schedule.js';
import type { DocumentTermination } from './settlement-document.js';
import type { Tier } from './terms.js';
import type { Threshold } from './threshold.js';

/** Named inside every document, so that a reader in twenty years knows what it holds. */
export const RELEASE_FORMAT = 'commonwright.release/1';

/** An amount as a public document holds it: a decimal string of minor units, which no JSON reader rounds. */
export interface DocumentMoney {
  readonly amountMinor: string;
  readonly currency: string;
}

/** A community as a party. There is no field for a person anywhere in a document: none can get in. */
export interface DocumentParty {
  readonly role: 'manufacturing' | 'receiving';
  readonly slug: string;
  readonly name: string;
}

export interface DocumentDeliverable {
  /** From 1, in the order of the contract. */
  readonly position: number;
  readonly product: string;
  /** The product version's label, such as `1.2`. */
  readonly version: string;
  readonly versionId: string;
  /** The design's licence. */
  readonly licence: string;
  /** The receiving party's slug. */
  readonly receiver: string;
  readonly tier: Tier;
  readonly quantity: number;
  readonly unitPrice: DocumentMoney;
  readonly dueOn: string;
}

/** A kind of pledge, what is returned for it, and the schedule where one was agreed beside the words. */
export interface DocumentPledge extends Partial<RepaymentTerms> {
  readonly instrument: Instrument;
  readonly return: string;
  /** Where it is not money. */
  readonly returns?: Exclude<ReturnKind, 'money'>;
  readonly premiumShareBasisPoints?: number;
  /** The position of the deliverable that is returned in units, or that is paid for. */
  readonly line?: number;
  readonly freeUnits?: number;
  readonly perUnits?: number;
  /** A decimal: how much of the contribution brings one unit. */
  readonly quantityPerUnit?: string;
  readonly section?: string;
  readonly goods?: string;
  readonly unit?: string;
}

/** Quantities are decimal strings. */
export type DocumentThreshold =
  | ({ readonly kind: 'money' } & DocumentMoney)
  | { readonly kind: 'hours'; readonly section: string; readonly hours: string }
  | { readonly kind: 'material'; readonly name: string; readonly unit: string; readonly quantity: string };

/** That this release was proposed in the place of another one. The first release of a contract amends nothing. */
export interface DocumentAmendment {
  /** The number of the release that was in force when it was proposed. */
  readonly amends: number;
  readonly reason: string;
}

/**
 * The public form of a release: the essential elements of a contract and nothing else. Its canonical JSON
 * (RFC 8785) is what is stored, hashed, accepted by every party, logged and printed.
 */
export interface ReleaseDocument {
  readonly format: typeof RELEASE_FORMAT;
  /** Such as `CSM-2026-0001`. */
  readonly contract: string;
  readonly release: number;
  /** UTC with milliseconds, always 24 characters: `2026-03-02T08:00:00.000Z`. */
  readonly publishedAt: string;
  /** The state of the contract that this release brings about. */
  readonly status: string;
  readonly title: string;
  readonly summary: string;
  readonly parties: readonly DocumentParty[];
  readonly deliverables: readonly DocumentDeliverable[];
  /** What must be pledged, for each kind, by the deadline (its last day included, in UTC). */
  readonly thresholds: readonly DocumentThreshold[];
  readonly deadline: string;
  /** What is pledged and what is returned for it. */
  readonly pledges: readonly DocumentPledge[];
  readonly milestones: readonly { readonly name: string; readonly dueOn: string }[];
  readonly endCondition: string;
  readonly licence: string;
  readonly mediator: string;
  /** Days within which the fablab answers a question. Older releases say none. */
  readonly answerDays?: number;
  readonly amendment?: DocumentAmendment;
  /** Of the release that ends the contract before its time, and of the closing release after it. */
  readonly termination?: DocumentTermination;
  /** Of the release that is published when the last obligation ended, and of no other. */
  readonly closing?: DocumentClosing;
}

/** What the builder needs: terms with the names that ids stand for. */
export interface ReleaseSource {
  readonly ref: string;
  readonly number: number;
  readonly publishedAt: Date;
  readonly status: string;
  readonly title: string;
  readonly summary: string;
  readonly fablab: { readonly slug: string; readonly name: string };
  readonly receivers: readonly { readonly slug: string; readonly name: string }[];
  readonly deliverables: readonly {
    readonly product: string;
    readonly version: string;
    readonly versionId: string;
    readonly licence: string;
    readonly receiver: string;
    readonly tier: Tier;
    readonly quantity: number;
    readonly unitPrice: Money;
    readonly dueOn: Day;
  }[];
  readonly currency: Currency;
  readonly thresholds: readonly Threshold[];
  readonly deadline: Day;
  readonly offers: readonly Offer[];
  readonly endCondition: string;
  readonly mediator: string;
  readonly milestones: readonly { readonly name: string; readonly dueOn: Day }[];
  readonly answerDays?: number;
  readonly amendment?: DocumentAmendment;
}

/** Composes the document. Receivers are put in order of slug, so that equal terms make equal documents. */
export function releaseDocument(source: ReleaseSource): ReleaseDocument {
  const receivers = [...source.receivers].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return {
    format: RELEASE_FORMAT,
    contract: source.ref,
    release: source.number,
    publishedAt: source.publishedAt.toISOString(),
    status: source.status,
    title: source.title,
    summary: source.summary,
    parties: [
      { role: 'manufacturing', slug: source.fablab.slug, name: source.fablab.name },
      ...receivers.map(({ slug, name }) => ({ role: 'receiving' as const, slug, name })),
    ],
    deliverables: source.deliverables.map((line, index) => ({
      position: index + 1,
      product: line.product,
      version: line.version,
      versionId: line.versionId,
      licence: line.licence,
      receiver: line.receiver,
      tier: line.tier,
      quantity: line.quantity,
      unitPrice: documentMoney(line.unitPrice),
      dueOn: line.dueOn,
    })),
    thresholds: source.thresholds.map((each) => documentThreshold(each, source.currency)),
    deadline: source.deadline,
    pledges: source.offers.map(documentPledge),
    milestones: source.milestones.map(({ name, dueOn }) => ({ name, dueOn })),
    endCondition: source.endCondition,
    licence: licenceOf(source.deliverables.map(({ licence }) => licence)),
    mediator: source.mediator,
    ...(source.answerDays !== undefined && { answerDays: source.answerDays }),
    ...(source.amendment && {
      amendment: { amends: source.amendment.amends, reason: source.amendment.reason },
    }),
  };
}

function documentThreshold(threshold: Threshold, currency: Currency): DocumentThreshold {
  switch (threshold.kind) {
    case 'money':
      return { kind: 'money', ...documentMoney({ amountMinor: threshold.amountMinor, currency }) };
    case 'hours':
      return { kind: 'hours', section: threshold.section, hours: formatMilli(threshold.milli) };
    case 'material': {
      const { kind, name, unit, milli } = threshold;
      return { kind, name, unit, quantity: formatMilli(milli) };
    }
  }
}

/** Field by field, so that nothing but these can get into a document. */
function documentPledge({ instrument, words, returns, section, goods }: Offer): DocumentPledge {
  const { kind, repayment, premiumShareBasisPoints, line, freeUnits, perUnits, milliPerUnit } = returns;
  return {
    instrument,
    return: words,
    ...(kind !== 'money' && { returns: kind }),
    ...(repayment && schedule(repayment)),
    ...(premiumShareBasisPoints && { premiumShareBasisPoints }),
    ...(line && { line }),
    ...(freeUnits && { freeUnits, perUnits: perUnits ?? 1 }),
    ...(milliPerUnit && { quantityPerUnit: formatMilli(BigInt(milliPerUnit)) }),
    ...(section && { section }),
    ...(goods && { goods: goods.name, unit: goods.unit }),
  };
}

function schedule(terms: RepaymentTerms): RepaymentTerms {
  const { instalments, firstDueOn, everyMonths, interestBasisPointsPerYear } = terms;
  return { instalments, firstDueOn, everyMonths, interestBasisPointsPerYear };
}

/** The licence of a contract: that of its designs, each named once, in the order in which they come. */
export function licenceOf(licences: readonly string[]): string {
  return [...new Set(licences)].join(', ');
}

function documentMoney({ amountMinor, currency }: Money): DocumentMoney {
  return { amountMinor: amountMinor.toString(), currency };
}

/** The product of each line, as the document names it. */
export function productOf({ deliverables }: Pick<ReleaseDocument, 'deliverables'>): (line: number) => string {
  return (line) => deliverables[line - 1]?.product ?? `line ${line}`;
}
