import { isSlug, slugOf, type Id, type InputCheck } from '#kernel';

/** What anyone may know of a community. */
export interface CommunitySummary {
  readonly id: Id<'community'>;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly place: string | null;
  /** Needs things made, and may support their making. */
  readonly receives: boolean;
  /** Makes things: a fablab. */
  readonly manufactures: boolean;
}

/** A wanted slug, or null where the name shall give one. */
export function readSlug(check: InputCheck, field: string, value: string | null | undefined): string | null {
  const slug = (value ?? '').trim();
  if (slug === '') return null;
  if (!isSlug(slug)) {
    check.refuse(
      field,
      'The short name must be lower-case letters and digits with single hyphens between, such as “oak-hollow”, and at most 60 characters long.',
    );
  }
  return slug;
}

/**
 * Slugs to try for a name, the nicest first: `oak-hollow`, `oak-hollow-2` … and last one that ends in the id, so
 * that there always is a free one. A name without a Latin letter or digit gives `fallback`.
 */
export function slugCandidates(name: string, fallback: string, id: string): string[] {
  const base = slugOf(name) || fallback;
  const numbered = Array.from({ length: 8 }, (_, index) => shortened(base, `-${index + 2}`));
  return [base, ...numbered, shortened(base, `-${id.slice(-12)}`)];
}

function shortened(base: string, suffix: string): string {
  const room = 60 - suffix.length;
  return `${base.slice(0, room).replace(/-+$/, '')}${suffix}`;
}
