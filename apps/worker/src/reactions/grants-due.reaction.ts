import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { GrantsDueService, type GrantsDue } from '#freemium';
import type { PublishedEvent, Reaction, Tx } from '#platform';

/** Somebody joined a waiting list, or more waits than one transaction grants: granting goes on. */
@Injectable()
export class GrantsDueReaction implements Reaction {
  readonly name = 'freemium.grant';
  readonly types = ['freemium.grants-due'] satisfies GrantsDue['type'][];

  constructor(private readonly grants: GrantsDueService) {}

  handle(tx: Tx, event: PublishedEvent): Promise<void> {
    const { productId, currency } = event.payload as GrantsDue['payload'];
    return this.grants.grant(tx, productId as Id<'product'>, currency as Currency);
  }
}
