import { Injectable } from '@nestjs/common';
import { DomainError, type Currency, type Id } from '#kernel';
import { CatalogueService } from '#catalogue';
import { LedgerService, type Leg, type NormalSide } from '#ledger';
import type { Tx } from '#platform';
import { SPLIT_PARTS, type Split, type SplitPart } from './domain/split.js';

/** What the books need to know of a product. */
export interface BookedProduct {
  readonly productId: Id<'product'>;
  readonly fablabId: Id<'community'>;
  readonly productSlug: string;
  readonly productName: string;
}

/** The accounts of a product in one currency. `funded`: where the cost of a free unit comes in once a pool paid it. */
export type ProductBook = Readonly<Record<SplitPart | 'bank' | 'funded', Id<'account'>>>;

interface BookRow {
  bank: Id<'account'>;
  sustenance: Id<'account'>;
  cost: Id<'account'>;
  reserve: Id<'account'>;
  freePool: Id<'account'>;
  fairPool: Id<'account'>;
  designCommons: Id<'account'>;
  network: Id<'account'>;
  funded: Id<'account'>;
}

const COLUMN = {
  bank: 'bank_account',
  sustenance: 'sustenance_account',
  cost: 'cost_account',
  reserve: 'reserve_account',
  freePool: 'free_pool_account',
  fairPool: 'fair_pool_account',
  designCommons: 'design_commons_account',
  network: 'network_account',
  funded: 'funded_account',
} as const satisfies Record<keyof BookRow, string>;

const FIND = `SELECT ${Object.entries(COLUMN)
  .map(([name, column]) => `${column} AS "${name}"`)
  .join(', ')} FROM freemium.product_book WHERE product_id = $1 AND currency = $2`;

/** The accounts of each product (docs/adr/0003-ledger-accounts.md), opened with its first sale or gift. */
@Injectable()
export class ProductBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The product of a version, with its book. */
  async ofVersion(
    tx: Tx,
    versionId: Id<'productVersion'>,
    currency: Currency,
  ): Promise<{ readonly product: BookedProduct; readonly book: ProductBook }> {
    const [product] = await this.catalogue.versionSummariesByIds([versionId]);
    if (!product) throw DomainError.notFound('product version', versionId);
    return { product, book: await this.of(tx, product, currency) };
  }

  async of(tx: Tx, product: BookedProduct, currency: Currency): Promise<ProductBook> {
    const [row] = await tx.query<BookRow>(FIND, [product.productId, currency], 'product-book');
    return row ?? this.open(tx, product, currency);
  }

  /**
   * Takes the pools of a product, so that whatever moves their money stands in a row. Always before the ledger's own
   * locks, so that no two wait for each other.
   */
  async lockPools(tx: Tx, productId: Id<'product'>, currency: Currency): Promise<void> {
    await tx.query(
      `SELECT 1 FROM freemium.pool WHERE product_id = $1 AND currency = $2 ORDER BY tier FOR NO KEY UPDATE`,
      [productId, currency],
      'pools-lock',
    );
  }

  private async open(tx: Tx, product: BookedProduct, currency: Currency): Promise<ProductBook> {
    const { productSlug: slug, productName: name } = product;
    const account = (code: string, title: string, normalSide: NormalSide, limited = false) =>
      this.ledger.openAccount(tx, {
        ownerId: product.fablabId,
        currency,
        code,
        name: title,
        normalSide,
        limited,
      });
    const row: BookRow = {
      bank: await account('assets:bank', 'Bank', 'debit'),
      sustenance: await account('liabilities:sustenance', 'Owed to the makers', 'credit'),
      cost: await account(`income:sales:${slug}`, `Cost recovered by sales of ${name}`, 'credit'),
      reserve: await account('equity:reserve', 'Maintenance and strategic reserve', 'credit'),
      freePool: await account(`liabilities:pools:${slug}:free`, `Free pool of ${name}`, 'credit', true),
      fairPool: await account(`liabilities:pools:${slug}:fair`, `Fair pool of ${name}`, 'credit', true),
      designCommons: await account('liabilities:design-commons', 'Share of the design commons', 'credit'),
      network: await account('liabilities:network', 'Share of the network fund', 'credit'),
      funded: await account(`income:granted:${slug}`, `Cost of ${name} paid by its pools`, 'credit'),
    };
    await tx.execute(
      `INSERT INTO freemium.product_book (product_id, fablab_id, currency, ${Object.values(COLUMN).join(', ')})
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT ON CONSTRAINT product_book_pkey DO NOTHING`,
      [
        product.productId,
        product.fablabId,
        currency,
        ...(Object.keys(COLUMN) as (keyof BookRow)[]).map((each) => row[each]),
      ],
    );
    await tx.execute(
      `INSERT INTO freemium.pool (product_id, tier, currency, account_id)
       VALUES ($1, 'free', $2, $3), ($1, 'fair', $2, $4) ON CONFLICT ON CONSTRAINT pool_pkey DO NOTHING`,
      [product.productId, currency, row.freePool, row.fairPool],
    );
    return row;
  }
}

/** Money came in: the bank against every part that is above zero. */
export function splitLegs(book: ProductBook, split: Split): Leg[] {
  const parts = SPLIT_PARTS.filter((part) => split[part] !== 0n);
  const sum = parts.reduce((total, part) => total + split[part], 0n);
  return [
    { accountId: book.bank, amountMinor: sum },
    ...parts.map((part) => ({ accountId: book[part], amountMinor: -split[part] })),
  ];
}

/** The mirror: the parts are taken back, and the bank pays. */
export function reversalLegs(book: ProductBook, taken: Split): Leg[] {
  return splitLegs(book, taken).map(({ accountId, amountMinor }) => ({
    accountId,
    amountMinor: -amountMinor,
  }));
}
