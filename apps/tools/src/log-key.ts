import 'reflect-metadata';
import { type Config, type Database } from '#platform';
import { LogKeyFile, LogReader } from '#registry';
import { onDatabase } from './compose.js';

const USAGE = `Usage: npm run log:key -- <what>
  show             where the key is, what the log is called, and what was signed last
  add              adds a new key; heads are signed by the old and the new one from now on
  retire           leaves only the newest key
  new              begins with a new key because the old one is lost; the published head counts as the last one
  accept-database  takes the published head for the last one, because the file that says so is lost or too old
Stop the worker before, start it after. docs/operations.md explains when.`;

/** `npm run log:key`: what a person decides about the keys of the public log. */
await onDatabase('log-key', async (database, config) => {
  const [what = ''] = process.argv.slice(2);
  const file = new LogKeyFile(config.registryLogKeyFile);
  if (what === 'show') return show(file);
  if (what === 'new') return renew(file, database, config);
  if (what === 'accept-database') return accept(file, database);
  if (what === 'add' || what === 'retire') {
    if (what === 'add') file.add();
    else file.retire();
    return show(file);
  }
  console.error(USAGE);
  return 2;
});

function show(file: LogKeyFile): number {
  if (!file.exists()) {
    console.log(`There is no key at ${file.path} yet: the worker makes it when it first runs.`);
    return 1;
  }
  const { origin, signing } = file.keys();
  console.log(`${file.path}: ${origin}, ${signing.length} key(s); signed last: ${file.head().size} entries.`);
  return 0;
}

async function renew(file: LogKeyFile, database: Database, config: Config): Promise<number> {
  if (file.exists()) {
    console.error(
      `There is a key at ${file.path}. To rotate, say “add”, and “retire” when others have taken it up.`,
    );
    return 1;
  }
  const head = await new LogReader(database).head();
  const origin = config.registryLogOrigin ?? head?.note.split('\n')[0];
  if (!origin) {
    console.error('This log has signed nothing yet: the worker makes its first key by itself.');
    return 1;
  }
  // The new key goes on from the published head, which the old one signed.
  file.create(origin, head ?? undefined);
  console.log(`A new key is at ${file.path}. It signs from the next entry on.`);
  return 0;
}

async function accept(file: LogKeyFile, database: Database): Promise<number> {
  const head = await new LogReader(database).head();
  if (!head) {
    console.error('The database has no published head to accept.');
    return 1;
  }
  file.writeHead(head);
  console.log(`The head over ${head.size} entries counts as the one that was signed last.`);
  return 0;
}
