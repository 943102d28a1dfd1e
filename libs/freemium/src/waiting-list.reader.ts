import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, Database } from '#platform';
import { inOrder, type ListRule } from './domain/waiting-list.js';
import { GrantRepository } from './persistence/grant.repository.js';
import { RequestRepository } from './persistence/request.repository.js';
import { RuleRepository, type PublishedListRule } from './persistence/rule.repository.js';

/** Where each request stands, by the very rule that grants. */
@Injectable()
export class WaitingListReader {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleRepository,
    private readonly requests: RequestRepository,
    private readonly grants: GrantRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  rule(productId: Id<'product'>): Promise<PublishedListRule | null> {
    return this.rules.listRule(this.database, productId);
  }

  async count(productId: Id<'product'>): Promise<number> {
    return (await this.requests.waiting(this.database, productId)).length;
  }

  /** The places in line of those who wait, from 1 on. */
  async places(productId: Id<'product'>): Promise<ReadonlyMap<Id<'freeRequest'>, number>> {
    const byTurns: ListRule = { rule: 'turns', ageingDays: 0, seed: null };
    const [rule, waiting, grantsByCommunity] = await Promise.all([
      this.rule(productId),
      this.requests.waiting(this.database, productId),
      this.grants.countByCommunity(this.database, productId),
    ]);
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
    const order = inOrder(waiting, rule ?? byTurns, {
      today: dayOf(this.clock.now()),
      grantsByCommunity,
      digest,
    });
    return new Map(order.map(({ id }, index) => [id, index + 1]));
  }
}
