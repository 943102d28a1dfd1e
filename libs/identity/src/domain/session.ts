const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

/** Writing at every request would cost a commit for each; minutes are exact enough for an expiry in days. */
const TOUCH_MILLISECONDS = 10 * 60 * 1000;

/** Random bytes of a session's token: 256 bits, far beyond guessing. */
export const SESSION_TOKEN_BYTES = 32;

/** When a session that was just seen ends. */
export function sessionExpiry(now: Date, sessionDays: number): Date {
  return new Date(now.getTime() + sessionDays * MILLISECONDS_PER_DAY);
}

/** True when it is time to note that the session is still used, which also moves its expiry. */
export function isTouchDue(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= TOUCH_MILLISECONDS;
}
