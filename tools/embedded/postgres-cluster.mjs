/** The cluster of the embedded PostgreSQL: made by initdb, with passwords that only the data directory knows. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { confirmPlace, giveTo } from './postgres-files.mjs';
import { LauncherError, writeFileAtomically } from './process.mjs';

/** @typedef {{ superuser: string, owner: string, app: string, port?: number }} Credentials passwords by role */

/** PostgreSQL takes settings from the environment as well; ours shall depend on none of them. */
export const CLEAN_ENV = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** @param {string} dataDir */
const credentialsFileOf = (dataDir) => join(dataDir, 'postgres', 'credentials.json');

/**
 * @param {string} dataDir
 * @param {Credentials} credentials
 */
export function writeCredentials(dataDir, credentials) {
  writeFileAtomically(credentialsFileOf(dataDir), JSON.stringify(credentials));
}

/**
 * @param {string} cluster
 * @param {number} major
 */
export function checkVersion(cluster, major) {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === String(major)) return;
  throw new LauncherError(
    `The database was made by PostgreSQL ${found}, and this version of Commonwright brings ${major}. ` +
      'docs/operations.md says under "Upgrade" how to carry it over.',
  );
}

/**
 * initdb works in a directory aside, renamed at the end: an interrupted one leaves nothing half made.
 * @param {{ dataDir: string, cluster: string, binaries: import('./postgres-files.mjs').Binaries,
 *   runAs: import('./postgres-files.mjs').RunAs, durable: boolean }} where
 */
export function initCluster({ dataDir, cluster, binaries, runAs, durable }) {
  const secret = () => randomBytes(24).toString('base64url');
  /** @type {Credentials} */
  const credentials = { superuser: secret(), owner: secret(), app: secret() };
  const partial = `${cluster}.${randomBytes(4).toString('hex')}`;
  const passwordFile = `${partial}.pw`;
  const initdb = join(binaries.native, 'bin', 'initdb');
  mkdirSync(partial, { mode: 0o700 });
  giveTo(partial, runAs);
  writeFileSync(passwordFile, credentials.superuser, { mode: 0o600 });
  giveTo(passwordFile, runAs);
  const how = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const spawnOptions = { cwd: '/', env: CLEAN_ENV, encoding: /** @type {const} */ ('utf8'), ...runAs };
  let made = spawnSync(
    initdb,
    ['-D', partial, ...how, ...locale, '--no-sync', '--no-instructions'],
    spawnOptions,
  );
  rmSync(passwordFile, { force: true });
  // One sync at the end instead of one for each step: half the time, the same promise.
  if (made.status === 0 && durable) made = spawnSync(initdb, ['-D', partial, '--sync-only'], spawnOptions);
  if (made.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new LauncherError(
      `PostgreSQL could not create its database (initdb): ${made.stderr || made.error?.message}`,
    );
  }
  writeCredentials(dataDir, credentials);
  renameSync(partial, cluster);
  confirmPlace(dataDir);
}

/**
 * @param {string} dataDir
 * @returns {Credentials}
 */
export function readCredentials(dataDir) {
  try {
    return JSON.parse(readFileSync(credentialsFileOf(dataDir), 'utf8'));
  } catch {
    throw new LauncherError(
      `The passwords of the embedded database cannot be read from ${credentialsFileOf(dataDir)}. ` +
        'Restore this file from a backup of the data directory, and make sure that it belongs to you.',
    );
  }
}
