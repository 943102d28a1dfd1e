import type { Config } from '#platform';

export const LOG_ORIGIN = Symbol('LOG_ORIGIN');

export interface LogOrigin {
  /** What a new log is called. One that exists keeps its name. */
  readonly name: string;
  /** Whether the operator said so. */
  readonly configured: boolean;
}

/** c2sp.org/tlog-tiles: the origin should be the address of the log without its scheme. */
export function logOrigin({
  registryLogOrigin,
  publicUrl,
}: Pick<Config, 'registryLogOrigin' | 'publicUrl'>): LogOrigin {
  if (registryLogOrigin !== null) return { name: registryLogOrigin, configured: true };
  const address = (publicUrl ?? 'http://localhost').replace(/^https?:\/\//, '');
  return { name: `${address}/log`, configured: false };
}
