import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS } from '#kernel';
import type { Tx } from '../database/unit-of-work.js';

export interface IdempotentCall {
  /** Who called: a person's id, or the name of a background task. Keys of two actors never meet. */
  readonly actor: string;
  readonly key: string;
  /** The mutation's name. */
  readonly operation: string;
  /** All that the caller sent, but for the key. */
  readonly input: unknown;
}

/**
 * The same key with the same input does the work once; with another input it is refused (invariant 3).
 * The key's row is written in the work's own transaction, so key and work stand or fall together, and a
 * second call that arrives meanwhile waits for the first to end.
 */
@Injectable()
export class Idempotency {
  /**
   * @param work returns plain JSON (ids, words, numbers), which a repeated call gets back unchanged
   * @throws DomainError `KEY_REUSED` when the key came with another input before
   */
  async once<Result>(tx: Tx, call: IdempotentCall, work: () => Promise<Result>): Promise<Result> {
    const hash = createHash('sha256')
      .update(call.operation)
      .update('\n')
      .update(stableJson(call.input))
      .digest();
    if (call.key.length < 8 || call.key.length > LIMITS.idempotencyKeyCharsMax) {
      throw DomainError.badInput([
        {
          field: 'idempotencyKey',
          message: `The idempotency key needs 8 to ${LIMITS.idempotencyKeyCharsMax} characters; use a new UUID for each new action.`,
        },
      ]);
    }
    const inserted = await tx.query(
      `INSERT INTO platform.idempotency_key (actor, key, operation, input_hash, created_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (actor, key) DO NOTHING RETURNING key`,
      [call.actor, call.key, call.operation, hash, tx.now],
    );
    if (inserted.length === 0) return this.earlierResult<Result>(tx, call, hash);
    const result = await work();
    tx.atEnd(
      `UPDATE platform.idempotency_key SET result = $3 WHERE actor = $1 AND key = $2`,
      [call.actor, call.key, JSON.stringify(result)],
      'idempotency-result',
    );
    return result;
  }

  private async earlierResult<Result>(tx: Tx, call: IdempotentCall, hash: Buffer): Promise<Result> {
    const [row] = await tx.query<{ input_hash: Buffer; result: Result }>(
      `SELECT input_hash, result FROM platform.idempotency_key WHERE actor = $1 AND key = $2`,
      [call.actor, call.key],
    );
    if (!row || !row.input_hash.equals(hash)) {
      throw new DomainError(
        'KEY_REUSED',
        'This idempotency key was already used for something else. Use a new key for a new action.',
        { operation: call.operation },
      );
    }
    return row.result;
  }
}

/** JSON with sorted keys and bigints as strings, so that two equal inputs hash alike. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return each.toString();
    if (each === null || typeof each !== 'object' || Array.isArray(each) || each instanceof Date) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
