import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputCheck, isSlug } from '#kernel';
import { readSlug, slugCandidates } from './community.js';

const ID = '019cad3a-0000-7000-8000-0123456789ab';

describe('the slug of a community', () => {
  it('comes from its name, with a number where that is taken, and at last with the id', () => {
    const candidates = slugCandidates('Łąka & Öko Hof', 'community', ID);
    expect(candidates.slice(0, 3)).toEqual(['aka-oko-hof', 'aka-oko-hof-2', 'aka-oko-hof-3']);
    expect(candidates.at(-1)).toBe('aka-oko-hof-0123456789ab');
  });

  it('has a stand-in for a name without a Latin letter', () => {
    expect(slugCandidates('Κοινότητα', 'community', ID)[0]).toBe('community');
  });

  it('is a slug for every name, and never twice the same', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 150 }), (name) => {
        const candidates = slugCandidates(name, 'community', ID);
        expect(candidates.every(isSlug)).toBe(true);
        expect(new Set(candidates).size).toBe(candidates.length);
      }),
    );
  });

  it('may be asked for, when it has the form of one', () => {
    const check = new InputCheck();
    expect(readSlug(check, 'slug', ' oak-hollow ')).toBe('oak-hollow');
    expect(readSlug(check, 'slug', '')).toBeNull();
    expect(check.problems).toEqual([]);
    readSlug(check, 'slug', 'Oak Hollow');
    readSlug(check, 'slug', 'a'.repeat(61));
    expect(check.problems).toHaveLength(2);
  });
});
