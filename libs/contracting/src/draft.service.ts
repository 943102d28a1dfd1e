import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id, type Problem } from '#kernel';
import { CatalogueService } from '#catalogue';
import { CommunityDirectory } from '#identity';
import { Idempotency, IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import { requireMayForSome } from './contract.policy.js';
import { assertDraftRevision } from './domain/contract.js';
import type { ContractChanged } from './domain/events.js';
import { assertMoment } from './domain/moment.js';
import { licenceOf } from './domain/release-document.js';
import type { Terms } from './domain/terms.js';
import { readTermsInput, type TermsGiven, type TermsRead } from './domain/terms-input.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { requireVisible } from './visible.js';

/** Negotiating: what parties do with a contract before anybody else sees it. */
@Injectable()
export class DraftService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly communities: CommunityDirectory,
    private readonly catalogue: CatalogueService,
  ) {}

  /**
   * A coordinator of the fablab writes the first draft; it gets its ref.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` for a community or version that does not exist, `KEY_REUSED`
   */
  draft(viewer: Viewer, given: TermsGiven & { readonly idempotencyKey: string }): Promise<Id<'contract'>> {
    const { idempotencyKey: key, ...input } = given;
    const read = checkInput((check) => readTermsInput(check, input));
    requireRole(viewer, read.fablabId, ['coordinator'], 'draft contracts for it');
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'draftContract', input },
        async () => {
          const terms = await this.checkedTerms(tx, read);
          const id = this.ids.next<'contract'>();
          await this.contracts.insert(tx, { id, fablabId: read.fablabId, terms, draftedBy: viewer.personId });
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
      await this.contracts.updateTerms(tx, contract, await this.checkedTerms(tx, read), viewer.personId);
      const changed: ContractChanged = {
        type: 'contracting.contract-changed',
        payload: { ref: contract.ref },
      };
      tx.publish(changed);
      return id;
    });
  }

  /** Looks at what the ids stand for. */
  private async checkedTerms(tx: Tx, { fablabId, ...read }: TermsRead): Promise<Terms> {
    const problems: Problem[] = [];
    if (read.deadline < dayOf(tx.now))
      problems.push({ field: 'deadline', message: 'The deadline must not have passed already.' });
    const [fablab, ...receivers] = await this.communities.requireInTx(tx, [
      fablabId,
      ...read.receivingCommunityIds,
    ]);
    if (!fablab?.manufactures)
      problems.push({
        field: 'fablabId',
        message: `${fablab?.name ?? 'This community'} does not manufacture.`,
      });
    for (const [index, receiver] of receivers.entries())
      if (!receiver.receives)
        problems.push({
          field: `receivingCommunityIds.${index}`,
          message: `${receiver.name} does not receive.`,
        });
    const wanted = [...new Set(read.deliverables.map(({ productVersionId }) => productVersionId))];
    const versions = new Map(
      (await this.catalogue.versionSummariesByIds(wanted)).map((each) => [each.id, each]),
    );
    for (const [index, { productVersionId }] of read.deliverables.entries()) {
      const version = versions.get(productVersionId);
      const field = `deliverables.${index}.productVersionId`;
      if (!version) problems.push({ field, message: 'There is no such product version.' });
      else if (version.fablabId !== fablabId)
        problems.push({ field, message: `${version.productName} is not made by this fablab.` });
    }
    if (problems.length > 0) throw DomainError.badInput(problems);
    const licences = read.deliverables.map((line) => versions.get(line.productVersionId)?.licence ?? '');
    return { ...read, licence: licenceOf(licences) };
  }
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
