import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import { publishChange, readPlace } from './amendment.service.js';
import { requireMay } from './contract.policy.js';
import {
  amendmentAgreed,
  assertAmendmentAcceptable,
  assertAmendmentStep,
  assertStillAmendable,
  type Amendment,
} from './domain/amendment.js';
import { partiesOf, type Contract } from './domain/contract.js';
import { assertTextPublishable } from './domain/forbidden-clauses.js';
import { assertMoment, type Deed } from './domain/moment.js';
import { AmendmentRepository } from './persistence/amendment.repository.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { requireParty, requireVisible } from './visible.js';

interface Place {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  readonly releaseNumber: number;
}

/** What the parties say to a proposed release: yes, all of them, or no, one of them. */
@Injectable()
export class AmendmentDecisionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly amendments: AmendmentRepository,
    private readonly settlement: PledgeSettlement,
  ) {}

  /**
   * Kept with the hash, the person, the role and the time. The last acceptance puts the release into force, and may
   * activate an open contract: every party has then accepted the very release in force.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`; `INVALID_STATE` for a proposal that was decided, or that the
   * contract has outgrown; `CONFLICT` for another hash, or a second acceptance
   */
  accept(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: Place & { readonly releaseSha256: string },
  ): Promise<Id<'contract'>> {
    const place = checkInput((check) => {
      if (!/^[0-9a-f]{64}$/.test(input.releaseSha256))
        check.refuse('releaseSha256', 'The hash of the release must be 64 digits from 0 to f.');
      return readPlace(check, input);
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'acceptAmendment', input },
        async () => {
          const { communityId, releaseNumber } = place;
          const { contract, amendment } = await this.load(tx, viewer, 'acceptAmendment', place);
          const acceptance = { communityId, releaseNumber, releaseSha256: input.releaseSha256 };
          assertAmendmentAcceptable(amendment, acceptance);
          assertStillAmendable(contract, amendment);
          const id = this.ids.next<'acceptance'>();
          await this.contracts.accept(tx, contract.id, { ...acceptance, id, personId: viewer.personId });
          await this.applyIfAgreed(tx, contract, { amendment, communityId });
          return contract.id;
        },
      ),
    );
  }

  /**
   * One party's no closes the proposal; the release in force stays. The party that proposed may take it back so.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` for a proposal that was decided
   */
  decline(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: Place & { readonly reason: string },
  ): Promise<Id<'contract'>> {
    const { place, reason } = checkInput((check) => ({
      place: readPlace(check, input),
      reason: check.text('reason', input.reason, { max: LIMITS.noteCharsMax, name: 'a reason' }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'declineAmendment', input },
        async () => {
          const { contract, amendment } = await this.load(tx, viewer, 'declineAmendment', place);
          assertAmendmentStep(amendment, 'declined');
          assertTextPublishable('reason', reason);
          await this.amendments.end(tx, amendment, 'declined', { communityId: place.communityId, reason });
          publishChange(tx, contract, { ...amendment, state: 'declined' });
          return contract.id;
        },
      ),
    );
  }

  private async load(
    tx: Tx,
    viewer: Viewer,
    deed: Deed,
    { id, communityId, releaseNumber }: ReturnType<typeof readPlace>,
  ): Promise<{ readonly contract: Contract; readonly amendment: Amendment }> {
    const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
    requireMay(viewer, deed, communityId);
    requireParty(partiesOf(contract), communityId, 'a party of this contract');
    assertMoment(deed, contract, dayOf(tx.now));
    const amendment = await this.amendments.find(tx, id, releaseNumber);
    if (!amendment) throw DomainError.notFound('proposed release', String(releaseNumber));
    return { contract, amendment };
  }

  private async applyIfAgreed(
    tx: Tx,
    contract: Contract,
    { amendment, communityId }: { readonly amendment: Amendment; readonly communityId: Id<'community'> },
  ): Promise<void> {
    const acceptedBy = [...amendment.acceptedBy, communityId];
    if (!amendmentAgreed(contract, { acceptedBy })) {
      publishChange(tx, contract, { ...amendment, state: 'proposed' });
      return;
    }
    assertAmendmentStep(amendment, 'accepted');
    await this.amendments.end(tx, amendment, 'accepted', { communityId, reason: null });
    await this.amendments.putInForce(tx, amendment);
    publishChange(tx, contract, { ...amendment, state: 'accepted' });
    await this.settlement.activateIfDue(tx, contract.id);
  }
}
