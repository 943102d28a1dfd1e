/** What makes the launcher stop: a signal, or the death of the npm that started it. */
import { readFileSync } from 'node:fs';
import { identityOf } from '../embedded/process.mjs';

/**
 * On Ctrl-C a terminal signals the whole group, and npm hands the signal on as well: the same keystroke
 * arrives twice. A second one within this time is not a second wish.
 */
const SAME_WISH_MS = 700;

/**
 * @param {{ stop: (why: string) => void, force: () => void }} actions
 */
export function watchSignals({ stop, force }) {
  let first = 0;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (first === 0) {
        first = Date.now();
        stop(signal);
      } else if (Date.now() - first > SAME_WISH_MS) {
        force();
      }
    });
  }
  // A closed terminal must not kill us in the middle of stopping the others.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/**
 * A shell between npm and us dies of a signal without handing it on; we would stay behind unseen.
 * @param {(why: string) => void} stop
 */
export function watchParents(stop) {
  if (!process.env['npm_lifecycle_event']) return;
  const parents = [process.ppid, parentOf(process.ppid)].flatMap((pid) => {
    const identity = pid && pid > 1 ? identityOf(pid) : undefined;
    return pid && identity ? [{ pid, identity }] : [];
  });
  const npm = parents.slice(0, isShell(process.ppid) ? 2 : 1);
  const timer = setInterval(() => {
    if (npm.every(({ pid, identity }) => identityOf(pid) === identity)) return;
    clearInterval(timer);
    stop('the npm that started it has ended');
  }, 500);
  timer.unref();
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isShell(pid) {
  try {
    return /^(da|ba|z|k|a)?sh$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return false;
  }
}
