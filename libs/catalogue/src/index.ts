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
export type { ProductCreated, ProductVersionCreated } from './domain/events.js';
export { ProductVersionLoader } from './graphql/catalogue.loader.js';
export { TierEnum } from './graphql/tier.enum.js';
export { ProductVersionModel } from './graphql/product-version.model.js';
