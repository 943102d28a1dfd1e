import type { Obligation } from '../obligation.js';

/** One thing that the fablab still owes for a pledge. */
export type OpenPart =
  | { readonly kind: 'money'; readonly amountMinor: bigint }
  | { readonly kind: 'units'; readonly line: number; readonly units: number }
  | { readonly kind: 'freeUnits'; readonly units: number }
  | { readonly kind: 'tool'; readonly name: string; readonly unit: string; readonly milli: bigint }
  | { readonly kind: 'deliverables'; readonly line: number | null };

/** What is owed for a pledge with one kind of return. It is open while the list is not empty. */
export type ReturnRule = (obligation: Obligation) => readonly OpenPart[];
