/**
 * A cell of words, as RFC 4180 quotes it. What others wrote is not to run as a formula in a treasurer's spreadsheet:
 * an apostrophe goes before it, which spreadsheets do not show. Numbers need none of this and are written as they are.
 */
export function csvText(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Cells that are quoted already where they must be, as one row. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
