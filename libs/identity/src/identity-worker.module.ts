import { Module } from '@nestjs/common';
import { IdentityModule } from './identity.module.js';
import { MailClockwork } from './mail/mail-clockwork.js';
import { Postman } from './mail/postman.js';

/** What only the worker needs of identity: the sending of mails. */
@Module({
  imports: [IdentityModule],
  providers: [Postman, MailClockwork],
  exports: [Postman],
})
export class IdentityWorkerModule {}
