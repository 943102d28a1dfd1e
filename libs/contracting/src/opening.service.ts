import { Injectable } from '@nestjs/common';
import { LIMITS, checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from './contract.policy.js';
import { assertContractStep, assertDraftRevision, type Contract } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import { assertPublishable } from './domain/forbidden-clauses.js';
import { assertMoment } from './domain/moment.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeSettlement } from './pledge-settlement.js';
import { ReleaseAnnouncer } from './release-announcer.js';
import { ReleaseComposer } from './release-composer.js';
import { requireVisible } from './visible.js';

interface OpenGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly draftRevision: number;
}

interface WithdrawGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly reason: string;
}

/** What the fablab's coordinators decide about a contract: opening it to the public, and withdrawing it. */
@Injectable()
export class OpeningService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly contracts: ContractRepository,
    private readonly composer: ReleaseComposer,
    private readonly settlement: PledgeSettlement,
    private readonly announcer: ReleaseAnnouncer,
  ) {}

  /**
   * Publishes release 1: the text is stored with its hash, and everybody is told, in one transaction.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE`; `CONFLICT` when the draft was changed meanwhile;
   * `BAD_INPUT` that names each forbidden clause
   */
  open(viewer: Viewer, { idempotencyKey: key, ...input }: OpenGiven): Promise<Id<'contract'>> {
    const { id, seen } = checkInput((check) => ({
      id: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      seen: check.integer('draftRevision', input.draftRevision, {
        min: 1,
        max: 2 ** 31 - 1,
        name: 'the revision',
      }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'openContract', input },
        async () => {
          const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
          requireMay(viewer, 'openContract', contract.fablabId);
          assertMoment('openContract', contract, dayOf(tx.now));
          assertDraftRevision(contract, seen);
          assertPublishable(contract.terms);
          await this.publish(tx, contract, viewer);
          return id;
        },
      ),
    );
  }

  /**
   * Ends a contract before it binds anybody; every pledge is voided, and the reason is public.
   * @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` once it is active
   */
  withdraw(viewer: Viewer, { idempotencyKey: key, ...input }: WithdrawGiven): Promise<Id<'contract'>> {
    const { id, reason } = checkInput((check) => ({
      id: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      reason: check.text('reason', input.reason, { max: LIMITS.noteCharsMax, name: 'a reason' }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'withdrawContract', input },
        async () => {
          const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
          requireMay(viewer, 'withdrawContract', contract.fablabId);
          assertMoment('withdrawContract', contract, dayOf(tx.now));
          assertContractStep(contract, 'withdrawn');
          await this.settlement.voidAll(tx, contract, 'withdrawn');
          await this.contracts.withdraw(tx, id, reason);
          tx.publish(changed(contract));
          return id;
        },
      ),
    );
  }

  private async publish(tx: Tx, contract: Contract, viewer: Viewer): Promise<void> {
    assertContractStep(contract, 'open');
    const number = (contract.release?.number ?? 0) + 1;
    const { sha256, canonicalJson } = await this.composer.compose(tx, {
      ...contract,
      number,
      status: 'open',
    });
    await this.contracts.publish(tx, contract, {
      number,
      sha256,
      canonicalJson,
      publishedBy: viewer.personId,
    });
    await this.announcer.announce(tx, contract, { number, sha256 });
    tx.publish(changed(contract));
  }
}

function changed(contract: Contract): ContractChanged {
  return { type: 'contracting.contract-changed', payload: { ref: contract.ref } };
}
