import { DomainError, type Day, type Id } from '#kernel';

export const QUALIFICATION_LEVELS = ['full', 'learner'] as const;
export type QualificationLevel = (typeof QUALIFICATION_LEVELS)[number];

/** That somebody holds a qualification, as the rules see it. */
export interface Held {
  readonly personId: Id<'person'>;
  readonly level: QualificationLevel;
  readonly mayTeach: boolean;
  readonly expiresOn: Day | null;
}

export interface GrantWanted {
  readonly personId: Id<'person'>;
  readonly level: QualificationLevel;
  readonly supervisorId: Id<'person'> | null;
  readonly mayTeach: boolean;
}

/** True on its last day still. Repeated in the database by `workshop.holds`. */
export function countsOn(held: Pick<Held, 'expiresOn'>, today: Day): boolean {
  return held.expiresOn === null || held.expiresOn >= today;
}

/** May grant this qualification to others, and supervise who learns it. */
export function isTeacher(held: Held, today: Day): boolean {
  return held.level === 'full' && held.mayTeach && countsOn(held, today);
}

/**
 * Coordinators grant everything; teachers grant what they teach, but make no other teachers and nothing for
 * themselves.
 * @param own what the granter holds of this qualification
 * @throws DomainError `FORBIDDEN`
 */
export function assertMayGrant(
  granter: { readonly personId: Id<'person'>; readonly isCoordinator: boolean },
  own: Held | null,
  wanted: GrantWanted,
  today: Day,
): void {
  if (granter.isCoordinator) return;
  if (!own || !isTeacher(own, today))
    throw DomainError.forbidden('Only a coordinator, or who teaches this qualification, can grant it.');
  if (wanted.personId === granter.personId)
    throw DomainError.forbidden(
      'Nobody renews their own qualification. Ask a coordinator or another teacher.',
    );
  if (wanted.mayTeach) throw DomainError.forbidden('Only a coordinator can make somebody a teacher.');
}

/**
 * A learner works under the eyes of one teacher.
 * @param supervisor what the supervisor holds of this qualification
 * @throws DomainError `BAD_INPUT`, `INVALID_STATE`
 */
export function assertSupervised(wanted: GrantWanted, supervisor: Held | null, today: Day): void {
  const refuse = (field: string, message: string): never => {
    throw DomainError.badInput([{ field, message }]);
  };
  if (wanted.level === 'full') {
    if (wanted.supervisorId !== null) refuse('supervisorId', 'Only a learner has a supervisor.');
    return;
  }
  if (wanted.mayTeach) refuse('mayTeach', 'A learner does not teach.');
  if (wanted.supervisorId === null) refuse('supervisorId', 'Please say who supervises the learner.');
  if (wanted.supervisorId === wanted.personId) refuse('supervisorId', 'Nobody supervises themselves.');
  if (supervisor && isTeacher(supervisor, today)) return;
  throw new DomainError(
    'INVALID_STATE',
    'The supervisor must hold this qualification as a teacher, and it must not have expired.',
  );
}
