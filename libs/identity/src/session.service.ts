import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Id, Random } from '#kernel';
import {
  CLOCK,
  CONFIG,
  Database,
  RANDOM,
  UnitOfWork,
  ViewerSource,
  type Config,
  type Role,
  type Tx,
  type Viewer,
} from '#platform';
import { SESSION_TOKEN_BYTES, isTouchDue, sessionExpiry } from './domain/session.js';
import { newToken, sha256 } from './persistence/token.js';

interface SessionRow {
  person_id: Id<'person'>;
  display_name: string;
  last_seen_at: Date;
  memberships: [Id<'community'>, Role[]][];
}

/** On the path of every request, so it is one statement, prepared once on each connection. */
const VIEWER_SQL = `
  SELECT s.person_id, p.display_name, s.last_seen_at,
    (SELECT coalesce(json_agg(json_build_array(m.community_id, m.roles)), '[]')
     FROM identity.membership m WHERE m.person_id = s.person_id) AS memberships
  FROM identity.session s JOIN identity.person p ON p.id = s.person_id
  WHERE s.token_hash = $1 AND s.expires_at > $2`;

/** Sessions live in the database, so that signing out ends one at once, on every API process. */
@Injectable()
export class SessionService implements ViewerSource {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async viewerOf(sessionToken: string): Promise<Viewer | null> {
    const tokenHash = sha256(sessionToken);
    const now = this.clock.now();
    const row = await this.database.queryOne<SessionRow>(VIEWER_SQL, [tokenHash, now], 'session-viewer');
    if (!row) return null;
    if (isTouchDue(row.last_seen_at, now)) await this.touch(tokenHash, row.last_seen_at);
    return {
      personId: row.person_id,
      displayName: row.display_name,
      roles: new Map(row.memberships.map(([communityId, roles]) => [communityId, new Set(roles)])),
    };
  }

  /**
   * Opens a session and ends the one that the browser held before.
   * @returns the token for the cookie; only its hash is stored
   */
  async open(tx: Tx, personId: Id<'person'>, earlierToken: string | null): Promise<string> {
    if (earlierToken !== null) await this.end(tx, earlierToken);
    const token = newToken(this.random, SESSION_TOKEN_BYTES);
    await tx.execute(`DELETE FROM identity.session WHERE person_id = $1 AND expires_at <= $2`, [
      personId,
      tx.now,
    ]);
    await tx.execute(
      `INSERT INTO identity.session (token_hash, person_id, created_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $3, $4)`,
      [sha256(token), personId, tx.now, sessionExpiry(tx.now, this.config.sessionDays)],
    );
    return token;
  }

  /** @returns false when there was no such session */
  async end(tx: Tx, sessionToken: string): Promise<boolean> {
    return (
      (await tx.execute(`DELETE FROM identity.session WHERE token_hash = $1`, [sha256(sessionToken)])) > 0
    );
  }

  /** Of several requests at once only the first finds the old time, so the row is written once. */
  private async touch(tokenHash: Buffer, lastSeenAt: Date): Promise<void> {
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE identity.session SET last_seen_at = $3, expires_at = $4
         WHERE token_hash = $1 AND last_seen_at <= $2`,
        [tokenHash, lastSeenAt, tx.now, sessionExpiry(tx.now, this.config.sessionDays)],
      ),
    );
  }
}
