/**
 * A Chromium for the browser tests: CHROMIUM_PATH, one that is installed, or the headless one that the npm
 * package @sparticuz/chromium carries, unpacked into this user's cache.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { onPath } from './debian.mjs';
import { LauncherError, cacheDir } from './process.mjs';

/**
 * @typedef {{ executablePath: string, args: string[], kind: 'env' | 'system' | 'package',
 *   env: Record<string, string> }} Browser `env` is to be added to the environment of the browser
 */

/** A browser of its own for each test run: no sandbox (root has none), no chatter with the network. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALLED_ON_MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * COMMONWRIGHT_BROWSER=package passes over what is installed, so that the package can be tried anywhere.
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (!existsSync(named)) throw new LauncherError(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { executablePath: named, args: ARGS, kind: 'env', env: {} };
  }
  if (process.env['COMMONWRIGHT_BROWSER'] !== 'package') {
    const onMac =
      process.platform === 'darwin' ? INSTALLED_ON_MACOS.find((path) => existsSync(path)) : undefined;
    const installed = INSTALLED.map(onPath).find(Boolean) ?? onMac;
    if (installed) return { executablePath: installed, args: ARGS, kind: 'system', env: {} };
  }
  return fromPackage();
}

/** @returns {Promise<Browser>} */
async function fromPackage() {
  const paths = createRequire(import.meta.url).resolve.paths('@sparticuz/chromium') ?? [];
  const source = paths.map((dir) => join(dir, '@sparticuz/chromium')).find((dir) => existsSync(dir));
  if (!source || process.platform !== 'linux' || process.arch !== 'x64') {
    throw new LauncherError(
      'There is no browser: install Chromium (on Debian: apt-get install chromium) or name one in CHROMIUM_PATH.',
    );
  }
  const version = String(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')).version);
  const home = join(cacheDir(), `chromium-${version}`);
  // The package itself would unpack into a shared /tmp, where another user's copy is in the way.
  if (!existsSync(home)) await unpack(join(source, 'bin'), home);
  const executablePath = join(home, 'chromium');
  const fonts = { FONTCONFIG_PATH: join(home, 'fonts') };
  // Bundled libraries serve only machines that lack their own.
  const bundled = { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') };
  const choices = /** @type {Record<string, string>[]} */ ([{}, bundled, { ...bundled, ...fonts }]);
  for (const env of choices) {
    const trial = spawnSync(executablePath, ['--no-sandbox', '--headless=shell', '--version'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    const withFonts = existsSync('/etc/fonts/fonts.conf') ? env : { ...env, ...fonts };
    const args = [...ARGS, '--headless=shell', '--use-gl=angle', '--use-angle=swiftshader'];
    if (trial.status === 0) return { executablePath, args, kind: 'package', env: withFonts };
  }
  throw new LauncherError(
    `The Chromium of @sparticuz/chromium does not run here. Install Chromium, or name one in CHROMIUM_PATH.`,
  );
}

/**
 * @param {string} source
 * @param {string} home
 */
async function unpack(source, home) {
  const partial = `${home}.${randomBytes(4).toString('hex')}`;
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    const executable = join(partial, 'chromium');
    await pipeline(
      createReadStream(join(source, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(executable),
    );
    chmodSync(executable, 0o755);
    for (const archive of ['al2023', 'fonts', 'swiftshader']) {
      await untar(join(source, `${archive}.tar.br`), partial);
    }
    if (!existsSync(home)) renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * @param {string} archive
 * @param {string} target
 */
async function untar(archive, target) {
  const tar = spawn('tar', ['-x', '-f', '-', '-C', target], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`tar ended with ${code}`)),
    );
  });
  // tar may close its input before the padding at the end was read; its exit code is the judge.
  const fed = pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin).catch(() => undefined);
  await Promise.all([fed, ended]);
}
