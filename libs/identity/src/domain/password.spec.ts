import { describe, expect, it } from '@jest/globals';
import { InputCheck } from '#kernel';
import { normalPassword, readNewPassword } from './password.js';

function problemsOf(password: string | null): string[] {
  const check = new InputCheck();
  readNewPassword(check, 'password', password, 'ada.lovelace@example.org');
  return check.problems.map((problem) => problem.message);
}

describe('a new password', () => {
  it('may be any ten characters, blanks and accents among them', () => {
    expect(problemsOf('ab cd ef g')).toEqual([]);
    expect(problemsOf('żółta łódź płynie')).toEqual([]);
  });

  it('is refused when it is missing, too short or too long', () => {
    expect(problemsOf(null)).toEqual(['Please give a password.']);
    expect(problemsOf('123456789')).toEqual(['The password needs at least 10 characters.']);
    expect(problemsOf('x1'.repeat(101))).toEqual(['The password may have at most 200 characters.']);
  });

  it.each([
    'aaaaaaaaaaaa',
    'Password123',
    'QWERTYUIOP',
    'ada.lovelace@example.org',
    'Ada.Lovelace1',
    'ada.lovelace@example.org12345',
  ])('is refused when it is as guessable as %p', (password) => {
    expect(problemsOf(password)).toEqual([
      'This password is easy to guess. Take several words that only you would put together.',
    ]);
  });

  it('may hold the name when enough else is in it', () => {
    expect(problemsOf('ada.lovelace builds engines')).toEqual([]);
  });

  it('is the same however its accents were composed, and keeps its blanks', () => {
    expect(normalPassword(' cafe\u0301 ')).toBe(normalPassword(' caf\u00e9 '));
    expect(normalPassword(' a ')).toBe(' a ');
  });
});
