import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id } from '#kernel';
import { ProductDirectory } from '#catalogue';
import { Idempotency, IdSource, UnitOfWork, isMember, type Viewer } from '#platform';
import type { GrantsDue } from './domain/events.js';
import { NEED_CLASSES } from './domain/waiting-list.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { RequestRepository } from './persistence/request.repository.js';

export interface AskForFreeUnit {
  readonly idempotencyKey: string;
  readonly productId: string;
  readonly communityId?: string | null;
  readonly needClass: string;
  /** Private: the fablab's coordinators read it, and nobody else. */
  readonly reason: string;
}

/** Joining the waiting list, and leaving it. */
@Injectable()
export class RequestService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly products: ProductDirectory,
    private readonly pools: PoolRepository,
    private readonly requests: RequestRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`; `CONFLICT` for somebody who waits already */
  ask(viewer: Viewer, { idempotencyKey: key, ...input }: AskForFreeUnit): Promise<Id<'freeRequest'>> {
    const read = checkInput((check) => ({
      productId: check.id<'product'>('productId', input.productId, 'the product'),
      communityId: input.communityId
        ? check.id<'community'>('communityId', input.communityId, 'the community')
        : null,
      needClass: check.oneOf('needClass', input.needClass, NEED_CLASSES),
      reason: check.text('reason', input.reason, {
        max: LIMITS.summaryCharsMax,
        name: 'what you need it for',
      }),
    }));
    if (read.communityId && !isMember(viewer, read.communityId))
      throw DomainError.forbidden('Only a member of this community can ask for it.');
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'askForFreeUnit', input },
        async () => {
          const product = await this.products.lock(tx, read.productId);
          if (!product) throw DomainError.notFound('product', read.productId);
          if (await this.requests.waitsAlready(tx, read.productId, viewer.personId))
            throw new DomainError(
              'CONFLICT',
              `You wait for ${product.name} already. One request at a time is enough.`,
            );
          const id = this.ids.next<'freeRequest'>();
          await this.requests.insert(tx, { id, ...read, personId: viewer.personId });
          for (const currency of await this.pools.currenciesOf(tx, read.productId)) {
            const event: GrantsDue = {
              type: 'freemium.grants-due',
              payload: { productId: read.productId, currency },
            };
            tx.publish(event);
          }
          return id;
        },
      ),
    );
  }

  /** @throws DomainError `NOT_FOUND` for somebody else's; `INVALID_STATE` once it was granted or withdrawn */
  withdraw(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: { readonly idempotencyKey: string; readonly requestId: string },
  ): Promise<Id<'freeRequest'>> {
    const id = checkInput((check) => check.id<'freeRequest'>('requestId', input.requestId, 'the request'));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'withdrawRequest', input },
        async () => {
          const request = await this.requests.lock(tx, id);
          if (request?.personId !== viewer.personId) throw DomainError.notFound('request', id);
          if (request.state !== 'waiting')
            throw new DomainError('INVALID_STATE', `This request is ${request.state}; it waits no more.`, {
              state: request.state,
            });
          await this.requests.end(tx, id, 'withdrawn');
          return id;
        },
      ),
    );
  }
}
