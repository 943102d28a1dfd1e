import { DomainError } from '#kernel';
import { FORMATS, isFormat, type Format } from '../formats/read-problem.js';

export const HELP = `Plans job shops.

  schedule solve FILE --format jsp|fjsp|fjsp-w|json --seconds S --seed N
                 [--threads K] [--operators K] [--iterations I] [--progress] [--json]
  schedule check FILE SCHEDULE [--format jsp|fjsp|fjsp-w|json] [--operators K] [--json]

solve prints the best plan found within S seconds, after the checker has accepted it. Stop it at any time with Ctrl-C:
it then prints the best so far. check reads such a plan (what solve --json prints) and accepts or refuses it.
--operators K: every operation also holds one of K identical operators for its whole duration.
`;

export interface Arguments {
  readonly command: 'solve' | 'check' | 'help';
  readonly files: readonly string[];
  readonly format: Format | null;
  readonly seconds: number | null;
  readonly iterations: number | null;
  readonly seed: number;
  readonly threads: number;
  readonly operators: number | null;
  readonly json: boolean;
  readonly progress: boolean;
}

const VALUES = ['format', 'seconds', 'iterations', 'seed', 'threads', 'operators'];
const SWITCHES = ['json', 'progress', 'help'];

/** @throws DomainError BAD_INPUT for anything that is not understood */
export function readArguments(words: readonly string[]): Arguments {
  const values = new Map<string, string>();
  const files: string[] = [];
  for (let place = 0; place < words.length; place++) {
    const word = words[place]!;
    if (!word.startsWith('--')) {
      files.push(word);
      continue;
    }
    const [name, given] = word.slice(2).split('=', 2) as [string, string | undefined];
    if (SWITCHES.includes(name)) values.set(name, 'yes');
    else if (VALUES.includes(name)) {
      const value = given ?? words[++place];
      if (value === undefined) throw refuse(`--${name} needs a value.`);
      values.set(name, value);
    } else throw refuse(`There is no option --${name}.\n\n${HELP}`);
  }
  const command = files.shift();
  if (values.has('help') || command === 'help' || command === undefined)
    return withOptions('help', files, values);
  if (command !== 'solve' && command !== 'check')
    throw refuse(`There is no command “${command}”.\n\n${HELP}`);
  const wanted = command === 'solve' ? 1 : 2;
  if (files.length !== wanted)
    throw refuse(`${command} needs ${wanted === 1 ? 'a file' : 'a file and a schedule'}.\n\n${HELP}`);
  return withOptions(command, files, values);
}

function withOptions(
  command: Arguments['command'],
  files: readonly string[],
  values: ReadonlyMap<string, string>,
): Arguments {
  const format = values.get('format') ?? null;
  if (format !== null && !isFormat(format))
    throw refuse(`--format must be one of ${Object.keys(FORMATS).join(', ')}, not “${format}”.`);
  return {
    command,
    files,
    format,
    seconds: decimal(values, 'seconds'),
    iterations: whole(values, 'iterations', 0),
    seed: whole(values, 'seed', 0) ?? 1,
    threads: whole(values, 'threads', 1) ?? 1,
    operators: whole(values, 'operators', 1),
    json: values.has('json'),
    progress: values.has('progress'),
  };
}

function whole(values: ReadonlyMap<string, string>, name: string, min: number): number | null {
  const text = values.get(name);
  if (text === undefined) return null;
  const value = Number(text);
  if (!/^\d{1,12}$/.test(text) || value < min)
    throw refuse(`--${name} must be a whole number from ${min} on.`);
  return value;
}

function decimal(values: ReadonlyMap<string, string>, name: string): number | null {
  const text = values.get(name);
  if (text === undefined) return null;
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text)) throw refuse(`--${name} must be a number such as 5 or 0.5.`);
  return Number(text);
}

function refuse(message: string): DomainError {
  return new DomainError('BAD_INPUT', message);
}
