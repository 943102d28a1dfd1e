/**
 * Puts the verifier of the public log and the two libraries it stands on into single files: `dist/verify/verify.mjs`, which
 * anyone can download, keep and run with Node alone, and `dist/verify/verify-page.js` for the page /verify. Run by
 * `npm run build:server`, after the compiler.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const compiled = join(root, 'dist/libs/registry/src/verify');

/** @type {readonly ['node' | 'browser', string, string, string][]} */
const SCRIPTS = [
  [
    'node',
    'main.command-line.js',
    'verify.mjs',
    '#!/usr/bin/env node\n// Checks the public log of a Commonwright from outside: node verify.mjs https://csm.example.org\n' +
      '// One file without dependencies; @noble/hashes and @noble/ed25519 (MIT licence, Paul Miller) are in it.',
  ],
  [
    'browser',
    'browser.js',
    'verify-page.js',
    '// With @noble/hashes and @noble/ed25519 (MIT licence, Paul Miller).',
  ],
];

for (const [platform, input, output, banner] of SCRIPTS) {
  const bundle = await rolldown({ input: join(compiled, input), platform });
  await bundle.write({
    file: join(root, 'dist/verify', output),
    format: 'esm',
    banner,
    codeSplitting: false,
  });
  await bundle.close();
}
