import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Injection token of the folder that holds the built web app; it need not exist yet. */
export const WEB_FOLDER = Symbol('WEB_FOLDER');

/**
 * Finds `apps/admin/dist` beside the sources and beside the compiled code alike: compiled code stands one folder
 * deeper, so the way up is looked for instead of counted.
 */
export function findWebFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'apps/admin/package.json'))) return join(folder, 'apps/admin/dist');
  }
  return join(process.cwd(), 'apps/admin/dist');
}
