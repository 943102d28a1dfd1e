import { LIMITS, formatMoney, type Currency, type Day, type Id, type InputCheck } from '#kernel';

/** An order as somebody typed it. */
export interface OrderGiven {
  readonly productVersionId: string;
  readonly tier: string;
  readonly quantity: number;
  readonly currency: string;
  /** Of a fair order: what the buyer chooses to pay for one unit. */
  readonly unitPrice?: { readonly amountMinor: bigint; readonly currency: string } | null;
  readonly dueOn: string;
  /** A community, or else the person below. */
  readonly communityId?: string | null;
  readonly buyer?: { readonly name: string; readonly email: string; readonly address: string } | null;
  /** Of an order without an account: a random word of the buyer's browser, which opens the order's page. */
  readonly accessWord?: string | null;
}

export const SOLD_TIERS = ['fair', 'premium'] as const;
export type SoldTier = (typeof SOLD_TIERS)[number];

export interface OrderRead {
  readonly productVersionId: Id<'productVersion'>;
  readonly tier: SoldTier;
  readonly quantity: number;
  readonly currency: Currency;
  readonly unitPriceMinor: bigint | null;
  readonly dueOn: Day;
  readonly communityId: Id<'community'> | null;
  readonly buyer: { readonly name: string; readonly email: string; readonly address: string } | null;
  readonly accessWord: string | null;
}

/** 128 bits in base64url. */
const ACCESS_WORD = /^[A-Za-z0-9_-]{22,86}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Reads an order; every problem is put down with its field. */
export function readOrder(check: InputCheck, given: OrderGiven): OrderRead {
  const currency = check.currency('currency', given.currency);
  const tier = check.oneOf('tier', given.tier, SOLD_TIERS);
  const communityId = given.communityId
    ? check.id<'community'>('communityId', given.communityId, 'the community')
    : null;
  return {
    productVersionId: check.id<'productVersion'>(
      'productVersionId',
      given.productVersionId,
      'the product version',
    ),
    tier,
    quantity: check.integer('quantity', given.quantity, {
      min: 1,
      max: LIMITS.quantityMax,
      name: 'the quantity',
    }),
    currency,
    unitPriceMinor:
      tier === 'fair'
        ? check.money('unitPrice', given.unitPrice, { zero: true, currency, name: 'what you pay for one' })
            .amountMinor
        : null,
    dueOn: check.day('dueOn', given.dueOn, 'the day by which it is wanted'),
    communityId,
    ...(communityId ? { buyer: null, accessWord: null } : readBuyer(check, given)),
  };
}

function readBuyer(check: InputCheck, given: OrderGiven): Pick<OrderRead, 'buyer' | 'accessWord'> {
  const { buyer } = given;
  const email = check.text('buyer.email', buyer?.email, {
    max: LIMITS.emailCharsMax,
    name: 'a mail address',
  });
  if (email !== '' && !EMAIL.test(email)) check.refuse('buyer.email', 'This is not a mail address.');
  if (!ACCESS_WORD.test(given.accessWord ?? ''))
    check.refuse(
      'accessWord',
      'The access word must be at least 22 letters, digits, hyphens or underscores.',
    );
  return {
    accessWord: given.accessWord ?? null,
    buyer: {
      name: check.text('buyer.name', buyer?.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
      email,
      address: check.text('buyer.address', buyer?.address, {
        min: 0,
        max: LIMITS.noteCharsMax,
        name: 'the address',
      }),
    },
  };
}

/**
 * The price of one unit.
 * @param offer of the tier that was ordered
 */
export function unitPriceOf(
  check: InputCheck,
  order: Pick<OrderRead, 'unitPriceMinor' | 'currency'>,
  offer:
    | { readonly tier: 'free' }
    | { readonly tier: 'fair'; readonly floorMinor: bigint }
    | { readonly tier: 'premium'; readonly priceMinor: bigint },
): bigint {
  if (offer.tier === 'premium') return offer.priceMinor;
  const price = order.unitPriceMinor ?? 0n;
  if (offer.tier === 'fair' && price < offer.floorMinor) {
    const floor = formatMoney({ amountMinor: offer.floorMinor, currency: order.currency });
    check.refuse(
      'unitPrice',
      `A fair unit costs at least ${floor}. If that is too much, ask for a free one.`,
    );
  }
  return price;
}
