import { Injectable } from '@nestjs/common';
import type { Id } from '#kernel';
import { IdSource, type Tx } from '#platform';
import type { MailQueued } from '../domain/events.js';
import type { MailText } from '../domain/mail.js';

export interface MailOrder extends MailText {
  readonly personIds: readonly Id<'person'>[];
  /** Names what gave rise to it, such as `pledge:…:due:2026-07-31`: a person gets one mail of each. */
  readonly occasion: string;
}

/**
 * Writes mails to people in the transaction of what gives rise to them; the worker sends them afterwards. Whoever has
 * switched the kind off, or was told of the occasion before, gets none.
 */
@Injectable()
export class MailService {
  constructor(private readonly ids: IdSource) {}

  /** @returns how many mails were written */
  async queue(tx: Tx, order: MailOrder): Promise<number> {
    const people = [...new Set(order.personIds)];
    if (people.length === 0) return 0;
    const written = await tx.query<{ id: Id<'mail'> }>(
      `INSERT INTO identity.mail
         (id, person_id, occasion, kind, subject, body, path, state, created_at, attempts, next_attempt_at)
       SELECT new.id, new.person_id, $3, $4, $5, $6, $7, 'queued', $8, 0, $8
       FROM unnest($1::uuid[], $2::uuid[]) AS new (id, person_id)
       WHERE NOT EXISTS (SELECT FROM identity.mail_setting s
                         WHERE s.person_id = new.person_id AND s.kind = $4 AND NOT s.is_on)
       ON CONFLICT ON CONSTRAINT mail_once DO NOTHING
       RETURNING id`,
      [
        people.map(() => this.ids.next<'mail'>()),
        people,
        order.occasion,
        order.kind,
        order.subject,
        order.body,
        order.path,
        tx.now,
      ],
    );
    if (written.length > 0) {
      const queued: MailQueued = {
        type: 'identity.mail-queued',
        payload: { mailIds: written.map(({ id }) => id) },
      };
      tx.publish(queued);
    }
    return written.length;
  }
}
