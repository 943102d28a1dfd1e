import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import { Idempotency, UnitOfWork, type Tx, type Viewer } from '#platform';
import { readPublicReason } from '../domain/personal-data.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { RepaymentService } from '../repayment.service.js';
import { requireImporter } from './import-preview.service.js';
import type { ImportDeedRow } from './import.js';
import { ImportRepository } from './persistence/import.repository.js';
import { undoOrder, type UndoStep } from './undo.js';

/** Takes a whole import back: reversals of what it booked, and its proposals withdrawn. */
@Injectable()
export class ImportUndoService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly imports: ImportRepository,
    private readonly obligations: ObligationRepository,
    private readonly repayments: RepaymentService,
  ) {}

  /**
   * All of it or nothing. Undone already, it does nothing more.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` when something depends on it, with what
   */
  async undo(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: { readonly idempotencyKey: string; readonly importId: string; readonly reason: string },
  ): Promise<Id<'import'>> {
    const { importId, reason } = checkInput((check) => ({
      importId: check.id<'import'>('importId', input.importId, 'the import'),
      reason: readPublicReason(check, input.reason),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: 'undoImport', input }, async () => {
        const row = await this.imports.lock(tx, importId);
        if (!row || !viewer.roles.has(row.fablabId)) throw DomainError.notFound('import', importId);
        requireImporter(viewer, row.fablabId);
        if (row.state === 'undone') return importId;
        if (row.state !== 'applied')
          throw new DomainError('INVALID_STATE', `This import is ${row.state}: there is nothing to undo.`);
        const deeds = await this.imports.deedsOf(tx, importId);
        await this.imports.lockContracts(tx, [...new Set(deeds.map(({ contractId }) => contractId))]);
        await this.withdrawProposals(tx, viewer, deeds);
        for (const step of await this.steps(tx, deeds))
          await this.reverse(tx, viewer, step, { importId, reason });
        await this.imports.undo(tx, importId, viewer.personId, reason);
        return importId;
      }),
    );
  }

  private async steps(tx: Tx, deeds: readonly ImportDeedRow[]): Promise<UndoStep[]> {
    const pledges = [...new Set(deeds.flatMap(({ pledgeId }) => (pledgeId ? [pledgeId] : [])))];
    const steps: UndoStep[] = [];
    for (const pledgeId of pledges) {
      const obligation = await this.obligations.ofPledge(tx, pledgeId);
      const own = deeds.filter((deed) => deed.pledgeId === pledgeId);
      if (obligation) steps.push(...undoOrder(obligation, own));
    }
    return steps;
  }

  private async reverse(
    tx: Tx,
    viewer: Viewer,
    step: UndoStep,
    { importId, reason }: { readonly importId: Id<'import'>; readonly reason: string },
  ): Promise<void> {
    const idempotencyKey = `undo-${importId}-${step.row}-${step.kind}`;
    try {
      await this.unitOfWork.joining(tx, () =>
        step.kind === 'payment'
          ? this.repayments.reversePayment(viewer, { idempotencyKey, paymentId: step.id, reason })
          : this.repayments.reverseRepayment(viewer, { idempotencyKey, repaymentId: step.id, reason }),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(
        error.code,
        `Row ${step.row} cannot be taken back: ${error.message} Nothing was undone.`,
        { ...error.details, row: step.row },
      );
    }
  }

  private async withdrawProposals(tx: Tx, viewer: Viewer, deeds: readonly ImportDeedRow[]): Promise<void> {
    for (const { proposalId, row, contractRef } of deeds) {
      const proposal = proposalId && (await this.imports.lockProposal(tx, proposalId));
      if (!proposal || proposal.state === 'declined') continue;
      if (proposal.state === 'confirmed') {
        throw new DomainError(
          'INVALID_STATE',
          `Row ${row} cannot be taken back: the supporter has made it a pledge for ${contractRef}, which is the supporter’s to withdraw. Nothing was undone.`,
          { row },
        );
      }
      await this.imports.endProposal(tx, proposal.id, { state: 'withdrawn', by: viewer.personId });
    }
  }
}
