import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes.js';

/** SHA-256: 32 bytes. */
export type Hash = Bytes;

export const HASH_BYTES = 32;

/** Computes SHA-256; Node's own is several times faster where there is one, and both give the same. */
export type Sha256 = (bytes: Bytes) => Hash;

const LEAF = 0x00;
const NODE = 0x01;

let digest: Sha256 = sha256;

/** Has another implementation compute the hashes of this process: a server's native one, for instance. */
export function useSha256(faster: Sha256): void {
  digest = faster;
}

export function sha256Of(bytes: Bytes): Hash {
  return digest(bytes);
}

/** RFC 6962, section 2.1: the prefixes keep a leaf from being read as a node, and a node as a leaf. */
export function leafHash(entry: Bytes): Hash {
  const input = new Uint8Array(entry.length + 1);
  input[0] = LEAF;
  input.set(entry, 1);
  return digest(input);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = NODE;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return digest(input);
}

/** The hash of no leaves at all. */
export function emptyRoot(): Hash {
  return digest(new Uint8Array(0));
}

/**
 * The perfect subtrees of a range of hashes, largest first, as sizes: 13 gives 8, 4, 1. A tree is these, joined from
 * the right.
 */
export function perfectSizes(count: number): number[] {
  const sizes: number[] = [];
  for (let left = count; left > 0;) {
    const size = powerAtMost(left);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** The largest power of two that is not above `count`. */
export function powerAtMost(count: number): number {
  let power = 1;
  while (power * 2 <= count) power *= 2;
  return power;
}

/** The root over hashes of equal height, whose number is a power of two. */
export function perfectRoot(hashes: readonly Hash[]): Hash {
  let level = hashes;
  while (level.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeHash(level[at]!, level[at + 1]!));
    level = above;
  }
  return level[0]!;
}

/** Joins perfect subtrees, largest first, into one root. */
export function joined(subtrees: readonly Hash[]): Hash {
  if (subtrees.length === 0) return emptyRoot();
  return subtrees.reduceRight((right, left) => nodeHash(left, right));
}

/**
 * A tree that grows to the right and remembers no more than its perfect subtrees: 20 hashes for a million leaves.
 * `onPerfect` is told of each subtree that is complete, with its height above the leaves.
 */
export class GrowingTree {
  private readonly subtrees: { readonly height: number; readonly hash: Hash }[] = [];
  private leaves = 0;

  /**
   * @param leaves how many the tree has
   * @param subtrees its perfect subtrees, largest first
   */
  constructor(leaves = 0, subtrees: readonly Hash[] = []) {
    const sizes = perfectSizes(leaves);
    if (sizes.length !== subtrees.length) throw new RangeError('These subtrees are not those of that size.');
    this.leaves = leaves;
    this.subtrees = sizes.map((size, index) => ({
      height: Math.round(Math.log2(size)),
      hash: subtrees[index]!,
    }));
  }

  get size(): number {
    return this.leaves;
  }

  append(hash: Hash, onPerfect?: (height: number, index: number, hash: Hash) => void): void {
    let added = { height: 0, hash };
    const index = this.leaves;
    this.leaves += 1;
    onPerfect?.(0, index, hash);
    for (let width = 2; this.subtrees.at(-1)?.height === added.height; width *= 2) {
      const left = this.subtrees.pop()!;
      added = { height: added.height + 1, hash: nodeHash(left.hash, added.hash) };
      onPerfect?.(added.height, Math.floor(index / width), added.hash);
    }
    this.subtrees.push(added);
  }

  root(): Hash {
    return joined(this.subtrees.map(({ hash }) => hash));
  }

  perfect(): Hash[] {
    return this.subtrees.map(({ hash }) => hash);
  }
}
