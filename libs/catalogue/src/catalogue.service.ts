import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { LEVELS_MAX, explode, type Exploded } from './domain/explode.js';
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

  /**
   * Versions with all that they are made of, over every level of sub-assemblies: one statement for each level.
   * @throws Error when a version is deeper than `LEVELS_MAX`
   */
  async explodedByIds(
    ids: readonly Id<'productVersion'>[],
  ): Promise<ReadonlyMap<Id<'productVersion'>, ProductVersion & { readonly exploded: Exploded }>> {
    const wanted = await this.versions.byIds(ids);
    const known = await this.withParts(wanted);
    return new Map(wanted.map((each) => [each.id, { ...each, exploded: explode(each, known) }]));
  }

  /** These versions and every one that they are made of. */
  async withParts(
    top: readonly Pick<ProductVersion, 'bom'>[],
  ): Promise<ReadonlyMap<Id<'productVersion'>, ProductVersion>> {
    const known = new Map<Id<'productVersion'>, ProductVersion>();
    let level = top;
    for (let depth = 0; depth <= LEVELS_MAX && level.length > 0; depth += 1) {
      const parts = level.flatMap((each) => each.bom.flatMap((line) => line.partVersionId ?? []));
      const missing = [...new Set(parts)].filter((id) => !known.has(id));
      if (missing.length === 0) break;
      const found = await this.versions.byIds(missing);
      for (const version of found) known.set(version.id, version);
      level = found;
    }
    return known;
  }

  /** As `versionsByIds`, without the parts: for lists. */
  versionSummariesByIds(ids: readonly Id<'productVersion'>[]): Promise<ProductVersionSummary[]> {
    return this.versions.summariesByIds(ids);
  }
}
