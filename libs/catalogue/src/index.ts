export * from './catalogue-api.module.js';
export * from './catalogue.module.js';
export * from './catalogue.service.js';
export type {
  BomLine,
  Operation,
  ProductSummary,
  ProductVersion,
  ProductVersionSummary,
} from './domain/product.js';
export type { Exploded, ExplodedStep, Material } from './domain/explode.js';
export type { ProductCreated, ProductVersionCreated } from './domain/events.js';
export { ProductLoader, ProductVersionLoader } from './graphql/catalogue.loader.js';
export { ProductModel } from './graphql/product.model.js';
export { TierEnum } from './graphql/tier.enum.js';
export { ProductVersionModel } from './graphql/product-version.model.js';
export { FORMS, type Form } from './domain/cost-sheet.js';
export type { TierOffer } from './domain/tier-plan.js';
export { FormEnum } from './offers/graphql/offer.model.js';
export { OfferRepository } from './offers/offer.repository.js';
export { OfferService, type OfferInForce } from './offers/offer.service.js';
export { ProductDirectory, type FreeOffer } from './product.directory.js';
