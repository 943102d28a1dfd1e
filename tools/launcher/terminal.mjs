/** What the person at the terminal sees: one calm line for each thing that happened. */
import { closeSync, existsSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} line */
export function say(line) {
  console.log(line);
}

/**
 * Shows what is appended to the logs from now on, each line under the name of its log.
 * @param {string} directory
 */
export function followLogs(directory) {
  /** @type {Map<string, number>} */
  const shown = new Map();
  const names = () =>
    existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.log')) : [];
  for (const name of names()) shown.set(name, statSync(join(directory, name)).size);
  const look = () => {
    for (const name of names()) {
      const file = join(directory, name);
      const { size } = statSync(file);
      const from = shown.get(name) ?? 0;
      // A log that became shorter was set aside and begun anew.
      const start = size < from ? 0 : from;
      if (size > start) print(name, file, start, size);
      shown.set(name, size);
    }
  };
  setInterval(look, 200).unref();
  process.on('exit', look);
}

/**
 * @param {string} name
 * @param {string} file
 * @param {number} start
 * @param {number} end
 */
function print(name, file, start, end) {
  const buffer = Buffer.alloc(end - start);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, buffer, 0, buffer.length, start);
  closeSync(descriptor);
  for (const line of buffer.toString('utf8').trimEnd().split('\n')) {
    console.log(`${name.replace(/\.log$/, '').padEnd(8)} | ${line}`);
  }
}
