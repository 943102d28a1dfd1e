/**
 * Every code a client may meet in `extensions.code`. A code is part of the public API: it is never renamed.
 *
 * - `BAD_INPUT`: a value is missing, malformed, too long or out of range; `details.problems` names each field
 * - `UNAUTHENTICATED`: nobody is signed in; `FORBIDDEN`: the signed-in person has not the role for this
 * - `NOT_FOUND`: no such thing, or not for this viewer
 * - `INVALID_STATE`: the thing is there, but this is not the moment (out of order)
 * - `CONFLICT`: somebody else was first, or the name is taken
 * - `KEY_REUSED`: the idempotency key was used before with another input
 * - `INSUFFICIENT_FUNDS`: an account that must not be negative would be
 * - `STALE_CLAIM`: the job is no longer held by this claim
 * - `RATE_LIMITED`: too many tries; `details.retryAfterSeconds` says when to come back
 */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID_STATE'
  | 'CONFLICT'
  | 'KEY_REUSED'
  | 'INSUFFICIENT_FUNDS'
  | 'STALE_CLAIM'
  | 'RATE_LIMITED';

/** One thing wrong with one field of an input: the path (`deliverables.0.quantity`) and a sentence. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** A refusal that a person can act on: a stable code, a sentence, and machine-readable details. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'DomainError';
  }

  static badInput(problems: readonly Problem[]): DomainError {
    const [first] = problems;
    const sentence =
      problems.length === 1 && first ? first.message : problems.map((each) => each.message).join(' ');
    return new DomainError('BAD_INPUT', sentence, { problems });
  }

  static notFound(what: string, name: string): DomainError {
    return new DomainError('NOT_FOUND', `There is no ${what} “${name}” that you can see.`, { what, name });
  }

  static forbidden(sentence: string): DomainError {
    return new DomainError('FORBIDDEN', sentence);
  }
}
