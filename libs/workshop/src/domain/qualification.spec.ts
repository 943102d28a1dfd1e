import { describe, expect, it } from '@jest/globals';
import { DomainError, type Day, type Id } from '#kernel';
import {
  assertMayGrant,
  assertSupervised,
  countsOn,
  isTeacher,
  type GrantWanted,
  type Held,
} from './qualification.js';

const TODAY = '2026-03-02' as Day;
const [ann, ben, cleo] = ['ann', 'ben', 'cleo'] as unknown as [Id<'person'>, Id<'person'>, Id<'person'>];
const teacher: Held = { personId: ann, level: 'full', mayTeach: true, expiresOn: null };
const wanted: GrantWanted = { personId: ben, level: 'full', supervisorId: null, mayTeach: false };

function codeOf(work: () => void): string {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof DomainError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('a qualification', () => {
  it('counts on its last day, and not on the day after', () => {
    expect(
      ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => countsOn({ expiresOn: day as Day }, TODAY)),
    ).toEqual([false, true, true]);
    expect(countsOn({ expiresOn: null }, TODAY)).toBe(true);
  });

  it('is taught by who holds it in full, as a teacher, today', () => {
    expect([
      isTeacher(teacher, TODAY),
      isTeacher({ ...teacher, mayTeach: false }, TODAY),
      isTeacher({ ...teacher, level: 'learner' }, TODAY),
      isTeacher({ ...teacher, expiresOn: '2026-03-01' as Day }, TODAY),
    ]).toEqual([true, false, false, false]);
  });

  it('is granted by coordinators, and by its teachers to others', () => {
    const asTeacher = (own: Held | null, more: Partial<GrantWanted> = {}): string =>
      codeOf(() =>
        assertMayGrant({ personId: ann, isCoordinator: false }, own, { ...wanted, ...more }, TODAY),
      );
    expect(
      codeOf(() =>
        assertMayGrant({ personId: ann, isCoordinator: true }, null, { ...wanted, mayTeach: true }, TODAY),
      ),
    ).toBe('done');
    expect(asTeacher(teacher)).toBe('done');
    expect(asTeacher(null)).toContain('FORBIDDEN: Only a coordinator, or who teaches');
    expect(asTeacher({ ...teacher, expiresOn: '2026-03-01' as Day })).toContain('FORBIDDEN');
    expect(asTeacher(teacher, { personId: ann })).toContain('Nobody renews their own');
    expect(asTeacher(teacher, { mayTeach: true })).toContain('Only a coordinator can make');
  });

  it('is held by a learner under a teacher only', () => {
    const learner: GrantWanted = { ...wanted, level: 'learner', supervisorId: ann };
    const said = (change: Partial<GrantWanted>, supervisor: Held | null = teacher): string =>
      codeOf(() => assertSupervised({ ...learner, ...change }, supervisor, TODAY));
    expect(said({})).toBe('done');
    expect(said({ supervisorId: null })).toContain('BAD_INPUT: Please say who supervises');
    expect(said({ supervisorId: ben })).toContain('BAD_INPUT: Nobody supervises themselves');
    expect(said({ mayTeach: true })).toContain('BAD_INPUT: A learner does not teach');
    expect(said({ level: 'full' })).toContain('BAD_INPUT: Only a learner has a supervisor');
    expect(said({ supervisorId: cleo }, { ...teacher, personId: cleo, mayTeach: false })).toContain(
      'INVALID_STATE',
    );
    expect(said({ supervisorId: cleo }, null)).toContain('INVALID_STATE');
  });
});
