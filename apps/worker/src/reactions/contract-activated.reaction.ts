import { Injectable } from '@nestjs/common';
import type { ContractActivated } from '#contracting';
import type { PublishedEvent, Reaction, Tx } from '#platform';
import { WorkOrderService } from '#workshop';

/** A contract became active: its deliverables become work orders and jobs. */
@Injectable()
export class ContractActivatedReaction implements Reaction {
  readonly name = 'workshop.orders-of-contract';
  readonly types = ['contracting.contract-activated'] satisfies ContractActivated['type'][];

  constructor(private readonly workOrders: WorkOrderService) {}

  handle(tx: Tx, event: PublishedEvent): Promise<void> {
    return this.workOrders.createForContract(tx, event.payload as ContractActivated['payload']);
  }
}
