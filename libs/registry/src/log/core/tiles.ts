import { concat, LogFormatError, type Bytes } from './bytes.js';
import { HASH_BYTES, perfectRoot, type Hash } from './merkle.js';
import type { Subtree, SubtreeReader } from './proofs.js';

/** c2sp.org/tlog-tiles: so many hashes, or entries, make a full tile. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const LEVEL_MAX = 63;
const ENTRY_BYTES_MAX = 65_535;

export interface Tile {
  /** `entries` for a bundle, whose places are those of level 0. */
  readonly level: number | 'entries';
  /** From 0 within the level. */
  readonly index: number;
  /** 1 … 256; below 256 the tile is partial. */
  readonly width: number;
}

/** Such as `tile/0/x001/x234/067.p/112`, below the log's prefix. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

function indexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** Reads what `tilePath` writes, and nothing else: one tile has one address. @returns null otherwise */
export function readTilePath(path: string): Tile | null {
  const match =
    /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (!match) return null;
  const [, levelText = '', indexText = '', widthText] = match;
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if (level !== 'entries' && level > LEVEL_MAX) return null;
  if (widthText !== undefined && width >= TILE_WIDTH) return null;
  const tile: Tile = { level, index: Number(indexText.replaceAll(/[x/]/g, '')), width };
  return Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null;
}

/** How many hashes stand on a level of tiles in a tree of that size. */
export function hashesOnLevel(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The width of a tile in a tree of that size; 0 when it is not there. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const left = hashesOnLevel(level === 'entries' ? 0 : level, size) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, left));
}

/** Every tile of a tree of that size, from the leaves up; bundles of entries first. */
export function* tilesOf(size: number): Generator<Tile> {
  for (const level of ['entries', ...Array.from({ length: LEVEL_MAX + 1 }, (_each, at) => at)] as const) {
    const count = hashesOnLevel(level === 'entries' ? 0 : level, size);
    if (count === 0) return;
    for (let index = 0; index * TILE_WIDTH < count; index += 1)
      yield { level, index, width: tileWidth(level, index, size) };
  }
}

/** @throws LogFormatError when the bytes are not so many hashes */
export function hashesOfTile(bytes: Bytes, width: number): Hash[] {
  if (bytes.length !== width * HASH_BYTES)
    throw new LogFormatError('This tile has not the length of its width.');
  return Array.from({ length: width }, (_each, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/** An entry bundle: each entry behind its length, two bytes big-endian. @throws LogFormatError */
export function entryBundle(entries: readonly Bytes[]): Bytes {
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > ENTRY_BYTES_MAX) throw new LogFormatError('An entry is longer than 65,535 bytes.');
      return [new Uint8Array([entry.length >> 8, entry.length & 255]), entry];
    }),
  );
}

/** @throws LogFormatError when the bytes are not so many entries and nothing else */
export function entriesOfBundle(bytes: Bytes, width: number): Bytes[] {
  const entries: Bytes[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined)
      throw new LogFormatError('This bundle ends within a length.');
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) throw new LogFormatError('This bundle ends within an entry.');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length !== width) throw new LogFormatError('This bundle has not as many entries as it should.');
  return entries;
}

/**
 * Reads perfect subtrees out of tiles, each tile fetched once.
 * @param fetchTile gives the hashes of a tile of level 0 and above
 * @param size of the tree whose tiles there are
 */
export function tileReader(fetchTile: (tile: Tile) => Promise<readonly Hash[]>, size: number): SubtreeReader {
  return async (subtrees) => {
    const tiles = new Map<string, Promise<readonly Hash[]>>();
    return Promise.all(
      subtrees.map(async (subtree) => {
        const { tile, from, count } = placeOf(subtree, size);
        const path = tilePath(tile);
        const hashes = tiles.get(path) ?? fetchTile(tile);
        tiles.set(path, hashes);
        const part = (await hashes).slice(from, from + count);
        if (part.length !== count) throw new LogFormatError(`${path} is not as wide as this tree needs.`);
        return perfectRoot(part);
      }),
    );
  };
}

/** Where a perfect subtree stands: as `count` hashes of a tile, whose root it is. */
function placeOf({ height, index }: Subtree, size: number): { tile: Tile; from: number; count: number } {
  const level = Math.floor(height / TILE_HEIGHT);
  const count = 2 ** (height % TILE_HEIGHT);
  const first = index * count;
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const tile = { level, index: tileIndex, width: tileWidth(level, tileIndex, size) };
  if (tile.width === 0) throw new RangeError(`A tree of ${size} has no such subtree.`);
  return { tile, from: first % TILE_WIDTH, count };
}
