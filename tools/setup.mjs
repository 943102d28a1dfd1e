/**
 * What must be there before anything runs: packages in step with the lockfile, and a build in step with
 * the sources. Both are recognised by content hashes, so a fresh checkout and an old one behave alike.
 * Nothing here may import a package: it runs before they are installed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError, takeLock } from './embedded/process.mjs';
import { runStep } from './launcher/step.mjs';

const STAMP = '.commonwright-stamp';

/**
 * @typedef {{ name: string, label: string, script: string, sources: string[], output: string }} BuildPart
 */

/** @type {BuildPart[]} */
const PARTS = [
  {
    name: 'server',
    label: 'Building the server',
    script: 'build:server',
    sources: [
      'apps/api',
      'apps/worker',
      'apps/demo',
      'apps/tools',
      'apps/schedule',
      'tools/bundle-verify.mjs',
      'libs',
      'tsconfig.json',
      'tsconfig.build.json',
      'package.json',
    ],
    output: 'dist',
  },
  {
    name: 'web',
    label: 'Building the web app',
    script: 'build:web',
    sources: ['apps/admin', 'schema.graphql'],
    output: 'apps/admin/dist',
  },
];

/** Made by builds and tests, so a change in them asks for no new build. */
const NOT_SOURCES = /^(node_modules|dist|generated|coverage|\..*|.*\.(spec\.tsx?|tsbuildinfo|log))$/;

/**
 * @param {{ root: string, log: (line: string) => void, build?: boolean, parts?: string[] }} options
 *   `parts`: the names of what is to be built; everything unless said otherwise
 */
export async function setUp({ root, log, build = true, parts }) {
  checkNode();
  const lock = await waitForLock(root, log);
  try {
    await ensureInstalled(root, log);
    if (build) await ensureBuilt(root, log, parts);
  } finally {
    lock.release();
  }
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new LauncherError(`Commonwright needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/**
 * Two starts in one repository (on different data directories, say) must not install over each other.
 * @param {string} root
 * @param {(line: string) => void} log
 */
async function waitForLock(root, log) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `commonwright-setup-${process.getuid?.() ?? 0}`, `${name}.lock`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let said = false; ; said = true) {
    const lock = takeLock(file);
    if (lock.held) return lock;
    if (!said) log(`Waiting for process ${lock.holder.pid}, which is installing or building here …`);
    await sleep(500);
  }
}

/**
 * @param {string} root
 * @param {(line: string) => void} log
 */
export async function ensureInstalled(root, log) {
  const lockfile = join(root, 'package-lock.json');
  if (!existsSync(lockfile))
    throw new LauncherError('package-lock.json is missing: restore it from the repository.');
  const stampFile = join(root, 'node_modules', STAMP);
  const wanted = createHash('sha256')
    .update(readFileSync(lockfile))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (readIfThere(stampFile) === wanted) return;
  if (!matchesLockfile(root)) {
    rmSync(stampFile, { force: true });
    // No package of ours needs its install script, and npm 11 runs none without being told: the same
    // everywhere, then. Development packages are wanted even with NODE_ENV=production, for the build.
    const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    await runStep({ label: 'Installing packages', root, log, ...npmCommand(args) });
  }
  writeFileSync(stampFile, wanted);
}

/**
 * Someone may have run npm install or npm ci by hand; npm's own record says whether that was this lockfile.
 * @param {string} root
 */
function matchesLockfile(root) {
  const record = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  if (!record) return false;
  /** @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} Packages */
  const wanted = /** @type {Packages} */ (
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  );
  const there = /** @type {Packages} */ (JSON.parse(record).packages);
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = there[path];
    return found ? found.version === version && existsSync(join(root, path)) : optional === true;
  });
}

/**
 * The npm that started us, or the one on the PATH.
 * @param {string[]} args
 */
export function npmCommand(args) {
  const cli = process.env['npm_execpath'];
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return { command: process.execPath, args: [cli, ...args] };
  return { command: 'npm', args };
}

/**
 * @param {string} root
 * @param {(line: string) => void} log
 * @param {string[]} [names]
 */
export async function ensureBuilt(root, log, names) {
  const wanted = PARTS.filter(({ name }) => names?.includes(name) ?? true);
  const stale = wanted
    .map((part) => ({ part, hash: hashOf(root, part.sources) }))
    .filter(({ part, hash }) => readIfThere(join(root, part.output, STAMP)) !== hash);
  // Two parts, two cores: side by side takes as long as the longer one.
  await Promise.all(
    stale.map(async ({ part, hash }) => {
      // Compilers leave the output of removed sources behind, and a removed migration must not run.
      rmSync(join(root, part.output), { recursive: true, force: true });
      await runStep({ label: part.label, root, log, ...npmCommand(['run', '--silent', part.script]) });
      mkdirSync(join(root, part.output), { recursive: true });
      writeFileSync(join(root, part.output, STAMP), hash);
    }),
  );
}

/**
 * @param {string} root
 * @param {string[]} sources
 */
function hashOf(root, sources) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const source of sources) {
    for (const file of filesUnder(join(root, source))) {
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]} in the same order everywhere
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !NOT_SOURCES.test(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
      );
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
