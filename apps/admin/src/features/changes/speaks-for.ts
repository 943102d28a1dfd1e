import type { ContractDetailsFragment } from '~/generated/graphql';
import { communitiesOf, type OwnCommunity, type Viewer } from '~/features/identity/use-viewer';
import { partiesOf } from '~/features/contracting/parties';

/** The parties of a contract that this person coordinates. */
export function coordinatedParties(
  viewer: Viewer | null | undefined,
  contract: ContractDetailsFragment,
): OwnCommunity[] {
  const parties = new Set(partiesOf(contract).map((party) => party.id));
  return communitiesOf(viewer, 'coordinator').filter((own) => parties.has(own.id));
}
