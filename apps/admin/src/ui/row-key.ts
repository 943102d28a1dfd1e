let keys = 0;

/** A name for a row on the screen that stays with it when rows above are removed. */
export function rowKey(): string {
  keys += 1;
  return `row-${keys}`;
}
