import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { utf8 } from './core/bytes.js';
import { proveInclusion } from './core/proofs.js';
import { tlogProofText } from './core/tlog-proof.js';
import { LogReader } from './log.reader.js';

/** 3 seconds: a leaf has its place in less than one, while a worker runs. */
const WAIT_MILLISECONDS = 150;
const WAIT_TRIES_MAX = 20;

/** Where a document stands in the log, as its page tells. */
export interface LogPlace {
  /** null until the worker has given it one. */
  readonly index: number | null;
  /** How many entries the last signed head covers; null before the first. */
  readonly size: number | null;
  /** Who cosigned that head. */
  readonly witnesses: readonly string[];
}

/** Finds places in the log, and proves them. */
@Injectable()
export class LogProofs {
  constructor(private readonly reader: LogReader) {}

  async placeOf(kind: string, sha256: string): Promise<LogPlace> {
    const [leaf, head] = await Promise.all([this.reader.leafOf(kind, sha256), this.reader.head()]);
    return {
      index: leaf?.index ?? null,
      size: head?.size ?? null,
      witnesses: head?.witnesses.map(({ name }) => name) ?? [],
    };
  }

  /** The place of a document, for which it waits a little: what is printed must not change when it is printed again. */
  async awaitIndex(kind: string, sha256: string): Promise<number | null> {
    for (let tries = 0; ; tries += 1) {
      const leaf = await this.reader.leafOf(kind, sha256);
      if (!leaf || leaf.index !== null || tries >= WAIT_TRIES_MAX) return leaf?.index ?? null;
      await sleep(WAIT_MILLISECONDS);
    }
  }

  /**
   * The proof as c2sp.org/tlog-proof has it; its extra data is the leaf's statement, which holds the document's hash.
   * @returns null until a signed head covers the document
   */
  async proofOf(kind: string, sha256: string): Promise<string | null> {
    const [leaf, head] = await Promise.all([this.reader.leafOf(kind, sha256), this.reader.head()]);
    if (!head || !leaf || leaf.index === null || leaf.index >= head.size) return null;
    const path = await proveInclusion(this.reader.tree(head.size), leaf.index, head.size);
    return tlogProofText({ extra: utf8(leaf.statement), index: leaf.index, path, checkpoint: head.note });
  }
}
