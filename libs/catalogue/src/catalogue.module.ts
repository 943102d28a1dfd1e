import { Module } from '@nestjs/common';
import { CatalogueService } from './catalogue.service.js';
import { ProductLoader, ProductVersionLoader } from './graphql/catalogue.loader.js';
import { ProductDirectory } from './product.directory.js';
import { OfferRepository } from './offers/offer.repository.js';
import { OfferService } from './offers/offer.service.js';
import { ProductRepository } from './persistence/product.repository.js';
import { ProductVersionRepository } from './persistence/product-version.repository.js';

/** Services of the catalogue, for every process and every context. */
@Module({
  providers: [
    ProductVersionRepository,
    CatalogueService,
    ProductVersionLoader,
    OfferRepository,
    OfferService,
    ProductDirectory,
    ProductRepository,
    ProductLoader,
  ],
  exports: [
    CatalogueService,
    ProductVersionLoader,
    OfferRepository,
    OfferService,
    ProductDirectory,
    ProductLoader,
  ],
})
export class CatalogueModule {}
