import { Injectable } from '@nestjs/common';
import { checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Viewer } from '#platform';
import { requireMay } from './contract.policy.js';
import { assertAcceptable, partiesOf } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import { assertMoment } from './domain/moment.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { requireParty, requireVisible } from './visible.js';

interface AcceptGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  readonly releaseNumber: number;
  readonly releaseSha256: string;
}

/** A party says yes to the very release that it has read. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly settlement: PledgeSettlement,
  ) {}

  /**
   * Kept with the hash, the person, the role and the time. The last acceptance may activate the contract.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`; `CONFLICT` for another release than the one in
   * force, or a second acceptance
   */
  accept(viewer: Viewer, { idempotencyKey: key, ...input }: AcceptGiven): Promise<Id<'contract'>> {
    const { id, acceptance } = checkInput((check) => {
      if (!/^[0-9a-f]{64}$/.test(input.releaseSha256))
        check.refuse('releaseSha256', 'The hash of the release must be 64 digits from 0 to f.');
      return {
        id: check.id<'contract'>('contractId', input.contractId, 'the contract'),
        acceptance: {
          communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
          releaseNumber: check.integer('releaseNumber', input.releaseNumber, {
            min: 1,
            max: 2 ** 31 - 1,
            name: 'the number of the release',
          }),
          releaseSha256: input.releaseSha256,
        },
      };
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'acceptRelease', input },
        async () => {
          const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
          requireMay(viewer, 'acceptRelease', acceptance.communityId);
          requireParty(partiesOf(contract), acceptance.communityId, 'a party of this contract');
          assertMoment('acceptRelease', contract, dayOf(tx.now));
          assertAcceptable(contract, acceptance);
          await this.contracts.accept(tx, id, {
            ...acceptance,
            id: this.ids.next(),
            personId: viewer.personId,
          });
          await this.settlement.activateIfDue(tx, id);
          const changed: ContractChanged = {
            type: 'contracting.contract-changed',
            payload: { ref: contract.ref },
          };
          tx.publish(changed);
          return id;
        },
      ),
    );
  }
}
