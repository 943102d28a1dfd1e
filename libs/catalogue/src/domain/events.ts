import type { DomainEvent } from '#kernel';

export type ProductCreated = DomainEvent<
  'catalogue.product-created',
  { productId: string; fablabId: string }
>;

export type ProductVersionCreated = DomainEvent<
  'catalogue.product-version-created',
  { productVersionId: string; productId: string; fablabId: string }
>;
