import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Id, type InputCheck } from '#kernel';
import { Idempotency, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from './contract.policy.js';
import { amendmentProblems, withoutAssumed, type AmendmentState } from './domain/amendment.js';
import { partiesOf, type Contract } from './domain/contract.js';
import type { AmendmentChanged } from './domain/events.js';
import { assertPublishable, assertTextPublishable } from './domain/forbidden-clauses.js';
import { assertMoment } from './domain/moment.js';
import type { Terms } from './domain/terms.js';
import { readTermsInput, type TermsGiven } from './domain/terms-input.js';
import { AmendmentRepository } from './persistence/amendment.repository.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ReleaseAnnouncer } from './release-announcer.js';
import { ReleaseComposer } from './release-composer.js';
import { TermsChecker } from './terms-checker.js';
import { requireParty, requireVisible } from './visible.js';

export type ProposeGiven = TermsGiven & {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  readonly releaseNumber: number;
  readonly reason: string;
};

/** Proposing other terms for a published contract: the next release, which nobody has accepted yet. */
@Injectable()
export class AmendmentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly contracts: ContractRepository,
    private readonly amendments: AmendmentRepository,
    private readonly composer: ReleaseComposer,
    private readonly terms: TermsChecker,
    private readonly announcer: ReleaseAnnouncer,
  ) {}

  /**
   * Publishes the next release as a proposal; its text never changes. The release in force stays in force.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`; `CONFLICT` while another proposal is open, or when
   * another release is in force than the one that was seen; `BAD_INPUT` for what an amendment cannot change
   */
  propose(viewer: Viewer, { idempotencyKey: key, ...input }: ProposeGiven): Promise<Id<'contract'>> {
    const read = checkInput((check) => ({
      ...readPlace(check, input),
      terms: readTermsInput(check, input),
      reason: check.text('reason', input.reason, { max: LIMITS.noteCharsMax, name: 'a reason' }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'proposeAmendment', input },
        async () => {
          const { id, communityId, releaseNumber, reason } = read;
          const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
          requireMay(viewer, 'proposeAmendment', communityId);
          requireParty(partiesOf(contract), communityId, 'a party of this contract');
          assertMoment('proposeAmendment', contract, dayOf(tx.now));
          const amends = await this.assertBase(tx, contract, releaseNumber);
          const given = withoutAssumed(contract.terms, read.terms);
          const { fablabId, ...proposed } = given;
          const { licence } = contract.terms;
          const problems = amendmentProblems(contract, { ...proposed, licence }, fablabId);
          if (problems.length > 0) throw DomainError.badInput(problems);
          const terms = await this.terms.checked(
            tx,
            given,
            contract.state === 'active' ? null : dayOf(tx.now),
          );
          assertPublishable(terms);
          assertTextPublishable('reason', reason);
          await this.publish(tx, contract, { amends, terms, reason, communityId, personId: viewer.personId });
          return id;
        },
      ),
    );
  }

  /** @returns the number of the release in force, once it is the one that was seen and nothing else is proposed */
  private async assertBase(tx: Tx, contract: Contract, seen: number): Promise<number> {
    const open = await this.amendments.openNumber(tx, contract.id);
    if (open !== null) {
      throw new DomainError(
        'CONFLICT',
        `Release ${open} is proposed already; please accept or decline it first.`,
        { number: open },
      );
    }
    const current = contract.release?.number ?? null;
    if (current === seen) return current;
    throw new DomainError(
      'CONFLICT',
      `Another release is in force meanwhile: you saw ${seen}, it is ${current}. Please read the contract again.`,
      { seen, current },
    );
  }

  private async publish(
    tx: Tx,
    contract: Contract,
    given: {
      readonly amends: number;
      readonly terms: Terms;
      readonly reason: string;
      readonly communityId: Id<'community'>;
      readonly personId: Id<'person'>;
    },
  ): Promise<void> {
    const { id, ref, state: status, fablabId } = contract;
    const { amends, terms, reason } = given;
    const number = await this.contracts.nextReleaseNumber(tx, id);
    const order = { ref, number, status, fablabId, terms, amendment: { amends, reason } };
    const { canonicalJson, sha256 } = await this.composer.compose(tx, order);
    await this.amendments.propose(tx, { ...given, contractId: id, number, sha256, canonicalJson });
    await this.announcer.announce(tx, contract, { number, sha256 });
    publishChange(tx, contract, { number, state: 'proposed', terms });
  }
}

/** Reads which contract, which party and which release is meant. */
export function readPlace(
  check: InputCheck,
  given: { readonly contractId: string; readonly communityId: string; readonly releaseNumber: number },
): { id: Id<'contract'>; communityId: Id<'community'>; releaseNumber: number } {
  return {
    id: check.id<'contract'>('contractId', given.contractId, 'the contract'),
    communityId: check.id<'community'>('communityId', given.communityId, 'the community'),
    releaseNumber: check.integer('releaseNumber', given.releaseNumber, {
      min: 1,
      max: 2 ** 31 - 1,
      name: 'the number of the release',
    }),
  };
}

/** Tells who follows amendments, and the open pages of the contract. */
export function publishChange(
  tx: Tx,
  { id, ref }: Pick<Contract, 'id' | 'ref'>,
  {
    number,
    state,
    terms,
  }: { readonly number: number; readonly state: AmendmentState; readonly terms: Terms },
): void {
  const amended: AmendmentChanged = {
    type: 'contracting.amendment-changed',
    payload: {
      contractId: id,
      ref,
      number,
      state,
      lines: terms.deliverables.map(({ dueOn }, index) => ({ position: index + 1, dueOn })),
    },
  };
  tx.publish(amended);
  tx.publish({ type: 'contracting.contract-changed', payload: { ref } });
}
