import type { Config } from '../config/config.js';

/** Browsers keep no cookie for longer. When a session ends is for its row in the database to say. */
const COOKIE_SECONDS_MAX = 400 * 24 * 60 * 60;

type CookieConfig = Pick<Config, 'secureCookies'>;

/** `__Host-` binds the cookie to this host and to https; browsers refuse that prefix on plain http. */
export function sessionCookieName(config: CookieConfig): string {
  return config.secureCookies ? '__Host-commonwright' : 'commonwright';
}

/**
 * The `Set-Cookie` header of a session. Scripts cannot read it, and other sites cannot send it with a POST.
 * @param token null takes the cookie away
 */
export function sessionCookie(config: CookieConfig, token: string | null): string {
  const seconds = token === null ? 0 : COOKIE_SECONDS_MAX;
  const secure = config.secureCookies ? '; Secure' : '';
  return `${sessionCookieName(config)}=${token ?? ''}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** Finds one cookie in a `Cookie` header; for WebSocket upgrades, which no cookie plug-in sees. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}
