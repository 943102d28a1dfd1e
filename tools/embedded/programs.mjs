/**
 * Programs that tests check our exports with. What is not installed is fetched privately where the system
 * allows it; what cannot be had is reported by name and reason, so that tests skip and say so.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyEnvironment, onPath, privateCopy } from './debian.mjs';

/** @typedef {{ path: string, env: Record<string, string>, missing?: undefined }} FoundProgram */
/** @typedef {{ missing: string, path?: undefined, env?: undefined }} MissingProgram */
/** @typedef {FoundProgram | MissingProgram} Program */

/** The Debian package of each program, and how it is asked whether it runs. */
const PROGRAMS = /** @type {const} */ ({
  hledger: { package: 'hledger', probe: ['--version'] },
  ledger: { package: 'ledger', probe: ['--version'] },
  'bean-check': { package: 'beancount', probe: ['--help'] },
  pdftotext: { package: 'poppler-utils', probe: ['-v'] },
  pdfinfo: { package: 'poppler-utils', probe: ['-v'] },
  pdfdetach: { package: 'poppler-utils', probe: ['-v'] },
  zbarimg: { package: 'zbar-tools', probe: ['--version'] },
  qpdf: { package: 'qpdf', probe: ['--version'] },
});

/** @typedef {keyof typeof PROGRAMS} ProgramName */

export const PROGRAM_NAMES = /** @type {ProgramName[]} */ (Object.keys(PROGRAMS));

/** @type {Map<ProgramName, Promise<Program>>} */
const answers = new Map();

/**
 * @param {ProgramName} name
 * @returns {Promise<Program>} remembered: a test file asks once for each of its cases
 */
export function requireProgram(name) {
  const known = answers.get(name) ?? look(name);
  answers.set(name, known);
  return known;
}

/** @returns {Promise<Record<ProgramName, Program>>} */
export async function findPrograms() {
  // One after the other: several copies of apt at once would only wait for each other's downloads.
  const found = /** @type {Record<ProgramName, Program>} */ ({});
  for (const name of PROGRAM_NAMES) found[name] = await requireProgram(name);
  return found;
}

/**
 * COMMONWRIGHT_HIDE_PROGRAMS (names separated by commas, or "all") makes programs on the PATH unseen, so
 * that the other routes can be tried on a machine that has them.
 * @param {ProgramName} name
 * @returns {Promise<Program>}
 */
async function look(name) {
  const hidden = (process.env['COMMONWRIGHT_HIDE_PROGRAMS'] ?? '').split(',');
  const installed = hidden.includes(name) || hidden.includes('all') ? undefined : onPath(name);
  if (installed) return { path: installed, env: {} };
  if (hidden.includes('no-copies'))
    return refuse(name, 'it is not installed, and private copies are switched off');
  const { package: debianPackage, probe } = PROGRAMS[name];
  if (name === 'bean-check' && !onPath('python3'))
    return refuse(name, 'it needs python3, which is not installed');
  try {
    const root = await privateCopy({ name: debianPackage, packages: [debianPackage], closure: true });
    const path = join(root, 'usr/bin', name);
    if (!existsSync(path))
      return refuse(name, `the package ${debianPackage} is installed, but not its program`);
    const env = copyEnvironment(root);
    const trial = spawnSync(path, [...probe], { env: { ...process.env, ...env }, encoding: 'utf8' });
    // Some answer with a code of their own; what matters is that the loader found all libraries.
    const broken = trial.error ?? (trial.status === null || trial.status === 127);
    if (broken) return refuse(name, `the private copy does not run: ${trial.stderr?.trim().split('\n')[0]}`);
    return { path, env };
  } catch (error) {
    return refuse(name, error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {ProgramName} name
 * @param {string} reason
 * @returns {MissingProgram}
 */
function refuse(name, reason) {
  return { missing: `${name} (Debian package ${PROGRAMS[name].package}): ${reason}` };
}
