import { DomainError } from '#kernel';
import { isMember, type Viewer } from '#platform';
import { partiesOf, type Contract } from './domain/contract.js';

/**
 * The contract, if this viewer may know of it: anything published, and drafts of the viewer's own communities.
 * @throws DomainError `NOT_FOUND` alike for what does not exist and for what is not the viewer's to see
 */
export function requireVisible(contract: Contract | null, id: string, viewer: Viewer): Contract {
  if (contract && (contract.release !== null || partiesOf(contract).some((party) => isMember(viewer, party))))
    return contract;
  throw DomainError.notFound('contract', id);
}

/**
 * Somebody who may speak for a community still cannot speak for it where it is not concerned.
 * @param what completes «This community is not …»
 * @throws DomainError `FORBIDDEN`
 */
export function requireParty(parties: readonly string[], communityId: string, what: string): void {
  if (!parties.includes(communityId)) throw DomainError.forbidden(`This community is not ${what}.`);
}
