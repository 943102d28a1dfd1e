import { formatMilli, type Id } from '#kernel';

/** Something that a fablab can make. */
export interface ProductSummary {
  readonly id: Id<'product'>;
  readonly fablabId: Id<'community'>;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
}

/** What a list or a contract line shows of a version. */
export interface ProductVersionSummary {
  readonly id: Id<'productVersion'>;
  readonly label: string;
  readonly licence: string;
  readonly productId: Id<'product'>;
  readonly productName: string;
  readonly productSlug: string;
  readonly fablabId: Id<'community'>;
}

/** One thing that goes into a unit of the product. */
export interface BomLine {
  /** From 1 on. */
  readonly position: number;
  readonly item: string;
  readonly quantityMilli: bigint;
  readonly unit: string;
  /** The version that is made first, where the line is a sub-assembly; null for what is bought or in stock. */
  readonly partVersionId: Id<'productVersion'> | null;
}

/** One step of the making, at one work centre. */
export interface Operation {
  /** From 1 on. */
  readonly position: number;
  readonly name: string;
  readonly workCentreId: Id<'workCentre'>;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  /** Positions that must be finished before, ascending. */
  readonly after: readonly number[];
  readonly instructions: string | null;
}

/** A version with all that pins it. It never changes. */
export interface ProductVersion extends ProductVersionSummary {
  readonly bom: readonly BomLine[];
  readonly routing: readonly (Operation & { readonly id: Id<'operation'> })[];
}

/** `0.5`, as it was typed. */
export function bomQuantity(line: Pick<BomLine, 'quantityMilli'>): string {
  return formatMilli(line.quantityMilli);
}
