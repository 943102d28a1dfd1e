import { Injectable } from '@nestjs/common';
import { dayOf } from '#kernel';
import { IdSource, type Tx, type Viewer } from '#platform';
import { allotUnits, type Allotment } from '../domain/allocation.js';
import type { Contract } from '../domain/contract.js';
import type { Obligation } from '../domain/obligation.js';
import { ObligationBooks } from '../obligation-books.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';

/** Lets accepted units count for pledges, in the transaction of whatever made them countable. The contract is locked. */
@Injectable()
export class UnitAllocation {
  constructor(
    private readonly ids: IdSource,
    private readonly deliveries: DeliveryRepository,
    private readonly obligations: ObligationRepository,
    private readonly books: ObligationBooks,
  ) {}

  /** Units may be accepted before the money for them comes, so payments lead here as deliveries do. */
  async run(tx: Tx, contract: Contract, viewer: Pick<Viewer, 'personId'>): Promise<void> {
    const available = await this.deliveries.available(tx, contract);
    if (available.length === 0) return;
    const binding = (await this.obligations.ofContract(tx, contract.id)).filter(
      ({ state }) => state === 'active',
    );
    for (const allotment of allotUnits(available, binding)) {
      const obligation = binding.find(({ pledgeId }) => pledgeId === allotment.pledgeId);
      if (obligation) await this.count(tx, contract, obligation, { allotment, viewer });
    }
  }

  private async count(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    { allotment, viewer }: { readonly allotment: Allotment; readonly viewer: Pick<Viewer, 'personId'> },
  ): Promise<void> {
    const id = this.ids.next<'obligationEvent'>();
    const { kind, line, units } = allotment;
    const amountMinor = kind === 'units' ? BigInt(units) * obligation.unitPriceMinor : 0n;
    const transferId =
      amountMinor > 0n
        ? await this.books.redeem(tx, contract, obligation, { id, amountMinor, units })
        : undefined;
    await this.obligations.insert(tx, obligation, {
      id,
      kind,
      amountMinor,
      units,
      ...(kind === 'free-units' && { line }),
      valueDate: dayOf(tx.now),
      ...(transferId && { transferId }),
      recordedBy: viewer.personId,
    });
  }
}
