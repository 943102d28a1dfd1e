import { Module } from '@nestjs/common';
import { CatalogueService } from './catalogue.service.js';
import { ProductVersionLoader } from './graphql/catalogue.loader.js';
import { ProductVersionRepository } from './persistence/product-version.repository.js';

/** Services of the catalogue, for every process and every context. */
@Module({
  providers: [ProductVersionRepository, CatalogueService, ProductVersionLoader],
  exports: [CatalogueService, ProductVersionLoader],
})
export class CatalogueModule {}
