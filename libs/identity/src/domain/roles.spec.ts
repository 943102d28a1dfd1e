import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, type Id } from '#kernel';
import { ROLES } from '#platform';
import { ROLE_ORDER, changeRoles, mergeRoles, normalRoles, type Member, type RoleName } from './roles.js';

const ada = 'ada' as Id<'person'>;
const ben = 'ben' as Id<'person'>;
const roleLists = fc.array(fc.constantFrom<RoleName>(...ROLE_ORDER), { maxLength: 6 });

describe('roles', () => {
  it('are those of the platform', () => {
    expect(ROLE_ORDER).toEqual(ROLES);
  });

  it('always hold membership, each once and in order', () => {
    expect(normalRoles(['maker', 'coordinator', 'maker'])).toEqual(['member', 'coordinator', 'maker']);
  });

  it('of a member who is invited again are the old and the new', () => {
    expect(mergeRoles(['member', 'maker'], ['treasurer'])).toEqual(['member', 'treasurer', 'maker']);
  });

  it('can be taken from a coordinator while another stays', () => {
    const members: Member[] = [
      { personId: ada, roles: ['member', 'coordinator'] },
      { personId: ben, roles: ['member', 'coordinator'] },
    ];
    expect(changeRoles(members, ada, ['treasurer'])).toEqual(['member', 'treasurer']);
  });

  it('of the last coordinator stay', () => {
    const members: Member[] = [
      { personId: ada, roles: ['member', 'coordinator'] },
      { personId: ben, roles: ['member', 'treasurer'] },
    ];
    expect(() => changeRoles(members, ada, ['member'])).toThrow(
      new DomainError(
        'INVALID_STATE',
        'This is the last coordinator of the community. Make somebody else a coordinator first.',
      ),
    );
    expect(changeRoles(members, ada, ['coordinator', 'maker'])).toEqual(['member', 'coordinator', 'maker']);
  });

  it('of a stranger cannot be changed', () => {
    expect(() => changeRoles([], ada, ['member'])).toThrow('There is no member');
  });

  it('leave a coordinator after any series of changes', () => {
    const command = fc.tuple(fc.constantFrom('p0', 'p1', 'p2'), roleLists);
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let members: Member[] = ['p0', 'p1', 'p2'].map((id) => ({
          personId: id as Id<'person'>,
          roles: ['member', 'coordinator'],
        }));
        for (const [id, wanted] of commands) {
          try {
            const roles = changeRoles(members, id as Id<'person'>, wanted);
            members = members.map((each) => (each.personId === id ? { ...each, roles } : each));
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
          expect(members.some((each) => each.roles.includes('coordinator'))).toBe(true);
        }
      }),
    );
  });
});
