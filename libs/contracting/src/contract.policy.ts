import type { Day, Id } from '#kernel';
import { hasRole, requireRole, type Role, type Viewer } from '#platform';
import { partiesOf } from './domain/contract.js';
import { DEEDS, isMoment, type Deed, type MomentFacts } from './domain/moment.js';

/** Which roles do what, as data: use cases refuse by it, and `viewerCan` shows buttons by it. */
export const ROLES_FOR: Readonly<Record<Deed, { readonly roles: readonly Role[]; readonly what: string }>> = {
  updateDraft: { roles: ['coordinator'], what: 'change the draft of this contract' },
  openContract: { roles: ['coordinator'], what: 'open this contract' },
  acceptRelease: { roles: ['coordinator'], what: 'accept a release for it' },
  makePledge: { roles: ['coordinator', 'treasurer'], what: 'pledge for it' },
  withdrawPledge: { roles: ['coordinator', 'treasurer'], what: 'withdraw its pledges' },
  recordPayment: { roles: ['coordinator', 'treasurer'], what: 'record payments' },
  withdrawContract: { roles: ['coordinator'], what: 'withdraw this contract' },
  proposeAmendment: { roles: ['coordinator'], what: 'propose an amendment for it' },
  acceptAmendment: { roles: ['coordinator'], what: 'accept an amendment for it' },
  declineAmendment: { roles: ['coordinator'], what: 'decline an amendment for it' },
  proposeTermination: { roles: ['coordinator'], what: 'propose the termination of a contract for it' },
  acceptTermination: { roles: ['coordinator'], what: 'accept the termination of a contract for it' },
  declineTermination: { roles: ['coordinator'], what: 'decline the termination of a contract for it' },
  withdrawTermination: { roles: ['coordinator'], what: 'withdraw its proposal' },
};

/** What decides about the buttons: read with every contract, so that a list asks nothing more. */
export interface ContractFacts extends MomentFacts {
  readonly fablabId: Id<'community'>;
  readonly receivingCommunityIds: readonly Id<'community'>[];
  /** Parties that accepted the release in force. */
  readonly acceptedBy: readonly Id<'community'>[];
  /** Communities with a pledge that is not binding yet. */
  readonly pledgedBy: readonly Id<'community'>[];
  readonly hasBindingPledges: boolean;
  /** The number of the release that is proposed; null while nothing is. */
  readonly proposedRelease: number | null;
  /** Parties that accepted it. */
  readonly proposalAcceptedBy: readonly Id<'community'>[];
  /** The party that proposed a termination that is not decided; null while nothing is proposed. */
  readonly terminationProposedBy: Id<'community'> | null;
  /** Whose yes it takes, and who has said it. */
  readonly terminationAsked: readonly Id<'community'>[];
  readonly terminationAcceptedBy: readonly Id<'community'>[];
}

/** For which communities a deed can be done now; whoever has the role in one of them may do it. */
function communitiesFor(deed: Deed, facts: ContractFacts): readonly Id<'community'>[] {
  switch (deed) {
    case 'updateDraft':
      return partiesOf(facts);
    case 'acceptRelease':
      return partiesOf(facts).filter((party) => !facts.acceptedBy.includes(party));
    case 'makePledge':
      return facts.receivingCommunityIds;
    case 'withdrawPledge':
      return facts.pledgedBy;
    case 'recordPayment':
      return facts.hasBindingPledges ? [facts.fablabId] : [];
    case 'proposeAmendment':
      return facts.proposedRelease === null ? partiesOf(facts) : [];
    case 'acceptAmendment':
      return facts.proposedRelease === null
        ? []
        : partiesOf(facts).filter((party) => !facts.proposalAcceptedBy.includes(party));
    case 'declineAmendment':
      return facts.proposedRelease === null ? [] : partiesOf(facts);
    case 'proposeTermination':
      return facts.terminationProposedBy === null ? partiesOf(facts) : [];
    case 'acceptTermination':
      return facts.terminationAsked.filter((each) => !facts.terminationAcceptedBy.includes(each));
    case 'declineTermination':
      return facts.terminationAsked.filter((each) => each !== facts.terminationProposedBy);
    case 'withdrawTermination':
      return facts.terminationProposedBy === null ? [] : [facts.terminationProposedBy];
    case 'openContract':
    case 'withdrawContract':
      return [facts.fablabId];
  }
}

/** The mutations that this viewer could call on the contract today. */
export function viewerCan(viewer: Viewer | null, facts: ContractFacts, today: Day): Deed[] {
  if (!viewer || viewer.roles.size === 0) return [];
  return DEEDS.filter(
    (deed) =>
      isMoment(deed, facts, today) &&
      communitiesFor(deed, facts).some((community) => hasRole(viewer, community, ...ROLES_FOR[deed].roles)),
  );
}

/** @throws DomainError `UNAUTHENTICATED` or `FORBIDDEN` */
export function requireMay(viewer: Viewer, deed: Deed, communityId: Id<'community'>): void {
  requireRole(viewer, communityId, ROLES_FOR[deed].roles, ROLES_FOR[deed].what);
}

/** For deeds of any party: the first community in which the viewer has the role. @throws as `requireMay` */
export function requireMayForSome(
  viewer: Viewer,
  deed: Deed,
  contract: Pick<ContractFacts, 'fablabId' | 'receivingCommunityIds'>,
): void {
  const { roles } = ROLES_FOR[deed];
  if (partiesOf(contract).some((party) => hasRole(viewer, party, ...roles))) return;
  requireMay(viewer, deed, contract.fablabId);
}
