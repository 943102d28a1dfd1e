import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type Id, type InputCheck } from '#kernel';
import { CommunityDirectory, readSlug, slugCandidates } from '#identity';
import { IdSource, UnitOfWork, requireRole, type Tx, type Viewer } from '#platform';
import { CatalogueService } from './catalogue.service.js';
import type { ProductCreated, ProductVersionCreated } from './domain/events.js';
import { LEVELS_MAX, explode, problemOf } from './domain/explode.js';
import type { ProductSummary, ProductVersion } from './domain/product.js';
import { readVersion, type VersionGiven, type VersionRead } from './domain/version-input.js';
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
    private readonly catalogue: CatalogueService,
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
      await this.assertBuildable(product, version);
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

  /** Sub-assemblies are this fablab's own, do not hold this product again, and make one order together. */
  private async assertBuildable(product: ProductSummary, version: VersionRead): Promise<void> {
    const refuse = (position: number, message: string): never => {
      throw DomainError.badInput([{ field: `billOfMaterials.${position - 1}.partVersionId`, message }]);
    };
    const parts = await this.catalogue.withParts([version]);
    for (const { position, partVersionId } of version.bom) {
      if (partVersionId === null) continue;
      const part = parts.get(partVersionId);
      if (!part || part.fablabId !== product.fablabId)
        return refuse(position, 'There is no such version in this fablab.');
      const inside = [part, ...(await this.catalogue.withParts([part])).values()];
      if (inside.some((each) => each.productId === product.id))
        return refuse(
          position,
          `“${part.productName}” has “${product.name}” in it or is it itself: a product cannot be a part of itself.`,
        );
    }
    const problem = depthProblem(version, parts) ?? problemOf(explode(version, parts));
    if (problem !== null) throw DomainError.badInput([{ field: 'billOfMaterials', message: problem }]);
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

/** Said before the levels are opened, since what goes too deep cannot be. */
function depthProblem(
  version: VersionRead,
  parts: ReadonlyMap<Id<'productVersion'>, ProductVersion>,
): string | null {
  const depthOf = (bom: ProductVersion['bom'], level: number): number =>
    level > LEVELS_MAX
      ? level
      : Math.max(
          level,
          ...bom.map((line) => {
            const part = line.partVersionId && parts.get(line.partVersionId);
            return part ? depthOf(part.bom, level + 1) : level;
          }),
        );
  return depthOf(version.bom, 0) > LEVELS_MAX
    ? `Sub-assemblies go at most ${LEVELS_MAX} levels deep; take some of them from the stock instead.`
    : null;
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
