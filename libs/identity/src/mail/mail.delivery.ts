import { Injectable } from '@nestjs/common';
import type { Delivery } from '#platform';
import type { MailQueued } from '../domain/events.js';
import { Postman } from './postman.js';

/**
 * Sends mails as soon as they are written. It only wakes the postman: a mail server that is slow or away must not keep
 * other events waiting, and what is not sent now is found by the next round.
 */
@Injectable()
export class MailDelivery implements Delivery {
  readonly name = 'identity.mail';
  readonly types = ['identity.mail-queued'] satisfies MailQueued['type'][];

  constructor(private readonly postman: Postman) {}

  deliver(): Promise<void> {
    this.postman.kick();
    return Promise.resolve();
  }
}
