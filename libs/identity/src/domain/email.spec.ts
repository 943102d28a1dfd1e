import { expect, it } from '@jest/globals';
import { InputCheck } from '#kernel';
import { readEmail } from './email.js';

function read(value: string | null): { email: string; problems: string[] } {
  const check = new InputCheck();
  const email = readEmail(check, 'email', value);
  return { email, problems: check.problems.map((problem) => problem.message) };
}

it('takes an address in lower case and without the blanks around it', () => {
  expect(read('  Ada.Lovelace@Example.ORG ')).toEqual({ email: 'ada.lovelace@example.org', problems: [] });
});

it.each(['ada', 'ada@', '@example.org', 'ada@example', 'a b@example.org', 'ada@example..org', 'a@b@c.org'])(
  'refuses %p with the form it should have',
  (value) => {
    expect(read(value).problems).toEqual(['The email address must look like name@example.org.']);
  },
);

it('says one thing only about an address that is missing or too long', () => {
  expect(read(null).problems).toEqual(['Please give an email address.']);
  expect(read(`${'a'.repeat(250)}@example.org`).problems).toEqual([
    'An email address is 262 characters long; at most 254 are allowed.',
  ]);
});
