import 'reflect-metadata';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { CommunityDirectory } from '#identity';
import { systemClock } from '#kernel';
import { BOOKS_FORMATS, BooksService, isBooksFormat } from '#ledger';
import { onDatabase } from './compose.js';

const USAGE = `Usage: npm run --silent export -- --format ${BOOKS_FORMATS.join('|')} [--fablab <slug>]
Writes the books to standard output. The slug is needed only where there are several fablabs.`;

/** `npm run export`: the books of one fablab on standard output, whatever their size. */
async function main(): Promise<void> {
  const options = readOptions();
  if (typeof options === 'string') {
    console.error(`${options}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const { format, fablab } = options;
  await onDatabase('export', async (database) => {
    const books = new BooksService(database, new CommunityDirectory(database), systemClock);
    const community = await books.community(fablab ?? null);
    try {
      await pipeline(Readable.from(books.write(community, format)), process.stdout, { end: false });
    } catch (error) {
      // Whoever reads, such as head, has enough.
      if ((error as { code?: string }).code !== 'EPIPE') throw error;
    }
    return 0;
  });
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { format: { type: 'string' }, fablab: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) return { help: true as const };
    if (values.format === undefined) return 'Say which format: --format hledger, for example.';
    if (!isBooksFormat(values.format))
      return `“${values.format}” is none of the formats: ${BOOKS_FORMATS.join(', ')}.`;
    return { help: false as const, format: values.format, fablab: values.fablab };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

await main();
