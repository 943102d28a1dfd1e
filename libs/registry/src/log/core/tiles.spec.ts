import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from './bytes.js';
import {
  entriesOfBundle,
  entryBundle,
  hashesOfTile,
  readTilePath,
  tilePath,
  tilesOf,
  tileWidth,
} from './tiles.js';

describe('addresses of tiles', () => {
  it('are those of the specification’s examples', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe('tile/entries/273.p/112');
    const tiles = [...tilesOf(70_000)].filter(({ level }) => level !== 'entries');
    expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273);
    expect(tiles.slice(273)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect([...tilesOf(256)].slice(1)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
    expect([...tilesOf(0)]).toEqual([]);
    expect(tileWidth(1, 0, 255)).toBe(0);
  });

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        const tile = { level, index, width };
        expect(readTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it.each([
    'tile/64/000',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/x002',
    'tile/0/1000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    'tile/-1/000',
    'tile/entries',
    'tile/0/000?x',
  ])('are not %j', (path) => expect(readTilePath(path)).toBeNull());
});

describe('entry bundles', () => {
  it('give back what went in', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        const bundle = entryBundle(entries);
        expect(entriesOfBundle(bundle, entries.length).map((each) => [...each])).toEqual(
          entries.map((each) => [...each]),
        );
      }),
    );
  });

  it('are refused when anything is missing, more or cut off', () => {
    const bundle = entryBundle([utf8('one'), utf8('two')]);
    expect(() => entriesOfBundle(bundle, 1)).toThrow('as many entries');
    expect(() => entriesOfBundle(bundle, 3)).toThrow('as many entries');
    expect(() => entriesOfBundle(bundle.subarray(0, -1), 2)).toThrow('within an entry');
    expect(() => entriesOfBundle(bundle.subarray(0, 6), 2)).toThrow('within a length');
    expect(() => entryBundle([new Uint8Array(65_536)])).toThrow('65,535');
    expect(() => hashesOfTile(new Uint8Array(63), 2)).toThrow('length of its width');
  });
});
