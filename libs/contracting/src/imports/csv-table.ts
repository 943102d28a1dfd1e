import { CsvError, parse } from 'csv-parse/sync';
import { DomainError } from '#kernel';

/** A GraphQL request holds at most 1,000,000 bytes, and base64 makes four of three. */
export const IMPORT_BYTES_MAX = 700_000;
export const IMPORT_ROWS_MAX = 5_000;
const COLUMNS_MAX = 60;
const CELL_CHARS_MAX = 2_000;

export interface ImportTable {
  readonly header: readonly string[];
  /** As a spreadsheet numbers them: the header is row 1 where nothing stands above it. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
  readonly delimiter: ',' | ';' | '\t';
}

/**
 * UTF-8 or UTF-16 by its mark, UTF-8 where it is valid, and else Windows-1252, which older spreadsheets write.
 * @throws DomainError `BAD_INPUT` for what is no text
 */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes.length > IMPORT_BYTES_MAX) {
    throw refused(
      `The file has ${bytes.length} bytes; at most ${IMPORT_BYTES_MAX} can be imported at once. Please divide it.`,
    );
  }
  const text = textOf(bytes);
  if (text.includes('\0'))
    throw refused(
      'This is no CSV file. Please save the table as “CSV” in your spreadsheet, and choose that file.',
    );
  return text;
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** What the bytes 0x80 to 0x9f mean there; all others are those of Latin-1. Unused ones keep their number. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Written out, because Node decodes these bytes as Latin-1 in some of the versions that we support. */
function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80));
}

/**
 * Rows of cells, quoted line breaks included. Columns are divided by whichever of comma, semicolon and tab stands most
 * often in the first row. Empty rows are left out, and those below keep their numbers.
 * @throws DomainError `BAD_INPUT`
 */
export function parseTable(text: string): ImportTable {
  const delimiter = delimiterOf(text);
  const all = parsed(text, delimiter);
  const first = all.findIndex((cells) => cells.some((cell) => cell !== ''));
  const header = all[first];
  if (!header) throw refused('The table is empty.');
  if (header.length > COLUMNS_MAX)
    throw refused(`The table has ${header.length} columns; at most ${COLUMNS_MAX} are read.`);
  const rows = all
    .map((cells, index) => ({ number: index + 1, cells }))
    .slice(first + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length === 0) throw refused('The table has a row of heads and nothing below it.');
  if (rows.length > IMPORT_ROWS_MAX) {
    throw refused(
      `The table has ${rows.length} rows; at most ${IMPORT_ROWS_MAX} can be imported at once. Please divide it.`,
    );
  }
  const long = rows.find(({ cells }) => cells.some((cell) => cell.length > CELL_CHARS_MAX));
  if (long) throw refused(`A cell of row ${long.number} has more than ${CELL_CHARS_MAX} characters.`);
  return { header, rows, delimiter };
}

function parsed(text: string, delimiter: string): string[][] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      // A quotation mark inside of a cell that is not quoted is a quotation mark.
      relax_quotes: true,
      skip_empty_lines: false,
    }) as unknown as string[][];
    return records.map((cells) => cells.map(unguarded));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refused(`The table cannot be read: ${error.message}. A quotation mark is perhaps not closed.`);
  }
}

/** Takes away the apostrophe that our own files put before what could be a formula. */
function unguarded(cell: string): string {
  const trimmed = cell.trim();
  return /^'[=+\-@]/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

function delimiterOf(text: string): ImportTable['delimiter'] {
  const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const count = (sign: string): number => bare.split(sign).length;
  const [best = ','] = ([',', ';', '\t'] as const).toSorted((a, b) => count(b) - count(a));
  return best;
}

function refused(message: string): DomainError {
  return DomainError.badInput([{ field: 'content', message }]);
}
