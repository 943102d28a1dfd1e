import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { LogFormatError } from '../log/core/bytes.js';
import { readVkey } from '../log/core/note.js';
import { readSeenLog, seenText, type SeenLog } from './seen-log.js';
import { httpSite, SiteError } from './site.js';
import { verifyLog } from './verifier.js';

const USAGE = `Usage: verify <address> [--state <file>] [--witness <vkey>]… [--quiet]
Checks the public log of a Commonwright from outside, without trusting it: signatures, every entry, every published
document, what the documents say, and that nothing was altered or withdrawn since the last time.
  <address>   such as https://csm.example.org
  --state     where to remember what was seen (a file of your own; by default one for each address in your home)
  --witness   the key of somebody who must have cosigned the log's head; may be given several times
The code is 0 for green, 1 for red, 2 when it could not be checked.`;

const GREEN = '\u001b[32m';
const RED = '\u001b[31m';
const PLAIN = '\u001b[0m';

/** @returns the code to end with */
export async function verifyFromCommandLine(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const { address, stateFile, witnesses, quiet } = options;
  try {
    const seen = readState(stateFile);
    const say = (sentence: string): void => {
      if (!quiet) console.log(sentence);
    };
    if (!seen) say('This log is seen for the first time: its key is believed, and remembered.');
    const {
      line,
      problems,
      seen: next,
    } = await verifyLog({ site: httpSite(address, fetch), seen, witnesses, say });
    if (next) writeState(stateFile, next);
    const colour = problems.length === 0 ? GREEN : RED;
    console.log(process.stdout.isTTY ? `${colour}${line}${PLAIN}` : line);
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SiteError) && !(error instanceof LogFormatError)) throw error;
    console.error(`NOT CHECKED  ${error.message}`);
    return 2;
  }
}

function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        state: { type: 'string' },
        witness: { type: 'string', multiple: true },
        quiet: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const [address, ...more] = positionals;
    if (values.help || !address || more.length > 0 || !/^https?:\/\//.test(address)) return USAGE;
    const name = address.replace(/^https?:\/\//, '').replaceAll(/[^a-zA-Z0-9.-]/g, '_');
    return {
      address,
      stateFile: values.state ?? join(homedir(), '.commonwright', 'seen-logs', `${name}.json`),
      witnesses: (values.witness ?? []).map(readVkey),
      quiet: values.quiet ?? false,
    };
  } catch (error) {
    return error instanceof Error ? `${error.message}\n\n${USAGE}` : USAGE;
  }
}

function readState(file: string): SeenLog | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    return readSeenLog(text);
  } catch {
    throw new LogFormatError(`${file} cannot be read: put it right, or remove it and believe the log anew.`);
  }
}

function writeState(file: string, seen: SeenLog): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${seenText(seen)}\n`);
}
