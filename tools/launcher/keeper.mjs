/** Keeps a server running: when it ends unexpectedly it is started again, a few times, then given up. */
import { setTimeout as sleep } from 'node:timers/promises';

const DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** After this long without trouble, earlier failures are forgotten. */
const FORGIVEN_MS = 60_000;

/** @returns {{ next: () => number | undefined, succeeded: () => void }} */
export function backOff() {
  let failures = 0;
  let upSince = 0;
  return {
    next: () => {
      if (upSince && Date.now() - upSince > FORGIVEN_MS) failures = 0;
      upSince = 0;
      failures += 1;
      return DELAYS_MS[failures - 1];
    },
    succeeded: () => {
      upSince = Date.now();
    },
  };
}

/**
 * @template {{ onExit: (listener: (what: string) => void) => void, stop: () => Promise<void> }} T
 * @param {{ name: string, start: () => Promise<T>, log: (line: string) => void,
 *   onReplaced: (now: T, before: T) => unknown, onGivenUp: (message: string) => void }} options
 * @returns {Promise<{ current: () => T, stop: () => Promise<void> }>}
 */
export async function keep({ name, start, log, onReplaced, onGivenUp }) {
  const patience = backOff();
  let stopping = false;
  let handle = await start();
  let reviving = Promise.resolve();

  /** @param {string} what */
  const revive = async (what) => {
    for (let reason = what; !stopping;) {
      const delayMs = patience.next();
      if (delayMs === undefined) return onGivenUp(`${name} keeps failing: ${reason}`);
      log(`${name} ended unexpectedly (${reason}); starting it again in ${delayMs / 1000} s.`);
      await sleep(delayMs);
      if (stopping) return;
      try {
        const before = handle;
        handle = await start();
        watch();
        log(`${name} is up again.`);
        onReplaced(handle, before);
        return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  };
  const watch = () => {
    patience.succeeded();
    handle.onExit((what) => {
      if (!stopping) reviving = revive(what);
    });
  };
  watch();
  return {
    current: () => handle,
    stop: async () => {
      stopping = true;
      // A start in progress must be over before it can be stopped.
      await reviving;
      await handle.stop();
    },
  };
}
