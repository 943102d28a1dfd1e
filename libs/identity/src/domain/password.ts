import { LIMITS, type InputCheck } from '#kernel';

/**
 * Of the passwords that leaked most often, those long enough to pass the length rule, and some of our own
 * making. No list is complete; this one stops what people type when they want to get past a form.
 */
const COMMON: ReadonlySet<string> = new Set([
  '1234567890', '12345678910', '0123456789', '0987654321', '1q2w3e4r5t', '1q2w3e4r5t6y', 'qwertyuiop', 'qwertzuiop',
  'qwerty1234', 'qwerty12345', 'password12', 'password123', 'password1234', 'passwort123', 'motdepasse', 'contraseña',
  'administrator', 'letmein1234', 'iloveyou12', 'iloveyou123', 'abcdefghij', 'abcd123456', 'abc1234567', 'commonwright',
]); // prettier-ignore

/** What is left of a password without the owner's name in it must still be worth guessing. */
const OWN_CHARS_MIN = 6;

/** One form for one password, however a keyboard composes its accents (NIST SP 800-63B, 3.1.1.2). */
export function normalPassword(value: string | null | undefined): string {
  return (value ?? '').normalize('NFKC');
}

/**
 * Reads a new password: long enough, and not one of the first that somebody else would try. Which kinds of
 * characters it has is nobody's business.
 */
export function readNewPassword(
  check: InputCheck,
  field: string,
  value: string | null | undefined,
  email: string,
): string {
  const password = normalPassword(value);
  const length = [...password].length;
  if (length === 0) check.refuse(field, 'Please give a password.');
  else if (length < LIMITS.passwordCharsMin)
    check.refuse(field, `The password needs at least ${LIMITS.passwordCharsMin} characters.`);
  else if (length > LIMITS.passwordCharsMax)
    check.refuse(field, `The password may have at most ${LIMITS.passwordCharsMax} characters.`);
  else if (isGuessable(password.toLowerCase(), email))
    check.refuse(
      field,
      'This password is easy to guess. Take several words that only you would put together.',
    );
  return password;
}

function isGuessable(password: string, email: string): boolean {
  const name = email.split('@')[0] ?? '';
  const own = [email, name].reduce(
    (rest, part) => (part.length < 3 ? rest : rest.replaceAll(part, '')),
    password,
  );
  const isRepeated = new Set(password).size === 1;
  return isRepeated || COMMON.has(password) || (own !== password && [...own].length < OWN_CHARS_MIN);
}
