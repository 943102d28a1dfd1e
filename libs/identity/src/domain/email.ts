import { LIMITS, type InputCheck } from '#kernel';

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/**
 * Reads an address and puts it in lower case, so that one mailbox is one account however it is typed. Whether
 * it exists is for a message to it to show; the form alone is checked here.
 */
export function readEmail(check: InputCheck, field: string, value: string | null | undefined): string {
  const limit = { max: LIMITS.emailCharsMax, name: 'an email address' };
  const before = check.problems.length;
  const email = check.text(field, value, limit).toLowerCase();
  if (check.problems.length === before && !EMAIL.test(email)) {
    check.refuse(field, 'The email address must look like name@example.org.');
  }
  return email;
}
