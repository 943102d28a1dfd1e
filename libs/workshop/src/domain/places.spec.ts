import { describe, expect, it } from '@jest/globals';
import { DomainError, InputCheck, type Day } from '#kernel';
import { assertExpiryAhead, readSectionSlug } from './places.js';

describe('a section’s short name', () => {
  it('is made from the name when none is wanted', () => {
    expect(readSectionSlug(new InputCheck(), null, 'Métal & Co')).toBe('metal-co');
    expect(readSectionSlug(new InputCheck(), '', '木工')).toBe('section');
  });

  it('is refused when it would not do in an address', () => {
    const check = new InputCheck();
    readSectionSlug(check, 'Wood Working', 'Woodworking');
    expect(check.problems.map((problem) => problem.field)).toEqual(['slug']);
  });
});

describe('the last day of a qualification', () => {
  it('may be today, and no day before', () => {
    const today = '2026-03-02' as Day;
    expect(() => assertExpiryAhead(today, today)).not.toThrow();
    expect(() => assertExpiryAhead(null, today)).not.toThrow();
    expect(() => assertExpiryAhead('2026-03-01' as Day, today)).toThrow(DomainError);
  });
});
