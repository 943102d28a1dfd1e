import { Injectable } from '@nestjs/common';
import { IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import type { ContractChanged } from '../domain/events.js';
import { PaymentService } from '../payment.service.js';
import { RepaymentService } from '../repayment.service.js';
import { atRow, type ImportRow } from './import.js';
import { ImportRepository } from './persistence/import.repository.js';
import type { PlannedDeed } from './plan.js';

/** Does what a table asks for, by the same use cases as the screens: their roles, rules and bookings hold here too. */
@Injectable()
export class ImportDeeds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly imports: ImportRepository,
    private readonly payments: PaymentService,
    private readonly repayments: RepaymentService,
  ) {}

  /** @throws DomainError of the first row that is refused, with its number */
  async perform(tx: Tx, viewer: Viewer, row: ImportRow, deeds: readonly PlannedDeed[]): Promise<void> {
    for (const deed of deeds) {
      try {
        const madeId = await this.make(tx, viewer, row, deed);
        await this.imports.insertDeed(tx, row.id, { row: deed.row, kind: deed.kind, madeId });
      } catch (error) {
        throw atRow(deed.row, error);
      }
    }
  }

  private async make(tx: Tx, viewer: Viewer, row: ImportRow, deed: PlannedDeed): Promise<string> {
    const { kind, pledgeId, valueDate, amountMinor, currency } = deed;
    if (kind === 'proposal' || !pledgeId || !valueDate) return this.propose(tx, viewer, row, deed);
    const given = {
      // One for each row and deed, so that a repeated import would be one import.
      idempotencyKey: `import-${row.id}-${deed.row}-${kind}`,
      pledgeId,
      amount: { amountMinor, currency },
      valueDate,
    };
    const before = this.ids.next();
    await this.unitOfWork.joining(tx, () =>
      kind === 'payment' ? this.payments.record(viewer, given) : this.repayments.record(viewer, given),
    );
    return this.imports.justMade(tx, kind, { pledgeId, before });
  }

  private async propose(tx: Tx, viewer: Viewer, row: ImportRow, deed: PlannedDeed): Promise<string> {
    const id = this.ids.next<'pledgeProposal'>();
    await this.imports.insertProposal(tx, {
      id,
      contractId: deed.contractId,
      communityId: deed.communityId,
      importId: row.id,
      amountMinor: deed.amountMinor,
      currency: deed.currency,
      proposedBy: viewer.personId,
    });
    const changed: ContractChanged = {
      type: 'contracting.contract-changed',
      payload: { ref: deed.contractRef },
    };
    tx.publish(changed);
    return id;
  }
}
