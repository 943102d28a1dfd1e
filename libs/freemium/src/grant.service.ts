import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, type Id } from '#kernel';
import { ProductDirectory } from '#catalogue';
import { Idempotency, UnitOfWork, requireRole, type Viewer } from '#platform';
import { assertGrantStep } from './domain/grant.js';
import type { GrantDelivered } from './domain/events.js';
import { GrantRepository } from './persistence/grant.repository.js';

/** Handing a free unit over: the only step of a grant that a person takes. */
@Injectable()
export class GrantService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly products: ProductDirectory,
    private readonly grants: GrantRepository,
  ) {}

  /** @throws DomainError `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` unless the unit is made */
  deliver(
    viewer: Viewer,
    { idempotencyKey: key, ...input }: { readonly idempotencyKey: string; readonly grantId: string },
  ): Promise<Id<'unitGrant'>> {
    const id = checkInput((check) => check.id<'unitGrant'>('grantId', input.grantId, 'the grant'));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'deliverGrant', input },
        async () => {
          const grant = await this.grants.lock(tx, id);
          const product = grant ? await this.products.inTx(tx, grant.productId) : null;
          if (!grant || !product) throw DomainError.notFound('grant', id);
          requireRole(viewer, product.fablabId, ['coordinator', 'treasurer'], 'hand its free units over');
          assertGrantStep(grant, 'delivered');
          await this.grants.deliver(tx, id);
          const event: GrantDelivered = {
            type: 'freemium.grant-delivered',
            payload: {
              grantId: id,
              ref: grant.ref,
              productVersionId: grant.productVersionId,
              communityId: await this.grants.communityOf(tx, id),
              paidByCommunityIds: await this.grants.payersOf(tx, id),
            },
          };
          tx.publish(event);
          return id;
        },
      ),
    );
  }
}
