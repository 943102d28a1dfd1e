import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { equalBytes, hexOf, utf8, type Bytes } from './bytes.js';
import { emptyRoot, GrowingTree, leafHash, perfectSizes, type Hash } from './merkle.js';
import {
  proveConsistency,
  proveInclusion,
  rootOfSize,
  verifyConsistency,
  verifyInclusion,
} from './proofs.js';
import type { SubtreeReader } from './proofs.js';
import { hashesOnLevel, tileReader, tileWidth, type Tile } from './tiles.js';

/** The definition of RFC 6962, section 2.1, word by word and with Node's SHA-256: slow, and independent of ours. */
function mth(entries: readonly Bytes[]): Buffer {
  const sha = (...parts: readonly Uint8Array[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(Buffer.from([0]), entries[0]!);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha(Buffer.from([1]), mth(entries.slice(0, k)), mth(entries.slice(k)));
}

const entry = (index: number): Bytes => utf8(`entry ${index}`);
const entries = Array.from({ length: 600 }, (_each, index) => entry(index));
const leaves = entries.map(leafHash);

/** Tiles as a server holds them: hashes of level 0 are leaves, above they are roots of full tiles. */
function levelHash(level: number, index: number): Hash {
  const width = 256 ** level;
  return level === 0
    ? leaves[index]!
    : new Uint8Array(mth(entries.slice(index * width, (index + 1) * width)));
}

function readerOf(size: number, fetched: Tile[] = []): SubtreeReader {
  return tileReader((tile) => {
    fetched.push(tile);
    expect(tile.width).toBe(tileWidth(tile.level, tile.index, size));
    return Promise.resolve(
      Array.from({ length: tile.width }, (_each, at) => levelHash(Number(tile.level), tile.index * 256 + at)),
    );
  }, size);
}

const rootAt = (size: number): Hash => new Uint8Array(mth(entries.slice(0, size)));

describe('the hashes of RFC 6962', () => {
  it('are those that its definition gives, for every size up to 70 and around a full tile', () => {
    const tree = new GrowingTree();
    expect(hexOf(tree.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (let size = 1; size <= 520; size += 1) {
      tree.append(leaves[size - 1]!);
      if (size > 70 && Math.abs(size - 256) > 2 && Math.abs(size - 512) > 2) continue;
      expect(hexOf(tree.root())).toBe(mth(entries.slice(0, size)).toString('hex'));
    }
  });

  it('know the hash of an empty leaf, as the RFC’s test vectors do', () => {
    expect(hexOf(leafHash(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(hexOf(emptyRoot())).toBe(mth([]).toString('hex'));
  });

  it('go on growing from what a tree remembers', () => {
    const whole = new GrowingTree();
    for (const leaf of leaves.slice(0, 300)) whole.append(leaf);
    const begun = new GrowingTree();
    for (const leaf of leaves.slice(0, 133)) begun.append(leaf);
    const again = new GrowingTree(begun.size, begun.perfect());
    for (const leaf of leaves.slice(133, 300)) again.append(leaf);
    expect(hexOf(again.root())).toBe(hexOf(whole.root()));
    expect(() => new GrowingTree(3, [])).toThrow(RangeError);
    expect(perfectSizes(13)).toEqual([8, 4, 1]);
  });

  it('tell of every perfect subtree when it is complete', () => {
    const told: string[] = [];
    const tree = new GrowingTree();
    for (const leaf of leaves.slice(0, 4)) {
      tree.append(leaf, (height, index, hash) => {
        const width = 2 ** height;
        told.push(`${height}/${index}`);
        expect(equalBytes(hash, mth(entries.slice(index * width, (index + 1) * width)))).toBe(true);
      });
    }
    expect(told).toEqual(['0/0', '0/1', '1/0', '0/2', '0/3', '1/1', '2/0']);
  });
});

describe('proofs', () => {
  const sizes = fc.integer({ min: 1, max: 600 });

  it('of inclusion verify for every leaf of every small tree', async () => {
    for (let size = 1; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = await proveInclusion(readerOf(size), index, size);
        expect(verifyInclusion({ index, hash: leaves[index]! }, { size, root: rootAt(size) }, path)).toBe(
          true,
        );
      }
    }
  });

  it('of consistency verify between all small trees, and read each tile once', async () => {
    for (let to = 1; to <= 20; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = await proveConsistency(readerOf(to), from, to);
        const [old, tree] = [
          { size: from, root: rootAt(from) },
          { size: to, root: rootAt(to) },
        ];
        expect(verifyConsistency(old, tree, proof)).toBe(true);
      }
    }
    const fetched: Tile[] = [];
    await proveConsistency(readerOf(600, fetched), 300, 600);
    expect(fetched.length).toBe(new Set(fetched.map(({ level, index }) => `${level}/${index}`)).size);
  });

  it('hold for trees of several tiles, and for no other leaf, place, size, root or path', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), fc.nat(31), async (size, some, other, byte) => {
        const index = some % size;
        const tree = { size, root: rootAt(size) };
        const path = await proveInclusion(readerOf(size), index, size);
        const leaf = { index, hash: leaves[index]! };
        const changed = (hash: Hash): Hash => hash.map((each, at) => (at === byte ? each ^ 1 : each));
        expect(verifyInclusion(leaf, tree, path)).toBe(true);
        expect(verifyInclusion({ ...leaf, hash: changed(leaf.hash) }, tree, path)).toBe(false);
        expect(verifyInclusion(leaf, { ...tree, root: changed(tree.root) }, path)).toBe(false);
        expect(verifyInclusion({ ...leaf, index: size }, tree, path)).toBe(false);
        expect(verifyInclusion(leaf, tree, [...path, leaf.hash])).toBe(false);
        if (path.length === 0) return;
        expect(verifyInclusion(leaf, tree, path.slice(1))).toBe(false);
        const at = other % path.length;
        expect(
          verifyInclusion(
            leaf,
            tree,
            path.map((hash, each) => (each === at ? changed(hash) : hash)),
          ),
        ).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('of consistency hold for no other beginning', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(31), async (a, b, byte) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const [old, tree] = [
          { size: from, root: rootAt(from) },
          { size: to, root: rootAt(to) },
        ];
        const proof = await proveConsistency(readerOf(to), from, to);
        const changed = (hash: Hash): Hash => hash.map((each, at) => (at === byte ? each ^ 1 : each));
        expect(verifyConsistency(old, tree, proof)).toBe(true);
        expect(verifyConsistency({ ...old, root: changed(old.root) }, tree, proof)).toBe(false);
        expect(verifyConsistency(old, { ...tree, root: changed(tree.root) }, proof)).toBe(false);
        expect(verifyConsistency(old, tree, [...proof, old.root])).toBe(false);
        for (let at = 0; at < proof.length; at += 1) {
          const other = proof.map((hash, each) => (each === at ? changed(hash) : hash));
          expect(verifyConsistency(old, tree, other)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('from the empty tree say nothing, and so do not exist', async () => {
    expect(verifyConsistency({ size: 0, root: emptyRoot() }, { size: 3, root: rootAt(3) }, [])).toBe(false);
    expect(() => proveConsistency(readerOf(3), 0, 3)).toThrow(RangeError);
    expect(() => proveInclusion(readerOf(3), 3, 3)).toThrow(RangeError);
  });

  it('read the root of any earlier size from the tiles', async () => {
    for (const size of [1, 2, 255, 256, 257, 511, 512, 600])
      expect(hexOf(await rootOfSize(readerOf(600), size))).toBe(hexOf(rootAt(size)));
    expect([hashesOnLevel(0, 600), hashesOnLevel(1, 600), hashesOnLevel(2, 600)]).toEqual([600, 2, 0]);
  });
});
