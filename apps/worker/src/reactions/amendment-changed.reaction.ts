import { Injectable } from '@nestjs/common';
import type { AmendmentChanged } from '#contracting';
import type { PublishedEvent, Reaction, Tx } from '#platform';
import { OrderService } from '#workshop';

/** An amendment came into force: open work orders, and their jobs, are due on the days agreed now. */
@Injectable()
export class AmendmentChangedReaction implements Reaction {
  readonly name = 'workshop.days-of-amendment';
  readonly types = ['contracting.amendment-changed'] satisfies AmendmentChanged['type'][];

  constructor(private readonly order: OrderService) {}

  async handle(tx: Tx, event: PublishedEvent): Promise<void> {
    const { contractId, state, lines } = event.payload as AmendmentChanged['payload'];
    if (state === 'accepted') await this.order.changeDays(tx, contractId, lines);
  }
}
