import type { Config } from '#platform';

/** `__Host-` binds the cookie to this host and to https; browsers refuse that prefix on plain http. */
export function sessionCookieName(config: Pick<Config, 'secureCookies'>): string {
  return config.secureCookies ? '__Host-commonwright' : 'commonwright';
}

/** Finds one cookie in a `Cookie` header; for WebSocket upgrades, which no cookie plug-in sees. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}
