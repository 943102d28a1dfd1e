import { LIMITS, type Currency, type Id, type InputCheck } from '#kernel';
import { readRepayment, type RepaymentGiven } from './schedule-input.js';
import { readOffers, readThresholds, type OfferGiven, type ThresholdGiven } from './offer-input.js';
import { TIERS, type DeliverableTerms, type Terms } from './terms.js';

interface MoneyGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Terms as somebody typed them: nothing is known of any value yet. */
export interface TermsGiven {
  readonly fablabId: string;
  readonly receivingCommunityIds: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly currency: string;
  readonly deadline: string;
  /** Money; the same as a threshold of the kind `money`. */
  readonly threshold?: MoneyGiven | null;
  readonly thresholds?: readonly ThresholdGiven[] | null;
  readonly deliverables: readonly {
    readonly productVersionId: string;
    readonly receiverId: string;
    readonly tier: string;
    readonly quantity: number;
    readonly unitPrice: MoneyGiven;
    readonly dueOn: string;
  }[];
  /** With `repayment` the terms of loans, where no offers are given. */
  readonly repaymentTerms?: string | null;
  readonly repayment?: RepaymentGiven | null;
  readonly offers?: readonly OfferGiven[] | null;
  readonly endCondition: string;
  readonly mediator: string;
  readonly milestones: readonly { readonly name: string; readonly dueOn: string }[];
}

export type TermsRead = Omit<Terms, 'licence'> & { readonly fablabId: Id<'community'> };

/** Reads the terms; every problem is put down with its field. */
export function readTermsInput(check: InputCheck, given: TermsGiven): TermsRead {
  const fablabId = check.id<'community'>('fablabId', given.fablabId, 'the fablab');
  const currency = check.currency('currency', given.currency);
  const receivingCommunityIds = readReceivers(check, given.receivingCommunityIds, fablabId);
  return {
    fablabId,
    receivingCommunityIds,
    title: check.text('title', given.title, { max: LIMITS.titleCharsMax, name: 'a title' }),
    summary: check.text('summary', given.summary, { max: LIMITS.summaryCharsMax, name: 'a summary' }),
    currency,
    deadline: check.day('deadline', given.deadline, 'the deadline'),
    ...readThresholds(check, given, currency),
    deliverables: readDeliverables(check, given.deliverables, { receivingCommunityIds, currency }),
    ...(given.offers && given.offers.length > 0
      ? { repaymentTerms: '', offers: readOffers(check, given.offers) }
      : readLoanTerms(check, given)),
    endCondition: check.text('endCondition', given.endCondition, {
      max: LIMITS.summaryCharsMax,
      name: 'the condition that ends the contract',
    }),
    mediator: check.text('mediator', given.mediator, {
      max: LIMITS.titleCharsMax,
      name: 'who mediates a dispute',
    }),
    milestones: check.list(
      'milestones',
      given.milestones,
      { max: LIMITS.deliverablesMax, name: 'milestones' },
      (each, path) => ({
        name: check.text(`${path}.name`, each.name, {
          max: LIMITS.nameCharsMax,
          name: 'a name for the milestone',
        }),
        dueOn: check.day(`${path}.dueOn`, each.dueOn, 'the day of the milestone'),
      }),
    ),
  };
}

/** Terms without offers offer loans of money, as every contract did once. */
function readLoanTerms(
  check: InputCheck,
  given: Pick<TermsGiven, 'repaymentTerms' | 'repayment'>,
): Pick<Terms, 'repaymentTerms' | 'repayment'> {
  const repaymentTerms = check.text('repaymentTerms', given.repaymentTerms, {
    max: LIMITS.summaryCharsMax,
    name: 'the terms of repayment',
  });
  return {
    repaymentTerms,
    ...(given.repayment && { repayment: readRepayment(check, given.repayment, 'repayment') }),
  };
}

function readReceivers(
  check: InputCheck,
  given: readonly string[],
  fablabId: Id<'community'>,
): Id<'community'>[] {
  const limit = { min: 1, max: LIMITS.partiesMax, name: 'receiving communities' };
  const ids = check.list('receivingCommunityIds', given, limit, (id, path) =>
    check.id<'community'>(path, id, 'the receiving community'),
  );
  if (new Set(ids).size < ids.length)
    check.refuse('receivingCommunityIds', 'Each receiving community is named once.');
  if (ids.includes(fablabId))
    check.refuse('receivingCommunityIds', 'The fablab cannot be a receiving community of its own contract.');
  return ids;
}

function readDeliverables(
  check: InputCheck,
  given: TermsGiven['deliverables'],
  context: { readonly receivingCommunityIds: readonly Id<'community'>[]; readonly currency: Currency },
): DeliverableTerms[] {
  const limit = { min: 1, max: LIMITS.deliverablesMax, name: 'deliverables' };
  return check.list('deliverables', given, limit, (line, path) => {
    const receiverId = check.id<'community'>(`${path}.receiverId`, line.receiverId, 'the receiver');
    if (!context.receivingCommunityIds.includes(receiverId))
      check.refuse(`${path}.receiverId`, 'The receiver must be one of the receiving communities.');
    const tier = check.oneOf(`${path}.tier`, line.tier, TIERS);
    const price = check.money(`${path}.unitPrice`, line.unitPrice, {
      zero: true,
      currency: context.currency,
      name: 'the unit price',
    });
    if (tier === 'free' && price.amountMinor !== 0n)
      check.refuse(`${path}.unitPrice`, 'A free unit has a price of zero.');
    return {
      productVersionId: check.id<'productVersion'>(
        `${path}.productVersionId`,
        line.productVersionId,
        'the product version',
      ),
      receiverId,
      tier,
      quantity: check.integer(`${path}.quantity`, line.quantity, {
        min: 1,
        max: LIMITS.quantityMax,
        name: 'the quantity',
      }),
      unitPriceMinor: price.amountMinor,
      dueOn: check.day(`${path}.dueOn`, line.dueOn, 'the day of delivery'),
    };
  });
}
