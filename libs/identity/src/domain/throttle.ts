/** One try at signing in that failed or still runs, as seen from a try that is about to start. */
export interface Attempt {
  readonly sameEmail: boolean;
  readonly sameAddress: boolean;
  readonly attemptedAt: Date;
}

/** For how long a failed try counts. */
export const THROTTLE_WINDOW_MILLISECONDS = 15 * 60 * 1000;

/**
 * Tries allowed in the window. Guessing one account from one place ends at ten. The two others are wider, so that
 * a whole fablab behind one address can sign in, and so that nobody locks another out with a few wrong tries.
 */
export const THROTTLE_LIMITS = { pair: 10, address: 50, email: 100 } as const;

/**
 * How long somebody has to wait.
 * @param attempts those of the window that share the email or the address
 * @returns whole seconds until the next try is allowed; 0 when it is allowed now
 */
export function retryAfterSeconds(attempts: readonly Attempt[], now: Date): number {
  const waits = [
    waitOf(
      attempts.filter((each) => each.sameEmail && each.sameAddress),
      THROTTLE_LIMITS.pair,
      now,
    ),
    waitOf(
      attempts.filter((each) => each.sameAddress),
      THROTTLE_LIMITS.address,
      now,
    ),
    waitOf(
      attempts.filter((each) => each.sameEmail),
      THROTTLE_LIMITS.email,
      now,
    ),
  ];
  return Math.max(...waits);
}

/** When `limit` tries are in the window, the oldest of the last `limit` has to leave it first. */
function waitOf(attempts: readonly Attempt[], limit: number, now: Date): number {
  const times = attempts.map((each) => each.attemptedAt.getTime()).sort((a, b) => b - a);
  const oldest = times[limit - 1];
  if (oldest === undefined) return 0;
  return Math.max(0, Math.ceil((oldest + THROTTLE_WINDOW_MILLISECONDS - now.getTime()) / 1000));
}

/**
 * The part of an address that stands for one place: of IPv6 the first 64 bits, of which a household has the rest
 * to itself (RFC 6177) and could otherwise try from a new address each time; of IPv4 all.
 */
export function placeOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
