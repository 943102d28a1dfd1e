import { formatMoney, LIMITS, type Currency, type InputCheck } from '#kernel';
import { FORMS, type Form } from './cost-sheet.js';

/** What a unit of a tier costs its receiver. `free`: nothing; `fair`: what the receiver chooses, from a floor on; `premium`: a price. */
export type PriceRule =
  | { readonly tier: 'free' }
  | { readonly tier: 'fair'; readonly floorMinor: bigint; readonly suggestedMinor: bigint }
  | { readonly tier: 'premium'; readonly priceMinor: bigint };

/** The form in which a version is offered in one tier, and what distinguishes it. */
export type TierOffer = PriceRule & {
  readonly form: Form;
  /** Finish, customising, warranty: what this tier has and another has not. */
  readonly distinction: string;
};

/** How a version is offered: at most one offer for each tier. A version of the plan never changes. */
export interface TierPlan {
  readonly currency: Currency;
  readonly offers: readonly TierOffer[];
}

export interface TierPlanGiven {
  readonly currency: string;
  readonly free?: OfferGiven | null;
  readonly fair?: (OfferGiven & { readonly floor: MoneyGiven; readonly suggested: MoneyGiven }) | null;
  readonly premium?: (OfferGiven & { readonly price: MoneyGiven }) | null;
}

interface OfferGiven {
  readonly form: string;
  readonly distinction: string;
}

interface MoneyGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/**
 * Reads a tier plan. A version cannot be offered without a plan for its free or at-cost form: a free offer, or a fair
 * one whose floor is at most the planned cost.
 * @param costOf the planned cost of one unit of a form by its cost sheet; null when the form has none
 */
export function readTierPlan(
  check: InputCheck,
  given: TierPlanGiven,
  costOf: (form: Form) => bigint | null,
): TierPlan {
  const currency = check.currency('currency', given.currency);
  const offers: TierOffer[] = [];
  if (given.free) offers.push({ tier: 'free', ...readOffer(check, 'free', given.free, costOf) });
  if (given.fair) offers.push(readFair(check, given.fair, currency, costOf));
  if (given.premium)
    offers.push({
      tier: 'premium',
      ...readOffer(check, 'premium', given.premium, costOf),
      priceMinor: check.money('premium.price', given.premium.price, { currency, name: 'the premium price' })
        .amountMinor,
    });
  if (!offers.some((offer) => isAtCost(offer, costOf)))
    check.refuse(
      'free',
      'A version is offered only with a free form, or a fair one whose floor is at most its cost. Please plan one of them.',
    );
  return { currency, offers };
}

/** True for what nobody has to pay more for than it costs. */
export function isAtCost(offer: TierOffer, costOf: (form: Form) => bigint | null): boolean {
  if (offer.tier === 'free') return true;
  return offer.tier === 'fair' && offer.floorMinor <= (costOf(offer.form) ?? 0n);
}

function readFair(
  check: InputCheck,
  given: NonNullable<TierPlanGiven['fair']>,
  currency: Currency,
  costOf: (form: Form) => bigint | null,
): TierOffer {
  const floor = check.money('fair.floor', given.floor, { zero: true, currency, name: 'the floor' });
  const suggested = check.money('fair.suggested', given.suggested, {
    currency,
    name: 'the suggested amount',
  });
  if (suggested.amountMinor < floor.amountMinor)
    check.refuse('fair.suggested', `The suggested amount is below the floor of ${formatMoney(floor)}.`);
  return {
    tier: 'fair',
    ...readOffer(check, 'fair', given, costOf),
    floorMinor: floor.amountMinor,
    suggestedMinor: suggested.amountMinor,
  };
}

function readOffer(
  check: InputCheck,
  field: string,
  given: OfferGiven,
  costOf: (form: Form) => bigint | null,
): { form: Form; distinction: string } {
  const form = check.oneOf(`${field}.form`, given.form, FORMS);
  if (costOf(form) === null)
    check.refuse(`${field}.form`, `The form “${form}” has no cost sheet yet. Please add one first.`);
  return {
    form,
    distinction: check.text(`${field}.distinction`, given.distinction, {
      max: LIMITS.summaryCharsMax,
      name: 'what distinguishes this form',
    }),
  };
}
