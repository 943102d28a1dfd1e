import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type VerifyScript = 'verify.mjs' | 'verify-page.js';

const kept = new Map<VerifyScript, Buffer>();

/**
 * The scripts that check the log from outside, as the build has bundled them. Compiled code stands one folder deeper than
 * its source, so `dist/verify` is looked for on the way up.
 * @returns null when nothing was built yet
 */
export function verifyScript(name: VerifyScript): Buffer | null {
  const known = kept.get(name);
  if (known) return known;
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'dist/verify', name);
    if (!existsSync(file)) continue;
    const script = readFileSync(file);
    kept.set(name, script);
    return script;
  }
  return null;
}
