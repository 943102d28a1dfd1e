import { DomainError, LIMITS, isSlug, slugOf, type Day, type InputCheck } from '#kernel';

/** `safety` and `competency` open a work centre; `optional` says what somebody can do, and opens nothing. */
export const QUALIFICATION_KINDS = ['safety', 'competency', 'optional'] as const;
export type QualificationKind = (typeof QUALIFICATION_KINDS)[number];

export const CAPACITY_MAX = 1000;
export const REQUIRED_QUALIFICATIONS_MAX = 20;

/** A section's name in addresses: the wanted one, or one made from its name. */
export function readSectionSlug(check: InputCheck, value: string | null | undefined, name: string): string {
  const wanted = (value ?? '').trim();
  const slug = wanted === '' ? slugOf(name) || 'section' : wanted;
  if (!isSlug(slug)) {
    check.refuse(
      'slug',
      `The short name must be lower-case letters and digits with single hyphens between, such as “woodworking”, and at most ${LIMITS.slugCharsMax} characters long.`,
    );
  }
  return slug;
}

/** @throws DomainError `BAD_INPUT` for a last day that is past already */
export function assertExpiryAhead(expiresOn: Day | null, today: Day): void {
  if (expiresOn === null || expiresOn >= today) return;
  throw DomainError.badInput([
    {
      field: 'expiresOn',
      message: `The last day, ${expiresOn}, is past already; give one from ${today} on.`,
    },
  ]);
}
