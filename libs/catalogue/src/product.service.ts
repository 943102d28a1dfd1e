import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import { CommunityDirectory, readSlug, slugCandidates } from '#identity';
import { IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import type { ProductCreated, ProductVersionCreated } from './domain/events.js';
import type { ProductSummary } from './domain/product.js';
import { readVersion, type VersionGiven } from './domain/version-input.js';
import { ProductRepository } from './persistence/product.repository.js';
import { ProductVersionRepository } from './persistence/product-version.repository.js';

export interface CreateProduct {
  readonly fablabId: string;
  readonly name: string;
  readonly slug?: string | null;
  readonly description?: string | null;
}

export interface CreateProductVersion extends VersionGiven {
  readonly productId: string;
}

/** What a fablab's coordinators do with its catalogue. */
@Injectable()
export class ProductService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly communities: CommunityDirectory,
    private readonly products: ProductRepository,
    private readonly versions: ProductVersionRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`; `CONFLICT` when the wanted slug is taken in this fablab */
  createProduct(viewer: Viewer, input: CreateProduct): Promise<ProductSummary> {
    const { slug, ...read } = checkInput((check) => readProduct(check, input));
    requireRole(viewer, read.fablabId, ['coordinator'], 'add products');
    return this.unitOfWork.run(async (tx) => {
      await this.requireFablab(tx, read.fablabId);
      const product = await this.insertProduct(tx, read, slug);
      const event: ProductCreated = {
        type: 'catalogue.product-created',
        payload: { productId: product.id, fablabId: product.fablabId },
      };
      tx.publish(event);
      return product;
    });
  }

  /**
   * Writes a version for good: what it says can be read by everyone, and changed by nobody.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`; `CONFLICT` when the product has this label already
   */
  createVersion(viewer: Viewer, input: CreateProductVersion): Promise<Id<'productVersion'>> {
    const { productId, version } = checkInput((check) => ({
      productId: check.id<'product'>('productId', input.productId, 'the product'),
      version: readVersion(check, input),
    }));
    return this.unitOfWork.run(async (tx) => {
      const product = await this.products.find(tx, productId);
      if (!product) throw DomainError.notFound('product', productId);
      requireRole(viewer, product.fablabId, ['coordinator'], 'add versions of its products');
      const key = { id: this.ids.next<'productVersion'>(), productId, fablabId: product.fablabId };
      if (!(await this.versions.insert(tx, key, version))) {
        const sentence = `“${product.name}” has a version “${version.label}” already. Versions never change; give the new one another label.`;
        throw new DomainError('CONFLICT', sentence, { label: version.label });
      }
      const event: ProductVersionCreated = {
        type: 'catalogue.product-version-created',
        payload: { productVersionId: key.id, productId, fablabId: product.fablabId },
      };
      tx.publish(event);
      return key.id;
    });
  }

  private async requireFablab(tx: Tx, id: Id<'community'>): Promise<void> {
    const [community] = await this.communities.requireInTx(tx, [id]);
    if (community?.manufactures) return;
    throw DomainError.badInput([
      {
        field: 'fablabId',
        message: 'This community does not manufacture, so it has no products. Choose a fablab.',
      },
    ]);
  }

  private async insertProduct(
    tx: Tx,
    read: Omit<ProductSummary, 'id' | 'slug'>,
    wanted: string | null,
  ): Promise<ProductSummary> {
    const id = this.ids.next<'product'>();
    const slugs = wanted === null ? slugCandidates(read.name, 'product', id) : [wanted];
    for (const slug of slugs) {
      const product = { id, slug, ...read };
      if (await this.products.insert(tx, product)) return product;
    }
    throw new DomainError(
      'CONFLICT',
      `This fablab has a product “${slugs.at(-1)}” already. Choose another short name, or leave it out.`,
    );
  }
}

function readProduct(check: InputCheck, input: CreateProduct) {
  return {
    fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
    name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
    slug: readSlug(check, 'slug', input.slug),
    description: check.text('description', input.description, {
      min: 0,
      max: LIMITS.summaryCharsMax,
      name: 'the description',
    }),
  };
}
