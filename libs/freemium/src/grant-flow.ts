import { Injectable } from '@nestjs/common';
import { dayOf, DomainError, type Id } from '#kernel';
import { ProductDirectory } from '#catalogue';
import { LedgerService } from '#ledger';
import type { Tx } from '#platform';
import { assertGrantStep, settleGrant } from './domain/grant.js';
import { giveBack } from './domain/pool.js';
import { Granting } from './granting.js';
import { GrantRepository, type Grant } from './persistence/grant.repository.js';
import { PoolRepository } from './persistence/pool.repository.js';
import { RequestRepository } from './persistence/request.repository.js';
import { ProductBooks, type ProductBook } from './product-books.js';

/**
 * What becomes of a hold. Each method takes the pools first and the grant second, as everything does that moves their
 * money, and lets the next in line have what came back.
 */
@Injectable()
export class GrantFlow {
  constructor(
    private readonly ledger: LedgerService,
    private readonly products: ProductDirectory,
    private readonly books: ProductBooks,
    private readonly pools: PoolRepository,
    private readonly grants: GrantRepository,
    private readonly requests: RequestRepository,
    private readonly granting: Granting,
  ) {}

  /**
   * The unit is made: its actual cost is posted, what was held beyond it goes back to the pool, and what it cost beyond
   * the hold is borne by the reserve.
   * @param actualMinor null: the workshop measured nothing, so the planned cost stands
   * @throws DomainError `NOT_FOUND`, `INVALID_STATE` when it was made or has failed before
   */
  async complete(tx: Tx, grantId: Id<'unitGrant'>, actualMinor: bigint | null): Promise<void> {
    const { grant, book, fablabId } = await this.lock(tx, grantId);
    assertGrantStep(grant, 'made');
    const settled = settleGrant(grant.heldMinor, actualMinor ?? grant.heldMinor);
    const endTransferId = await this.end(tx, grant, settled.spentMinor);
    if (settled.overrunMinor > 0n)
      await this.ledger.transfer(tx, {
        key: `grant:${grant.id}:overrun`,
        kind: 'grant-overrun',
        reference: grant.ref,
        description: `What ${grant.ref} cost beyond its plan, borne by the reserve`,
        valueDate: dayOf(tx.now),
        legs: [
          { accountId: book.reserve, amountMinor: settled.overrunMinor },
          { accountId: book.funded, amountMinor: -settled.overrunMinor },
        ],
      });
    await this.giveBack(tx, grant, settled.returnedMinor);
    await this.grants.settle(tx, grant, { state: 'made', ...settled, endTransferId, note: null });
    await this.granting.grantWhatIsPaidFor(tx, { ...grant, fablabId, book });
  }

  /**
   * The unit could not be made: the hold is given back, and the request waits again where it stood.
   * @throws DomainError `NOT_FOUND`, `INVALID_STATE`
   */
  async fail(tx: Tx, grantId: Id<'unitGrant'>, note: string): Promise<void> {
    const found = await this.grants.find(tx, grantId);
    // Before the pools: whoever joins the list holds the product alone.
    if (found) await this.products.lock(tx, found.productId);
    const { grant, book, fablabId } = await this.lock(tx, grantId);
    await this.failLocked(tx, grant, note);
    await this.granting.grantWhatIsPaidFor(tx, { ...grant, fablabId, book });
  }

  /** A fair sale is cancelled: what the pool held for it goes back. The pools are locked by the caller. */
  async endSupport(tx: Tx, saleId: Id<'sale'>): Promise<void> {
    const grant = await this.grants.ofSale(tx, saleId);
    if (grant?.state === 'held') await this.failLocked(tx, grant, 'The sale was cancelled.');
  }

  private async failLocked(tx: Tx, grant: Grant, note: string): Promise<void> {
    assertGrantStep(grant, 'failed');
    const endTransferId = await this.end(tx, grant, 0n);
    await this.giveBack(tx, grant, grant.heldMinor);
    await this.grants.settle(tx, grant, {
      state: 'failed',
      spentMinor: 0n,
      overrunMinor: 0n,
      endTransferId,
      note,
    });
    if (grant.requestId) await this.requests.waitAgain(tx, grant.requestId);
  }

  /** Posts what was spent of the hold, or voids it whole; nothing is held for what costs nothing. */
  private async end(tx: Tx, grant: Grant, spentMinor: bigint): Promise<Id<'transfer'> | null> {
    if (grant.holdTransferId === null) return null;
    const booking = {
      key: `grant:${grant.id}:end`,
      description: spentMinor > 0n ? `Actual cost of ${grant.ref}` : `${grant.ref} cost the pool nothing`,
      valueDate: dayOf(tx.now),
    };
    return spentMinor > 0n
      ? this.ledger.post(tx, grant.holdTransferId, { ...booking, amountMinor: spentMinor })
      : this.ledger.void(tx, grant.holdTransferId, booking);
  }

  private async giveBack(tx: Tx, grant: Grant, amountMinor: bigint): Promise<void> {
    if (amountMinor === 0n) return;
    const back = giveBack(await this.pools.drawsOf(tx, grant.id), amountMinor);
    await this.pools.insertDraws(
      tx,
      back.map((draw) => ({ lotId: draw.lotId, amountMinor: -draw.amountMinor })),
      { grantId: grant.id },
    );
  }

  private async lock(
    tx: Tx,
    id: Id<'unitGrant'>,
  ): Promise<{ readonly grant: Grant; readonly book: ProductBook; readonly fablabId: Id<'community'> }> {
    const found = await this.grants.find(tx, id);
    const product = found ? await this.products.inTx(tx, found.productId) : null;
    if (!found || !product) throw DomainError.notFound('grant', id);
    const booked = {
      productId: product.id,
      fablabId: product.fablabId,
      productSlug: product.slug,
      productName: product.name,
    };
    const book = await this.books.of(tx, booked, found.currency);
    await this.books.lockPools(tx, found.productId, found.currency);
    const grant = await this.grants.lock(tx, id);
    if (!grant) throw DomainError.notFound('grant', id);
    return { grant, book, fablabId: product.fablabId };
  }
}
