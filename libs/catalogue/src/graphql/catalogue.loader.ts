import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { RequestLoader, inOrder } from '#platform';
import type { ProductSummary, ProductVersion, ProductVersionSummary } from '../domain/product.js';
import { ProductRepository } from '../persistence/product.repository.js';
import { ProductVersionRepository } from '../persistence/product-version.repository.js';

@Injectable()
export class ProductLoader extends RequestLoader<Id<'product'>, ProductSummary> {
  constructor(private readonly products: ProductRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'product'>[]) {
    const missing = (id: string): Error => DomainError.notFound('product', id);
    return inOrder(ids, await this.products.byIds(ids), (row) => row.id, missing);
  }
}

/** Versions by id, without their parts: what most pages show of them. */
@Injectable()
export class ProductVersionLoader extends RequestLoader<Id<'productVersion'>, ProductVersionSummary> {
  constructor(private readonly versions: ProductVersionRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'productVersion'>[]) {
    const missing = (id: string): Error => DomainError.notFound('product version', id);
    return inOrder(ids, await this.versions.summariesByIds(ids), (row) => row.id, missing);
  }
}

/** Versions by id, with bill of materials and routing. */
@Injectable()
export class ProductVersionPartsLoader extends RequestLoader<Id<'productVersion'>, ProductVersion> {
  constructor(private readonly versions: ProductVersionRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'productVersion'>[]) {
    const missing = (id: string): Error => DomainError.notFound('product version', id);
    return inOrder(ids, await this.versions.byIds(ids), (row) => row.id, missing);
  }
}

/** The versions of each product, the oldest first. */
@Injectable()
export class VersionsOfProductLoader extends RequestLoader<Id<'product'>, ProductVersionSummary[]> {
  constructor(private readonly versions: ProductVersionRepository) {
    super();
  }

  protected override async loadMany(ids: readonly Id<'product'>[]) {
    const versions = new Map(ids.map((id): [Id<'product'>, ProductVersionSummary[]] => [id, []]));
    for (const row of await this.versions.summariesOfProducts(ids)) versions.get(row.productId)?.push(row);
    return ids.map((id) => versions.get(id) ?? []);
  }
}
