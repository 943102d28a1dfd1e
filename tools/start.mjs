/** `npm start`: from a fresh checkout to a running Commonwright, and back to nothing on Ctrl-C. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LauncherError } from './embedded/process.mjs';
import { Launcher } from './launcher/launcher.mjs';
import { HELP, readOptions } from './launcher/options.mjs';
import { watchParents, watchSignals } from './launcher/signals.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

async function main() {
  const options = readOptions(process.argv.slice(2), process.env, root);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const launcher = new Launcher(options);
  watchSignals({ stop: (why) => launcher.requestStop(why), force: () => launcher.force() });
  watchParents((why) => launcher.requestStop(why));
  return launcher.run();
}

try {
  process.exit(await main());
} catch (error) {
  // What a person can act on is said in words; anything else is a fault of ours and keeps its trace.
  console.error(error instanceof LauncherError ? `\n${error.message}` : error);
  process.exit(1);
}
