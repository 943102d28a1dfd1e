import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import type { ProductVersion, ProductVersionSummary } from './domain/product.js';
import { ProductVersionRepository } from './persistence/product-version.repository.js';

/**
 * Reads product versions, for this context and for every other. A version never changes, so it may be read
 * outside of the transaction that will refer to it.
 */
@Injectable()
export class CatalogueService {
  constructor(private readonly versions: ProductVersionRepository) {}

  async versionById(id: Id<'productVersion'>): Promise<ProductVersion | null> {
    return (await this.versions.byIds([id]))[0] ?? null;
  }

  /** Those that exist, in no particular order, with bill of materials and routing. */
  versionsByIds(ids: readonly Id<'productVersion'>[]): Promise<ProductVersion[]> {
    return this.versions.byIds(ids);
  }

  /** As `versionsByIds`, without the parts: for lists. */
  versionSummariesByIds(ids: readonly Id<'productVersion'>[]): Promise<ProductVersionSummary[]> {
    return this.versions.summariesByIds(ids);
  }
}
