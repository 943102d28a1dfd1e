import { readFile } from 'node:fs/promises';
import { runCommandLine } from '#scheduling';

/** `npm run schedule`: the planner for files of the literature. Ctrl-C once asks for the best so far. */
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

process.exitCode = await runCommandLine(process.argv.slice(2), {
  readFile: (path) => readFile(path, 'utf8'),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  signal: interrupted.signal,
});
