/**
 * Programs from Debian or Ubuntu packages without root and without installing: downloaded with a private
 * state of apt, unpacked into this user's cache, run from there.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDir } from './process.mjs';

/** Long enough for a slow mirror, short enough that a start without network is not held up. */
const UPDATE_TIMEOUT_MS = 20_000;
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** After a failure the network is left alone for this long; removing the cache directory asks again. */
const FAILURE_KEPT_MS = 60 * 60 * 1000;

/**
 * @param {string} name
 * @returns {string | undefined} the program's path, when it is on the PATH
 */
export function onPath(name) {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.map((dir) => join(dir, name)).find(isExecutable);
}

/**
 * A PATH inherited through su or sudo may name directories that we cannot enter: what we cannot run is not there.
 * @param {string} file
 */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, timeoutMs: number }} options
 * @returns {Promise<string>} standard output; rejects with the last line of standard error
 */
function run(command, args, { cwd, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (errors += chunk.toString()));
    const timer = setTimeout(() => {
      // apt fetches in helper processes, so the whole group has to go.
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else if (signal) reject(new Error(`${command} took longer than ${timeoutMs / 1000} s`));
      else reject(new Error(errors.trim().split('\n').at(-1) || `${command} ended with code ${code}`));
    });
  });
}

/** @returns {string} the release this machine runs, so that a copy never outlives an upgrade of the system */
function releaseId() {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const field = (/** @type {string} */ name) =>
    new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? 'x';
  return `${field('ID')}-${field('VERSION_ID')}-${process.arch}`;
}

/** @returns {string | undefined} why private copies cannot be made here */
export function whyNotDebian() {
  if (process.platform !== 'linux' || !onPath('apt-get') || !onPath('dpkg'))
    return 'not a Debian or Ubuntu system';
  return undefined;
}

/** @param {string} home */
function aptOptions(home) {
  const options = {
    'Dir::State': join(home, 'state'),
    'Dir::State::Lists': join(home, 'state', 'lists'),
    // The real list of what is installed decides what is missing.
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(home, 'cache'),
    'APT::Sandbox::User': '',
    'Debug::NoLocking': 'true',
    'Acquire::Retries': '0',
    'Acquire::http::Timeout': '5',
    'Acquire::https::Timeout': '5',
    'Acquire::Languages': 'none',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * @param {string} home
 * @param {(line: string) => void} log
 */
async function freshLists(home, log) {
  const marker = join(home, 'lists-fetched');
  const age = Date.now() - (statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age < 12 * 60 * 60 * 1000) return;
  mkdirSync(join(home, 'state', 'lists', 'partial'), { recursive: true });
  mkdirSync(join(home, 'cache', 'archives', 'partial'), { recursive: true });
  log('Asking the Debian mirror for its package lists (without installing anything) …');
  // One source of several that fails (a third party's, say) is no failure of ours; none at all is.
  await run('apt-get', [...aptOptions(home), 'update'], { timeoutMs: UPDATE_TIMEOUT_MS });
  const lists = readdirSync(join(home, 'state', 'lists'));
  if (!lists.some((file) => file.includes('Packages')))
    throw new Error('the Debian mirror cannot be reached');
  writeFileSync(marker, '');
}

/**
 * What apt would install on this very machine, without recommendations.
 * @param {string} home
 * @param {string[]} packages
 */
async function missingClosure(home, packages) {
  const simulated = await run(
    'apt-get',
    [...aptOptions(home), '--simulate', '--no-install-recommends', 'install', ...packages],
    { timeoutMs: 30_000 },
  );
  const lines = [...simulated.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/gm)];
  // On a machine that has the package installed nothing is missing; the copy then holds it alone.
  return lines.length > 0 ? lines.map(([, name, version]) => `${name}=${version}`) : packages;
}

/**
 * @typedef {{ name: string, packages: string[], closure?: boolean, force?: boolean,
 *   log?: (line: string) => void }} CopyOptions `closure`: also whatever else apt says is missing;
 *   `force`: ask again although it failed a short while ago
 */

/**
 * @param {CopyOptions} options
 * @returns {Promise<string>} the directory that stands for `/`; rejects with the reason
 */
export async function privateCopy({ name, packages, closure = false, force = false, log = () => undefined }) {
  const reason = whyNotDebian();
  if (reason) throw new Error(reason);
  const home = join(cacheDir(), 'debian', releaseId());
  const root = join(home, 'roots', name);
  if (existsSync(root)) return root;
  const failure = join(home, `failed-${name}`);
  const failedAgo = Date.now() - (statSync(failure, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (!force && failedAgo < FAILURE_KEPT_MS) throw new Error(readFileSync(failure, 'utf8'));
  const partial = `${root}.${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(partial, { recursive: true });
    await freshLists(home, log);
    const wanted = closure ? await missingClosure(home, packages) : packages;
    await run('apt-get', [...aptOptions(home), 'download', ...wanted], {
      cwd: partial,
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
    for (const file of readdirSync(partial).filter((entry) => entry.endsWith('.deb'))) {
      await run('dpkg', ['-x', join(partial, file), partial], { timeoutMs: 30_000 });
      rmSync(join(partial, file));
    }
    if (!existsSync(root)) renameSync(partial, root);
    rmSync(failure, { force: true });
    return root;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (existsSync(home)) {
      writeFileSync(failure, message);
      // Lists that name versions the mirror has since replaced are a likely reason: fetch them anew.
      rmSync(join(home, 'lists-fetched'), { force: true });
    }
    throw new Error(message, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * The environment in which programs of a private copy find their libraries.
 * @param {string} root
 * @returns {Record<string, string>}
 */
export function copyEnvironment(root) {
  const triplet = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const libraries = [`usr/lib/${triplet}`, `lib/${triplet}`, 'usr/lib', 'lib'].map((dir) => join(root, dir));
  const inherited = process.env['LD_LIBRARY_PATH'];
  const python = join(root, 'usr/lib/python3/dist-packages');
  const path = [...libraries.filter((dir) => existsSync(dir)), ...(inherited ? [inherited] : [])].join(':');
  return {
    // An empty value would mean the current directory.
    ...(path ? { LD_LIBRARY_PATH: path } : {}),
    ...(existsSync(python) ? { PYTHONPATH: python } : {}),
  };
}
