import type { Tx } from '../database/unit-of-work.js';

/** What can stand in the public log. There is no field for a person in any of it. */
export type LogLeaf =
  /** A release of a contract; the document with that hash is published under the contract's number. */
  | {
      readonly kind: 'release';
      /** The contract's number. */
      readonly subject: string;
      /** The release's number. */
      readonly number: number;
      /** 64 hexadecimal digits: the hash of the released document. */
      readonly sha256: string;
    }
  /** What a community's books took in on one day, in UTC. */
  | {
      readonly kind: 'ledger-digest';
      /** The community's slug. */
      readonly subject: string;
      /** Such as `2026-03-02`. */
      readonly day: string;
      readonly sha256: string;
    }
  /** A rule about money that everybody may read; its text is kept with the log and served by it. */
  | {
      readonly kind: 'split-rule' | 'pool-rule';
      /** What the rule is of, such as a product's slug. */
      readonly subject: string;
      /** The rule's version, from 1. */
      readonly number: number;
      /** Canonical JSON (RFC 8785). */
      readonly document: string;
    };

/**
 * The port to the public log: whoever publishes something appends its leaf in the same transaction, so that nothing
 * is published without one. The registry stands behind it, and nobody imports the registry.
 */
export abstract class LogLeaves {
  /**
   * Writes the leaf; the worker gives it its place in the log after the commit. The same document of the same kind is a
   * leaf once.
   */
  abstract append(tx: Tx, leaf: LogLeaf): Promise<void>;
}
