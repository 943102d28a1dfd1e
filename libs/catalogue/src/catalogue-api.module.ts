import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { CatalogueModule } from './catalogue.module.js';
import { ProductVersionPartsLoader, VersionsOfProductLoader } from './graphql/catalogue.loader.js';
import { ProductResolver } from './graphql/product.resolver.js';
import { ProductVersionResolver } from './graphql/product-version.resolver.js';
import { ProductRepository } from './persistence/product.repository.js';
import { ProductVersionRepository } from './persistence/product-version.repository.js';
import { CostSheetsLoader, TierPlansLoader } from './offers/graphql/offer.loader.js';
import { OfferResolver } from './offers/graphql/offer.resolver.js';
import { ProductService } from './product.service.js';

const rows = [ProductRepository, ProductVersionRepository];
const loaders = [ProductVersionPartsLoader, VersionsOfProductLoader, CostSheetsLoader, TierPlansLoader];

/** What only the API needs of the catalogue: what coordinators do, and the GraphQL surface. */
@Module({
  imports: [IdentityModule, CatalogueModule],
  providers: [...rows, ...loaders, ProductService, ProductResolver, ProductVersionResolver, OfferResolver],
})
export class CatalogueApiModule {}
