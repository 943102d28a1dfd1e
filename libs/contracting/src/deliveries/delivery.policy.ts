import { DomainError, type Id } from '#kernel';
import { hasRole, requireRole, type Role, type Viewer } from '#platform';
import type { ContractState } from '../domain/contract.js';

/** What is done about deliveries and sales of an active contract. */
export const DELIVERY_DEEDS = ['recordDelivery', 'recordPremiumSales', 'answerDelivery'] as const;
export type DeliveryDeed = (typeof DELIVERY_DEEDS)[number];

const RULES: Readonly<Record<DeliveryDeed, { readonly roles: readonly Role[]; readonly what: string }>> = {
  recordDelivery: { roles: ['coordinator'], what: 'record deliveries' },
  recordPremiumSales: { roles: ['coordinator', 'treasurer'], what: 'record premium sales' },
  answerDelivery: { roles: ['coordinator'], what: 'accept or refuse deliveries' },
};

interface Place {
  readonly ref: string;
  readonly state: ContractState;
}

/** @throws DomainError `FORBIDDEN`; `INVALID_STATE` unless the contract is active */
export function requireDelivery(
  viewer: Viewer,
  deed: DeliveryDeed,
  communityId: Id<'community'>,
  contract: Place,
): void {
  const { roles, what } = RULES[deed];
  requireRole(viewer, communityId, roles, what);
  if (contract.state === 'active') return;
  throw new DomainError(
    'INVALID_STATE',
    `The contract ${contract.ref} is ${contract.state}; units are delivered and sold for it only while it is active.`,
    { state: contract.state },
  );
}

/** Could this viewer do it for the community now? */
export function mayDeliver(
  viewer: Viewer | null,
  deed: DeliveryDeed,
  communityId: Id<'community'>,
  state: ContractState,
): boolean {
  return viewer !== null && state === 'active' && hasRole(viewer, communityId, ...RULES[deed].roles);
}
