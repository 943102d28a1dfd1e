/**
 * Processes that outlive a mistake: run files that name a process by pid *and* start time, so that a
 * recycled pid is never taken for ours, and a stop that asks first and forces only at the end.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a run file holds. `identity` is the kernel's boot id with the start tick of the process (Linux),
 * or the start time that `ps` prints (elsewhere).
 * @typedef {{ pid: number, identity: string } & Record<string, unknown>} RunRecord
 */

/** A refusal that a person can act on: printed as it is, without a stack trace. */
export class LauncherError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'LauncherError';
  }
}

/**
 * When a process started, in a form that no other process with the same pid can share.
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process (a zombie counts as none)
 */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command in parentheses may hold spaces and parentheses itself, so count from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${bootId}/${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 && ps.stdout.trim() !== '' ? ps.stdout.trim() : undefined;
}

/**
 * The command line of a process, words separated by spaces; empty when it cannot be read.
 * @param {number} pid
 */
export function commandLineOf(pid) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}

/** @param {RunRecord | undefined} record */
export function isAlive(record) {
  return record !== undefined && identityOf(record.pid) === record.identity;
}

/**
 * @param {string} file
 * @returns {RunRecord | undefined} undefined when there is none, or it was only half written
 */
export function readRunFile(file) {
  try {
    /** @type {unknown} */
    const value = JSON.parse(readFileSync(file, 'utf8'));
    const record = /** @type {Partial<RunRecord> | null} */ (value);
    if (typeof record?.pid !== 'number' || typeof record.identity !== 'string') return undefined;
    return /** @type {RunRecord} */ (record);
  } catch {
    return undefined;
  }
}

/**
 * Writes beside the target and renames, so that a reader never sees half a file.
 * @param {string} file
 * @param {string} text
 * @param {number} [mode]
 */
export function writeFileAtomically(file, text, mode = 0o600) {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(partial, text, { mode });
  renameSync(partial, file);
}

/**
 * @param {string} file
 * @param {number} pid
 * @param {Record<string, unknown>} [more]
 * @returns {RunRecord}
 */
export function writeRunFile(file, pid, more = {}) {
  const record = { ...more, pid, identity: identityOf(pid) ?? 'gone' };
  writeFileAtomically(file, JSON.stringify(record));
  return record;
}

/**
 * @param {() => boolean | Promise<boolean>} condition
 * @param {number} timeoutMs
 * @param {number} [everyMs]
 * @returns {Promise<boolean>} false when the time was up first
 */
export async function waitUntil(condition, timeoutMs, everyMs = 25) {
  const until = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= until) return false;
    await sleep(everyMs);
  }
}

/**
 * Asks a process to stop, and forces it once its time is up. Does nothing to a process that merely
 * inherited the pid.
 * @param {RunRecord} record
 * @param {{ signals: [NodeJS.Signals, number][], group?: boolean }} how each signal with the milliseconds
 *   it is given; with `group` the whole process group is meant, for children started detached
 * @returns {Promise<NodeJS.Signals | undefined>} the signal that did it; undefined when nothing ran
 */
export async function stopProcess(record, { signals, group = false }) {
  for (const [signal, graceMs] of signals) {
    if (!isAlive(record)) return undefined;
    try {
      process.kill(group ? -record.pid : record.pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
    if (await waitUntil(() => !isAlive(record), graceMs)) return signal;
  }
  if (isAlive(record)) throw new LauncherError(`Process ${record.pid} does not stop.`);
  return undefined;
}

/**
 * Takes a lock file for this process. A lock whose process is gone is taken over.
 * @param {string} file
 * @param {Record<string, unknown>} [more] told to whoever finds the lock held
 * @returns {{ held: true, update: (more: Record<string, unknown>) => void, release: () => void }
 *   | { held: false, holder: RunRecord }}
 */
export function takeLock(file, more = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${randomBytes(4).toString('hex')}`;
  writeRunFile(mine, process.pid, more);
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        // A hard link appears complete or not at all, and fails when the name is taken.
        linkSync(mine, file);
        return {
          held: true,
          update: (next) => void writeRunFile(file, process.pid, { ...more, ...next }),
          release: () => {
            if (readRunFile(file)?.pid === process.pid) rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = readRunFile(file);
      if (holder && isAlive(holder)) return { held: false, holder };
      removeStaleLock(file, holder?.identity);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new LauncherError(`The lock ${file} cannot be taken. Remove it if nothing is running.`);
}

/**
 * Two starters may both have seen the stale lock; the second must not remove the first one's new lock.
 * @param {string} file
 * @param {string | undefined} staleIdentity
 */
function removeStaleLock(file, staleIdentity) {
  const aside = `${file}.stale-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = readRunFile(aside);
  if (taken && taken.identity !== staleIdentity && isAlive(taken) && !existsSync(file)) {
    renameSync(aside, file);
    return;
  }
  rmSync(aside, { force: true });
}

/**
 * Opens a log for appending; one that has grown past `maxBytes` is set aside first, two old ones are kept.
 * @param {string} file
 * @param {number} [maxBytes]
 * @returns {number} a file descriptor: a child writes to it directly and so loses nothing when we die
 */
export function openLog(file, maxBytes = 2_000_000) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file) && statSync(file).size > maxBytes) {
    if (existsSync(`${file}.1`)) renameSync(`${file}.1`, `${file}.2`);
    renameSync(file, `${file}.1`);
  }
  return openSync(file, 'a', 0o600);
}

/**
 * The last lines of a log, read from its end.
 * @param {string} file
 * @param {number} [lines]
 */
export function tailOf(file, lines = 15) {
  try {
    const size = statSync(file).size;
    const length = Math.min(size, 16_384);
    const buffer = Buffer.alloc(length);
    const descriptor = openSync(file, 'r');
    readSync(descriptor, buffer, 0, length, size - length);
    closeSync(descriptor);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Where this user's private copies live, apart from any data: removing it costs only time. */
export function cacheDir() {
  const home = process.env['HOME'] ?? '/nonexistent';
  return join(process.env['XDG_CACHE_HOME'] || join(home, '.cache'), 'commonwright');
}
