import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { IdSource, type Tx } from '#platform';
import {
  THROTTLE_WINDOW_MILLISECONDS,
  placeOf,
  retryAfterSeconds,
  type Attempt,
} from '../domain/throttle.js';
import { sha256 } from './token.js';

/** Old rows that one try clears away at most. */
const SWEEP_ROWS = 200;

/** Whose account is tried, and from where. */
export interface Knock {
  readonly email: string;
  readonly address: string;
}

/** Limits tries at signing in, over all API processes. */
@Injectable()
export class SignInThrottle {
  constructor(private readonly ids: IdSource) {}

  /**
   * Counts this try as failed until `forgive` is called, so that a thousand tries at once are a thousand tries.
   * @throws DomainError `RATE_LIMITED` with `details.retryAfterSeconds`
   */
  async admit(tx: Tx, knock: Knock): Promise<void> {
    const [email, address] = hashesOf(knock);
    for (const key of lockKeys([email, address])) await tx.query(`SELECT pg_advisory_xact_lock($1)`, [key]);
    const since = new Date(tx.now.getTime() - THROTTLE_WINDOW_MILLISECONDS);
    await sweep(tx, since);
    const attempts = await tx.query<Attempt>(
      `SELECT email_hash = $1 AS "sameEmail", address_hash = $2 AS "sameAddress", attempted_at AS "attemptedAt"
       FROM identity.sign_in_attempt WHERE (email_hash = $1 OR address_hash = $2) AND attempted_at > $3`,
      [email, address, since],
    );
    const seconds = retryAfterSeconds(attempts, tx.now);
    if (seconds > 0) {
      const minutes = Math.ceil(seconds / 60);
      throw new DomainError(
        'RATE_LIMITED',
        `Too many tries. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
        { retryAfterSeconds: seconds },
      );
    }
    await tx.execute(
      `INSERT INTO identity.sign_in_attempt (id, email_hash, address_hash, attempted_at) VALUES ($1, $2, $3, $4)`,
      [this.ids.next(), email, address, tx.now],
    );
  }

  /** Who got in has shown to be no guesser: earlier slips from the same place are forgotten. */
  async forgive(tx: Tx, knock: Knock): Promise<void> {
    await tx.execute(
      `DELETE FROM identity.sign_in_attempt WHERE email_hash = $1 AND address_hash = $2`,
      hashesOf(knock),
    );
  }
}

function hashesOf(knock: Knock): [Buffer, Buffer] {
  return [sha256(`email ${knock.email}`), sha256(`place ${placeOf(knock.address)}`)];
}

/** Sorted, so that two who wait for both never wait for each other. */
function lockKeys(hashes: readonly Buffer[]): bigint[] {
  return hashes.map((hash) => hash.readBigInt64BE()).sort((a, b) => (a < b ? -1 : 1));
}

async function sweep(tx: Tx, since: Date): Promise<void> {
  await tx.execute(
    `DELETE FROM identity.sign_in_attempt WHERE id IN (
       SELECT id FROM identity.sign_in_attempt WHERE attempted_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [since, SWEEP_ROWS],
  );
}
