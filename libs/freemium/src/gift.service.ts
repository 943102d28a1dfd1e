import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Day, type Id, type Money } from '#kernel';
import { ProductDirectory, type ProductSummary } from '#catalogue';
import { LedgerService } from '#ledger';
import { Idempotency, IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import { POOL_TIERS, type PoolTier } from './domain/pool.js';
import { Granting } from './granting.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { ProductBooks } from './product-books.js';

export interface RecordPoolGift {
  readonly idempotencyKey: string;
  readonly productId: string;
  readonly tier: string;
  readonly amount: { readonly amountMinor: bigint; readonly currency: string };
  readonly valueDate: string;
  /** Named in public as what paid for a unit; absent: an anonymous gift. */
  readonly communityId?: string | null;
}

interface Gift {
  readonly product: ProductSummary;
  readonly tier: PoolTier;
  readonly amount: Money;
  readonly valueDate: Day;
  readonly communityId: Id<'community'> | null;
}

/** The bookings of a gift. */
@Injectable()
export class GiftWork {
  constructor(
    private readonly ids: IdSource,
    private readonly ledger: LedgerService,
    private readonly books: ProductBooks,
    private readonly pools: PoolRepository,
    private readonly granting: Granting,
  ) {}

  async book(tx: Tx, viewer: Viewer, gift: Gift): Promise<void> {
    const { product, tier, amount, valueDate, communityId } = gift;
    const { amountMinor, currency } = amount;
    const { id: productId, fablabId } = product;
    const booked = { productId, fablabId, productSlug: product.slug, productName: product.name };
    const book = await this.books.of(tx, booked, currency);
    await this.books.lockPools(tx, productId, currency);
    const id = this.ids.next<'poolGift'>();
    const transferId = await this.ledger.transfer(tx, {
      key: `pool-gift:${id}`,
      kind: 'pool-gift',
      reference: null,
      description: `Gift to the ${tier} pool of ${product.name}`,
      valueDate,
      legs: [
        { accountId: book.bank, amountMinor },
        { accountId: tier === 'free' ? book.freePool : book.fairPool, amountMinor: -amountMinor },
      ],
    });
    const recordedBy = viewer.personId;
    const pool = { productId, tier, currency };
    await this.pools.insertGift(tx, {
      id,
      ...pool,
      amountMinor,
      valueDate,
      communityId,
      transferId,
      recordedBy,
    });
    await this.granting.grantWhatIsPaidFor(tx, { productId, fablabId, currency, book });
  }
}

/** Money given to a pool: the whole of it, and to nothing else. */
@Injectable()
export class GiftService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly products: ProductDirectory,
    private readonly work: GiftWork,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND` */
  record(viewer: Viewer, { idempotencyKey: key, ...input }: RecordPoolGift): Promise<Id<'product'>> {
    const read = checkInput((check) => ({
      productId: check.id<'product'>('productId', input.productId, 'the product'),
      tier: check.oneOf('tier', input.tier, POOL_TIERS),
      amount: check.money('amount', input.amount),
      valueDate: check.day('valueDate', input.valueDate, 'the value date'),
      communityId: input.communityId
        ? check.id<'community'>('communityId', input.communityId, 'the community')
        : null,
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'recordPoolGift', input },
        async () => {
          const product = await this.products.inTx(tx, read.productId);
          if (!product) throw DomainError.notFound('product', read.productId);
          requireRole(viewer, product.fablabId, ['coordinator', 'treasurer'], 'record gifts to its pools');
          if (read.valueDate > dayOf(tx.now))
            throw DomainError.badInput([
              {
                field: 'valueDate',
                message: `The value date must not be in the future; today is ${dayOf(tx.now)}.`,
              },
            ]);
          await this.work.book(tx, viewer, { ...read, product });
          return read.productId;
        },
      ),
    );
  }
}
