/** Lengths and counts that the forms and the server agree on. Units last. */
export const LIMITS = {
  nameCharsMax: 120,
  titleCharsMax: 160,
  summaryCharsMax: 2000,
  noteCharsMax: 2000,
  emailCharsMax: 254,
  passwordCharsMin: 10,
  passwordCharsMax: 200,
  slugCharsMax: 60,
  idempotencyKeyCharsMax: 80,
  pageRowsMax: 100,
  partiesMax: 20,
  deliverablesMax: 50,
  operationsMax: 100,
  bomLinesMax: 300,
  quantityMax: 10_000,
  minutesMax: 100_000,
} as const;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** True for `oak-hollow`: lower-case ASCII letters and digits, single hyphens between. */
export function isSlug(text: string): boolean {
  return SLUG.test(text) && text.length <= LIMITS.slugCharsMax;
}

/** Proposes a slug for a name: accents dropped, the rest that is no letter or digit becomes a hyphen. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LIMITS.slugCharsMax)
    .replace(/^-+|-+$/g, '');
}
