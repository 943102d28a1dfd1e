import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { Database, type Keyset } from '#platform';
import { MAIL_KINDS, type MailKind, type MailState, type MailText } from '../domain/mail.js';

export interface MailRow extends MailText {
  readonly id: Id<'mail'>;
  readonly recipientId: Id<'person'>;
  readonly state: MailState;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

export interface MailSetting {
  readonly kind: MailKind;
  readonly isOn: boolean;
}

const COLUMNS = `m.id, m.person_id AS "recipientId", m.kind, m.subject, m.body, m.path, m.state,
  m.created_at AS "createdAt", m.sent_at AS "sentAt"`;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Reads mails and settings. A mail is its addressee's alone; only the demo's people have nothing to hide. */
@Injectable()
export class MailReader {
  constructor(private readonly database: Database) {}

  /** Newest first; the cursor holds the id. */
  to(personId: Id<'person'>, keyset: Keyset): Promise<MailRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM identity.mail m WHERE m.person_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3`,
      [personId, keyset.after?.[0] ?? LAST_ID, keyset.limit],
      'mails-to-person',
    );
  }

  /** To anybody of the demo story, as whom anyone may sign in anyway. */
  toDemoPeople(keyset: Keyset): Promise<MailRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM identity.mail m JOIN identity.person p ON p.id = m.person_id
       WHERE p.demo_role IS NOT NULL AND m.id < $1 ORDER BY m.id DESC LIMIT $2`,
      [keyset.after?.[0] ?? LAST_ID, keyset.limit],
      'mails-to-demo-people',
    );
  }

  /** Every kind, in a fixed order. */
  async settingsOf(personId: Id<'person'>): Promise<MailSetting[]> {
    const rows = await this.database.query<MailSetting>(
      `SELECT kind, is_on AS "isOn" FROM identity.mail_setting WHERE person_id = $1`,
      [personId],
      'mail-settings',
    );
    return MAIL_KINDS.map((kind) => rows.find((row) => row.kind === kind) ?? { kind, isOn: true });
  }
}

/** What an operator wants to know of the mails: no word of whom or about what. */
export interface MailHealth {
  /** Mails that have been tried at least once and still wait. */
  readonly delayed: number;
  readonly failedLately: number;
}

/** @param since failures before it are history */
export async function mailHealth(database: Database, since: Date): Promise<MailHealth> {
  const row = await database.queryOne<MailHealth>(
    `SELECT (SELECT count(*)::int FROM identity.mail WHERE state = 'queued' AND last_error IS NOT NULL) AS delayed,
            (SELECT count(*)::int FROM identity.mail WHERE state = 'failed' AND created_at > $1) AS "failedLately"`,
    [since],
    'mail-health',
  );
  return row ?? { delayed: 0, failedLately: 0 };
}
