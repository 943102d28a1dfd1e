import { Injectable } from '@nestjs/common';
import type { ContractTerminated } from '#contracting';
import type { PublishedEvent, Reaction, Tx } from '#platform';
import { WorkOrderService } from '#workshop';

/** A contract ended before its time: what is not made for it is not made any more. */
@Injectable()
export class ContractTerminatedReaction implements Reaction {
  readonly name = 'workshop.cancel-orders-of-contract';
  readonly types = ['contracting.contract-terminated'] satisfies ContractTerminated['type'][];

  constructor(private readonly workOrders: WorkOrderService) {}

  handle(tx: Tx, event: PublishedEvent): Promise<void> {
    return this.workOrders.cancelForContract(tx, event.payload as ContractTerminated['payload']);
  }
}
