import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, isId, type Id } from '#kernel';
import { Database } from '#platform';
import { MAIL_KINDS, type MailKind } from '../domain/mail.js';

const SIGNATURE_CHARS = 43;

export interface Unsubscription {
  readonly personId: Id<'person'>;
  readonly kind: MailKind;
}

/**
 * The secret part of the link out of a kind of mail: whose and which, and an HMAC-SHA256 over both. It needs no sign-in
 * (RFC 8058), does that one thing and no other, and holds as long as the instance does.
 */
@Injectable()
export class UnsubscribeLinks {
  private secret: Promise<Buffer> | null = null;

  constructor(private readonly database: Database) {}

  async tokenFor({ personId, kind }: Unsubscription): Promise<string> {
    const what = `${personId.replaceAll('-', '')}${MAIL_KINDS.indexOf(kind)}`;
    return `${what}${await this.signature(what)}`;
  }

  /** @throws DomainError `NOT_FOUND` for what we did not sign */
  async read(token: string): Promise<Unsubscription> {
    const what = token.slice(0, -SIGNATURE_CHARS);
    const [, a, b, c, d, e, index] = /^(.{8})(.{4})(.{4})(.{4})(.{12})(\d)$/.exec(what) ?? [];
    const personId = [a, b, c, d, e].join('-');
    const kind = MAIL_KINDS[Number(index)];
    const given = Buffer.from(token.slice(-SIGNATURE_CHARS));
    const wanted = Buffer.from(await this.signature(what));
    const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (!isOurs || kind === undefined || !isId(personId)) {
      throw new DomainError('NOT_FOUND', 'This link is not one of ours. Was the whole of it copied?');
    }
    return { personId, kind };
  }

  private async signature(what: string): Promise<string> {
    this.secret ??= this.readSecret();
    const secret = await this.secret.catch((error: unknown) => {
      this.secret = null;
      throw error;
    });
    return createHmac('sha256', secret).update(`unsubscribe\n${what}`).digest('base64url');
  }

  private async readSecret(): Promise<Buffer> {
    const row = await this.database.queryOne<{ secret: Buffer }>(`SELECT secret FROM identity.mail_secret`);
    if (!row) throw new Error('The secret that signs links in mails is missing.');
    return row.secret;
  }
}
