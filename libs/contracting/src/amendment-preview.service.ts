import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf } from '#kernel';
import { UnitOfWork, type Viewer } from '#platform';
import { requireMayForSome } from './contract.policy.js';
import { amendmentProblems, withoutAssumed } from './domain/amendment.js';
import { assertPublishable } from './domain/forbidden-clauses.js';
import { assertMoment } from './domain/moment.js';
import { releaseDifference, type ReleaseChange } from './domain/release-difference.js';
import type { ReleaseDocument } from './domain/release-document.js';
import { readTermsInput, type TermsGiven } from './domain/terms-input.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';
import { ReleaseComposer } from './release-composer.js';
import { TermsChecker } from './terms-checker.js';
import { requireVisible } from './visible.js';

/** What an amendment would change, told while it is being written. It writes nothing. */
@Injectable()
export class AmendmentPreviewService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly composer: ReleaseComposer,
    private readonly terms: TermsChecker,
  ) {}

  /**
   * The same differences that everybody will read once it is proposed.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`; `BAD_INPUT` for what an amendment cannot change
   */
  changes(
    viewer: Viewer,
    input: TermsGiven & { readonly contractId: string },
  ): Promise<readonly ReleaseChange[]> {
    const { id, given } = checkInput((check) => ({
      id: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      given: readTermsInput(check, input),
    }));
    return this.unitOfWork.run(async (tx) => {
      const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
      requireMayForSome(viewer, 'proposeAmendment', contract);
      assertMoment('proposeAmendment', contract, dayOf(tx.now));
      const read = withoutAssumed(contract.terms, given);
      const { fablabId, ...proposed } = read;
      const { licence } = contract.terms;
      const problems = amendmentProblems(contract, { ...proposed, licence }, fablabId);
      if (problems.length > 0) throw DomainError.badInput(problems);
      const today = contract.state === 'active' ? null : dayOf(tx.now);
      const terms = await this.terms.checked(tx, read, today);
      assertPublishable(terms);
      const number = contract.release?.number ?? 0;
      const inForce = await this.obligations.releaseText(tx, id, number);
      if (inForce === null) throw new Error(`The release in force of ${contract.ref} is missing.`);
      const order = { ...contract, number: number + 1, status: contract.state, fablabId, terms };
      const { canonicalJson } = await this.composer.compose(tx, order);
      return releaseDifference(
        JSON.parse(inForce) as ReleaseDocument,
        JSON.parse(canonicalJson) as ReleaseDocument,
      );
    });
  }
}
