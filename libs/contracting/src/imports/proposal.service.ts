import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import { Idempotency, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from '../contract.policy.js';
import type { ContractChanged } from '../domain/events.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { PledgeService } from '../pledge.service.js';
import type { ProposalRow } from './persistence/import.rows.js';
import { ImportRepository } from './persistence/import.repository.js';

interface AnswerGiven {
  readonly idempotencyKey: string;
  readonly proposalId: string;
}

/** What a fablab says that a supporter pledged becomes a pledge by the supporter's own yes, and by nothing else. */
@Injectable()
export class ProposalService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly imports: ImportRepository,
    private readonly contracts: ContractRepository,
    private readonly pledges: PledgeService,
  ) {}

  /**
   * Pledges what was proposed, as `makePledge` does; it may activate the contract.
   * @throws DomainError `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` when it was answered, or pledging is over
   */
  confirm(viewer: Viewer, given: AnswerGiven): Promise<Id<'contract'>> {
    return this.answer(viewer, given, 'confirmPledgeProposal', async (tx, proposal) => {
      const { id, contractId, communityId, amountMinor, currency } = proposal;
      const pledgeId = await this.unitOfWork.joining(tx, () =>
        this.pledges.make(viewer, {
          idempotencyKey: `proposal-${id}`,
          contractId,
          communityId,
          amount: { amountMinor, currency },
        }),
      );
      await this.imports.endProposal(tx, id, { state: 'confirmed', by: viewer.personId, pledgeId });
    });
  }

  /** @throws as `confirm` */
  decline(viewer: Viewer, given: AnswerGiven): Promise<Id<'contract'>> {
    return this.answer(viewer, given, 'declinePledgeProposal', async (tx, { id, contractId }) => {
      await this.imports.endProposal(tx, id, { state: 'declined', by: viewer.personId });
      const contract = await this.contracts.lock(tx, contractId);
      const changed: ContractChanged = {
        type: 'contracting.contract-changed',
        payload: { ref: contract?.ref ?? '' },
      };
      tx.publish(changed);
    });
  }

  private answer(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: AnswerGiven,
    operation: string,
    work: (tx: Tx, proposal: ProposalRow) => Promise<void>,
  ): Promise<Id<'contract'>> {
    const id = checkInput((check) =>
      check.id<'pledgeProposal'>('proposalId', input.proposalId, 'the proposed pledge'),
    );
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation, input }, async () => {
        const proposal = await this.imports.lockProposal(tx, id);
        if (!proposal) throw DomainError.notFound('proposed pledge', id);
        requireMay(viewer, 'makePledge', proposal.communityId);
        if (proposal.state !== 'proposed')
          throw new DomainError('INVALID_STATE', `This proposed pledge was ${proposal.state} already.`, {
            state: proposal.state,
          });
        await work(tx, proposal);
        return proposal.contractId;
      }),
    );
  }
}
