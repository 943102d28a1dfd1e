import type { DomainEvent, Id } from '#kernel';

/** A sale is paid, and the fair pool adds what it lacks: its units are to be made or taken from stock. */
export type SaleReady = DomainEvent<
  'freemium.sale-ready',
  {
    saleId: Id<'sale'>;
    ref: string;
    fablabId: Id<'community'>;
    productVersionId: Id<'productVersion'>;
    tier: 'fair' | 'premium';
    quantity: number;
    dueOn: string;
  }
>;

/** A payment came in. Contracts with a percentage of premium sales as their schedule listen to it. */
export type SalePaid = DomainEvent<
  'freemium.sale-paid',
  {
    saleId: Id<'sale'>;
    ref: string;
    fablabId: Id<'community'>;
    productId: Id<'product'>;
    productVersionId: Id<'productVersion'>;
    tier: 'fair' | 'premium';
    amountMinor: string;
    currency: string;
    valueDate: string;
  }
>;

/** A sale was cancelled or its units came back: what was queued for it is wanted no more. */
export type SaleReversed = DomainEvent<
  'freemium.sale-reversed',
  {
    saleId: Id<'sale'>;
    ref: string;
    fablabId: Id<'community'>;
    amountMinor: string;
    currency: string;
    reason: string;
  }
>;

/** The pool holds the cost of a free unit, and the request was chosen: one unit is to be made. */
export type GrantMade = DomainEvent<
  'freemium.grant-made',
  {
    grantId: Id<'unitGrant'>;
    ref: string;
    fablabId: Id<'community'>;
    productVersionId: Id<'productVersion'>;
    communityId: Id<'community'> | null;
  }
>;

/** A free unit was handed over. */
export type GrantDelivered = DomainEvent<
  'freemium.grant-delivered',
  {
    grantId: Id<'unitGrant'>;
    ref: string;
    productVersionId: Id<'productVersion'>;
    communityId: Id<'community'> | null;
    /** Communities whose premium sales paid for it, the largest part first. */
    paidByCommunityIds: readonly Id<'community'>[];
  }
>;

/** Something waits that a pool can pay for: granting goes on in its own transaction. */
export type GrantsDue = DomainEvent<'freemium.grants-due', { productId: Id<'product'>; currency: string }>;

/** A split or list rule was published: a leaf of the public log. */
export type RulePublished = DomainEvent<
  'freemium.rule-published',
  { kind: 'split' | 'list'; productId: Id<'product'>; number: number }
>;

export type FreemiumEvent =
  SaleReady | SalePaid | SaleReversed | GrantMade | GrantDelivered | GrantsDue | RulePublished;
