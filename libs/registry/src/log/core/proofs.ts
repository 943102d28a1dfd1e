import { equalBytes } from './bytes.js';
import { joined, nodeHash, perfectSizes, powerAtMost, type Hash } from './merkle.js';

/** A perfect subtree: 2^height leaves, of which the first is number index * 2^height. */
export interface Subtree {
  readonly height: number;
  readonly index: number;
}

/** Gives the hashes of perfect subtrees, in the order in which they were asked for. */
export type SubtreeReader = (subtrees: readonly Subtree[]) => Promise<readonly Hash[]>;

type Range = readonly [from: number, to: number];

/** The perfect subtrees of a range that begins where a subtree of its width may begin. */
export function subtreesOf([from, to]: Range): Subtree[] {
  let at = from;
  return perfectSizes(to - from).map((size) => {
    const subtree = { height: Math.round(Math.log2(size)), index: at / size };
    at += size;
    return subtree;
  });
}

/** The root of the tree of that size. */
export async function rootOfSize(reader: SubtreeReader, size: number): Promise<Hash> {
  return joined(await reader(subtreesOf([0, size])));
}

/**
 * RFC 6962, section 2.1.1: the audit path of a leaf, from its sibling up to the root's child.
 * @throws RangeError when the tree has no such leaf
 */
export function proveInclusion(reader: SubtreeReader, index: number, size: number): Promise<Hash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`A tree of ${size} has no leaf ${index}.`);
  return hashesOf(reader, inclusionRanges(index, [0, size]));
}

/**
 * RFC 6962, section 2.1.2: what shows that the tree of `from` leaves is a beginning of the tree of `to` leaves. Empty
 * when they are equal.
 * @throws RangeError unless 0 < from ≤ to
 */
export function proveConsistency(reader: SubtreeReader, from: number, to: number): Promise<Hash[]> {
  if (!(from > 0 && from <= to)) throw new RangeError(`There is no proof from ${from} to ${to}.`);
  return hashesOf(reader, consistencyRanges(from, [0, to], true));
}

function inclusionRanges(index: number, [from, to]: Range): Range[] {
  if (to - from === 1) return [];
  const middle = splitOf([from, to]);
  return index < middle
    ? [...inclusionRanges(index, [from, middle]), [middle, to]]
    : [...inclusionRanges(index, [middle, to]), [from, middle]];
}

/** SUBPROOF of the RFC: `whole` says that the old tree is this very range, whose hash the verifier knows. */
function consistencyRanges(size: number, [from, to]: Range, whole: boolean): Range[] {
  if (size === to) return whole ? [] : [[from, to]];
  const middle = splitOf([from, to]);
  return size <= middle
    ? [...consistencyRanges(size, [from, middle], whole), [middle, to]]
    : [...consistencyRanges(size, [middle, to], false), [from, middle]];
}

/** The largest power of two below the width: where the RFC parts a tree in two. */
function splitOf([from, to]: Range): number {
  return from + powerAtMost(to - from - 1);
}

/** All subtrees are asked for at once, so that a reader can fetch each tile once. */
async function hashesOf(reader: SubtreeReader, ranges: readonly Range[]): Promise<Hash[]> {
  const parts = ranges.map(subtreesOf);
  const hashes = await reader(parts.flat());
  let at = 0;
  return parts.map((part) => joined(hashes.slice(at, (at += part.length))));
}

/** Whether the path leads from the leaf's hash to the root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion(
  leaf: { readonly index: number; readonly hash: Hash },
  tree: { readonly size: number; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  const { index, hash } = leaf;
  if (!(index >= 0 && index < tree.size)) return false;
  let [fn, sn] = [index, tree.size - 1];
  let current = hash;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      current = nodeHash(sibling, current);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      current = nodeHash(current, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(current, tree.root);
}

/**
 * Whether the proof leads from one root to the other (RFC 9162, section 2.1.4.2). A proof from the empty tree does not
 * exist: it would say nothing.
 */
export function verifyConsistency(
  old: { readonly size: number; readonly root: Hash },
  tree: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!(old.size > 0 && old.size <= tree.size)) return false;
  if (old.size === tree.size) return proof.length === 0 && equalBytes(old.root, tree.root);
  // A beginning that is a perfect subtree is the first hash itself, and is left out of the proof.
  const [first, ...rest] = powerAtMost(old.size) === old.size ? [old.root, ...proof] : proof;
  if (!first) return false;
  let [fn, sn] = [old.size - 1, tree.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [was, is] = [first, first];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      was = nodeHash(hash, was);
      is = nodeHash(hash, is);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      is = nodeHash(is, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(was, old.root) && equalBytes(is, tree.root);
}

function half(value: number): number {
  return Math.floor(value / 2);
}
