import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Id } from '#kernel';
import { CLOCK, CONFIG, LOGGER, UnitOfWork, type Config, type Logger } from '#platform';
import { afterFailure, composeMail, type MailText } from '../domain/mail.js';
import {
  MailNotTaken,
  folderTransport,
  mailFolder,
  smtpTransport,
  type MailTransport,
} from './mail-transport.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

/** Longer than any try can take: whoever dies with a mail in hand gives it back after this. */
const HELD_MINUTES = 10;

interface MailInHand extends MailText {
  readonly id: Id<'mail'>;
  readonly personId: Id<'person'>;
  readonly email: string;
  readonly displayName: string;
  readonly createdAt: Date;
  readonly attempts: number;
}

/**
 * Sends what is queued, one mail after the other. PostgreSQL says what is due, so any number of workers may send, and
 * nothing is lost with Redis. A mail goes out at least once: if a worker dies between the server's yes and our mark, it
 * goes out again with the same Message-ID, which tells its reader's program that it is the same.
 */
@Injectable()
export class Postman {
  private readonly transport: MailTransport;
  private readonly origin: string;
  private running: Promise<number> | null = null;
  private wanted = false;
  private stopping = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: UnsubscribeLinks,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const { smtpUrl, dataDir, publicUrl, host, port } = config;
    this.transport = smtpUrl === null ? folderTransport(mailFolder(dataDir)) : smtpTransport(smtpUrl);
    this.origin = publicUrl ?? `http://${host}:${port}`;
  }

  /** Sends in the background: whoever calls waits for no mail server. */
  kick(): void {
    this.run().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'sending mails failed; it is tried again'),
    );
  }

  /** Sends what is due now. A call that comes while one runs makes that one look once more. @returns how many went out */
  run(): Promise<number> {
    this.wanted = true;
    this.running ??= this.rounds().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running?.catch(() => undefined);
  }

  private async rounds(): Promise<number> {
    let sent = 0;
    while (this.wanted && !this.stopping) {
      this.wanted = false;
      sent += await this.round();
    }
    return sent;
  }

  private async round(): Promise<number> {
    for (let sent = 0; ;) {
      const mail = this.stopping ? null : await this.take();
      if (!mail) return sent;
      const failure = await this.send(mail);
      if (!failure) sent += 1;
      // A server that is away is not asked for every mail that waits; the next round asks it again.
      if (failure?.serverAway) return sent;
    }
  }

  /** The mail that is due first; nobody else gets it for a while. */
  private async take(): Promise<MailInHand | null> {
    const [mail] = await this.unitOfWork.run((tx) =>
      tx.query<MailInHand>(
        `UPDATE identity.mail m
         SET attempts = m.attempts + 1, next_attempt_at = $1::timestamptz + make_interval(mins => $2)
         FROM identity.person p
         WHERE p.id = m.person_id AND m.id = (
           SELECT id FROM identity.mail WHERE state = 'queued' AND next_attempt_at <= $1
           ORDER BY next_attempt_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING m.id, m.person_id AS "personId", p.email, p.display_name AS "displayName", m.kind, m.subject, m.body,
                   m.path, m.created_at AS "createdAt", m.attempts`,
        [tx.now, HELD_MINUTES],
      ),
    );
    return mail ?? null;
  }

  private async send(mail: MailInHand): Promise<MailNotTaken | null> {
    try {
      await this.transport.send({ id: mail.id, createdAt: mail.createdAt, options: await this.letter(mail) });
    } catch (error) {
      const notTaken = error instanceof MailNotTaken ? error : unexpected(error);
      await this.markFailed(mail, notTaken);
      return notTaken;
    }
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE identity.mail SET state = 'sent', sent_at = $2, next_attempt_at = NULL, last_error = NULL
         WHERE id = $1 AND state = 'queued'`,
        [mail.id, tx.now],
      ),
    );
    return null;
  }

  /** The log names the mail and no address: a server's answer may repeat it, so that stays in the database. */
  private async markFailed(mail: MailInHand, { failure, serverAway }: MailNotTaken): Promise<void> {
    const { state, nextAttemptAt } = afterFailure(mail, failure, this.clock.now());
    const facts = { mailId: mail.id, attempts: mail.attempts, serverAway, nextAttemptAt };
    if (state === 'failed') this.logger.error(facts, 'a mail was given up; identity.mail says why');
    else this.logger.warn(facts, 'a mail was not taken; it is tried again');
    await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE identity.mail SET state = $2, next_attempt_at = $3, last_error = $4 WHERE id = $1 AND state = 'queued'`,
        [mail.id, state, nextAttemptAt, failure.reason],
      ),
    );
  }

  private async letter(mail: MailInHand): Promise<Parameters<MailTransport['send']>[0]['options']> {
    const token = await this.links.tokenFor(mail);
    const unsubscribe = `${this.origin}/app/unsubscribe/${token}`;
    const { hostname } = new URL(this.origin);
    return {
      from: this.config.mailFrom ?? `Commonwright <commonwright@${hostname}>`,
      to: { name: mail.displayName, address: mail.email },
      subject: mail.subject,
      text: composeMail(mail, { origin: this.origin, unsubscribe }),
      date: mail.createdAt,
      messageId: `<${mail.id}@${hostname}>`,
      headers: {
        'List-Unsubscribe': `<${this.origin}/mail/unsubscribe/${token}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
    };
  }
}

/** A full disk, for example: no fault of the mail, and no other would fare better. */
function unexpected(error: unknown): MailNotTaken {
  const reason = error instanceof Error ? error.message.slice(0, 1000) : 'unknown';
  return new MailNotTaken({ isFinal: false, reason: reason || 'unknown' }, true);
}
