import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, requireRole, type Viewer } from '#platform';
import { requireMayForSome } from './contract.policy.js';
import { assertDraftRevision } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import { assertMoment } from './domain/moment.js';
import { readTermsInput, type TermsGiven } from './domain/terms-input.js';
import { ContractOrigins } from './needs/contract-origins.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { TermsChecker } from './terms-checker.js';
import { requireVisible } from './visible.js';

/** Negotiating: what parties do with a contract before anybody else sees it. */
@Injectable()
export class DraftService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly terms: TermsChecker,
    private readonly origins: ContractOrigins,
  ) {}

  /**
   * A coordinator of the fablab writes the first draft; it gets its ref. It may start from a need that the fablab has
   * said it can meet.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` for a community, version or need that does not exist,
   * `INVALID_STATE` for a need that is off the board or without such an answer, `KEY_REUSED`
   */
  draft(
    viewer: Viewer,
    given: TermsGiven & { readonly idempotencyKey: string; readonly needId?: string | null },
  ): Promise<Id<'contract'>> {
    const { idempotencyKey: key, ...input } = given;
    const { needId, read } = checkInput((check) => ({
      needId: input.needId ? check.id<'need'>('needId', input.needId, 'the need') : null,
      read: readTermsInput(check, input),
    }));
    requireRole(viewer, read.fablabId, ['coordinator'], 'draft contracts for it');
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'draftContract', input },
        async () => {
          const terms = await this.terms.checked(tx, read, dayOf(tx.now));
          const id = this.ids.next<'contract'>();
          await this.contracts.insert(tx, { id, fablabId: read.fablabId, terms, draftedBy: viewer.personId });
          if (needId) await this.origins.startFromNeed(tx, { ...read, contractId: id, needId });
          return id;
        },
      ),
    );
  }

  /**
   * A coordinator of any party changes the draft that it has seen. The fablab stays; the receivers may change.
   * @throws DomainError `CONFLICT` when the draft was changed meanwhile, `INVALID_STATE` once it was opened, and as `draft`
   */
  update(
    viewer: Viewer,
    given: TermsGiven & { readonly contractId: string; readonly draftRevision: number },
  ): Promise<Id<'contract'>> {
    const { read, id, seen } = checkInput((check) => ({
      read: readTermsInput(check, given),
      id: check.id<'contract'>('contractId', given.contractId, 'the contract'),
      seen: check.integer('draftRevision', given.draftRevision, {
        min: 1,
        max: 2 ** 31 - 1,
        name: 'the revision',
      }),
    }));
    return this.unitOfWork.run(async (tx) => {
      const contract = requireVisible(await this.contracts.lock(tx, id), id, viewer);
      requireMayForSome(viewer, 'updateDraft', contract);
      assertMoment('updateDraft', contract, dayOf(tx.now));
      assertDraftRevision(contract, seen);
      if (read.fablabId !== contract.fablabId) {
        throw refused(
          'fablabId',
          'A contract keeps its fablab. Please draft another contract with the other one.',
        );
      }
      await this.contracts.updateTerms(
        tx,
        contract,
        await this.terms.checked(tx, read, dayOf(tx.now)),
        viewer.personId,
      );
      const changed: ContractChanged = {
        type: 'contracting.contract-changed',
        payload: { ref: contract.ref },
      };
      tx.publish(changed);
      return id;
    });
  }
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
