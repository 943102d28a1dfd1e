import type { ContractDetailsFragment, ContractLineFragment } from '~/generated/graphql';
import { communitiesOf, type OwnCommunity, type Viewer } from '~/features/identity/use-viewer';

/** The fablab first, then those who receive. */
export function partiesOf(contract: ContractLineFragment): readonly ContractLineFragment['fablab'][] {
  return [contract.fablab, ...contract.receivingCommunities];
}

export function acceptanceOf(contract: ContractDetailsFragment, communityId: string) {
  return contract.acceptances.find(
    (each) => each.community.id === communityId && each.releaseNumber === contract.currentRelease?.number,
  );
}

/** The parties for which this person can accept the current release, and that have not accepted it. */
export function mayAcceptFor(
  viewer: Viewer | null | undefined,
  contract: ContractDetailsFragment,
): OwnCommunity[] {
  if (!contract.viewerCan.includes('acceptRelease')) return [];
  const parties = new Set(partiesOf(contract).map((party) => party.id));
  return communitiesOf(viewer, 'coordinator').filter(
    (own) => parties.has(own.id) && !acceptanceOf(contract, own.id),
  );
}

/** The receiving communities that this person can pledge for. */
export function mayPledgeFor(
  viewer: Viewer | null | undefined,
  contract: ContractLineFragment,
): OwnCommunity[] {
  if (!contract.viewerCan.includes('makePledge')) return [];
  const receivers = new Set(contract.receivingCommunities.map((community) => community.id));
  return communitiesOf(viewer, 'coordinator', 'treasurer').filter((own) => receivers.has(own.id));
}
