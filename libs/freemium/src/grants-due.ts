import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { ProductDirectory } from '#catalogue';
import type { Tx } from '#platform';
import { Granting } from './granting.js';
import { ProductBooks } from './product-books.js';

/** Goes on granting where a transaction left off, or where somebody joined the list of a pool that holds enough. */
@Injectable()
export class GrantsDueService {
  constructor(
    private readonly products: ProductDirectory,
    private readonly books: ProductBooks,
    private readonly granting: Granting,
  ) {}

  async grant(tx: Tx, productId: Id<'product'>, currency: Currency): Promise<void> {
    const product = await this.products.inTx(tx, productId);
    if (!product) return;
    const { fablabId, slug, name } = product;
    const book = await this.books.of(
      tx,
      { productId, fablabId, productSlug: slug, productName: name },
      currency,
    );
    await this.books.lockPools(tx, productId, currency);
    await this.granting.grantWhatIsPaidFor(tx, { productId, fablabId, currency, book });
  }
}
